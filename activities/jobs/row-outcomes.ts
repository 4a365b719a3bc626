import { Context } from '@temporalio/activity';

import { earlierPico, isShortResult, type JobRow, type RowOutcome, type RowStatus } from '../../common/job';
import { EMPTY_LEDGER, ledgerOf, type Ledger } from '../../common/ledger';
import type { KeepFor, RunOutcome } from '../../common/run';
import { putOutcome, readOutcome, readPage } from '../../storage/jobs';
import type { ActivityDeps } from '../deps';
import { keepLarge, resolveReferences } from '../large-output';
import { refuseOtherStore } from '../refuse-other-store';
import { settleChild } from '../settle-child';

/** The input of a row, from its page. */
export async function readRowInput({ store }: ActivityDeps, { page, at, row }: JobRow): Promise<unknown> {
  const found = (await readPage(store, page)).rows[at];
  if (found === undefined) throw new Error(`Cannot read row ${row} of the job: its page has no row ${at}`);
  return found.input;
}

export interface KeepRowInput extends Pick<RowOutcome, 'status' | 'reason' | 'short' | 'degraded' | 'ledger' | 'simulated' | 'runId'> {
  readonly job: JobRow;
  readonly result: unknown;
  readonly storeId: string;
}

/** Keeps what has become of a row, where the job's output is made from; returns its result, or what stands for it. */
export async function keepRow(deps: ActivityDeps, workflowId: string, kept: KeepRowInput): Promise<unknown> {
  const { job, result: given, storeId, ...facts } = kept;
  refuseOtherStore('keep the outcome of the row', deps.store, storeId);
  const { row, key, folder } = job;
  const earlier = earlierPico(await readOutcome(deps.store, folder, row), facts.runId);
  const end = await keptResult(deps, facts.status === 'done' ? given : null);
  await putOutcome(deps.store, folder, { ...facts, ...earlier, row, key, workflowId, ...end, endedAt: deps.now() });
  return end.result ?? end.value;
}

/** A result in full, in the outcome itself when it is short. */
async function keptResult({ store }: ActivityDeps, given: unknown): Promise<Pick<RowOutcome, 'result' | 'value'>> {
  const value = await resolveReferences(store, given);
  return isShortResult(JSON.stringify(value) ?? '') ? { result: null, value } : { result: await keepLarge(store, value) };
}

/** A row whose run has left its outcome to its job. */
export interface DoneRow extends StartedRow {
  readonly outcome: RunOutcome;
}

export interface KeepOutcomesInput {
  readonly folder: string;
  readonly rows: readonly DoneRow[];
  readonly storeId: string;
}

/** Keeps what the runs of rows have returned. */
export async function keepOutcomes(deps: ActivityDeps, { folder, rows, storeId }: KeepOutcomesInput): Promise<void> {
  refuseOtherStore('keep outcomes of rows', deps.store, storeId);
  await Promise.all(rows.map((row) => keepReturned(deps, folder, row)));
}

async function keepReturned(deps: ActivityDeps, folder: string, { row, key, workflowId, runId, outcome }: DoneRow): Promise<Ledger> {
  const { degraded, simulated } = outcome;
  const ledger = ledgerOf(outcome.ledger);
  const own = runId ?? '';
  const facts = { row, key, status: 'done' as const, workflowId, runId: own, reason: null, degraded, ledger, simulated };
  const earlier = earlierPico(await readOutcome(deps.store, folder, row), own);
  await putOutcome(deps.store, folder, { ...facts, ...earlier, ...(await keptResult(deps, outcome.result)), endedAt: deps.now() });
  return ledger;
}

/** A row whose run has been started. */
export interface StartedRow {
  readonly row: number;
  readonly key: string;
  readonly workflowId: string;
  /** First run of the workflow; null when another start of the job began it. */
  readonly runId: string | null;
}

export interface SettleRowInput extends StartedRow, Pick<RowOutcome, 'short'> {
  readonly folder: string;
  readonly pipeline: string;
  readonly status: RowStatus;
  readonly reason: string;
  readonly storeId: string;
}

/** What a row has spent that is not done. Its run has written so itself, unless it was terminated or never began. */
export async function settleRow(deps: ActivityDeps, namespace: string, settled: SettleRowInput): Promise<Ledger> {
  const { folder, pipeline, storeId, runId, ...facts } = settled;
  refuseOtherStore(`settle row ${facts.row}`, deps.store, storeId);
  const known = await readOutcome(deps.store, folder, facts.row);
  if (known !== undefined && known.runId === runId) return known.ledger;
  const firstRunId = runId ?? '';
  const ledger = await settleChild(deps, namespace, { workflowId: facts.workflowId, firstRunId, pipeline });
  const outcome: RowOutcome = {
    ...facts,
    runId: firstRunId,
    result: null,
    degraded: [],
    ledger,
    ...earlierPico(known, firstRunId),
    simulated: deps.simulated,
    endedAt: deps.now(),
  };
  await putOutcome(deps.store, folder, outcome);
  return ledger;
}

export interface LookAtRowsInput {
  readonly folder: string;
  readonly pipeline: string;
  readonly rows: readonly StartedRow[];
  readonly storeId: string;
}

/** A row that has ended while the job was not waiting for it. */
export interface EndedRow {
  readonly row: number;
  /** `other`: the run was not of this row, but of one with the same key in other rows. */
  readonly status: RowStatus | 'other';
  readonly reason: string | null;
  readonly short?: RowOutcome['short'];
  readonly ledger: Ledger;
}

/** Requests to Temporal side by side. */
const LOOKS_AT_ONCE = 25;

/** Those of the rows whose runs have closed: the job that began them has continued as new since. */
export async function lookAtRows(deps: ActivityDeps, namespace: string, { rows, ...place }: LookAtRowsInput): Promise<EndedRow[]> {
  refuseOtherStore('look at the rows of the job', deps.store, place.storeId);
  const ended: EndedRow[] = [];
  for (let at = 0; at < rows.length; at += LOOKS_AT_ONCE) {
    const looked = await Promise.all(rows.slice(at, at + LOOKS_AT_ONCE).map((row) => lookAtRow(deps, namespace, { ...row, ...place })));
    ended.push(...looked.filter((row) => row !== undefined));
  }
  return ended;
}

const endOf = ({ row, status, reason, short, ledger }: RowOutcome): EndedRow => ({
  row,
  status,
  reason,
  ledger,
  ...(short !== undefined && { short }),
});

async function lookAtRow(
  deps: ActivityDeps,
  namespace: string,
  looked: StartedRow & Omit<LookAtRowsInput, 'rows'>,
): Promise<EndedRow | undefined> {
  const { row, workflowId, folder } = looked;
  const described = await Context.current().client.workflow.getHandle(workflowId).describe();
  if (described.status.name === 'RUNNING') return undefined;
  const runId = looked.runId ?? described.raw.workflowExecutionInfo?.firstRunId ?? described.runId;
  const known = await readOutcome(deps.store, folder, row);
  if (known !== undefined && known.runId === runId) return endOf(known);
  if (described.status.name === 'COMPLETED') return lookAtReturned(deps, { ...looked, runId });
  const status = described.status.name === 'CANCELLED' ? 'cancelled' : 'failed';
  const reason = `its run ended as ${described.status.name.toLowerCase()}`;
  // It could not write down its outcome itself.
  return { row, status, reason, ledger: await settleRow(deps, namespace, { ...looked, runId, status, reason }) };
}

/** The job that began the row has not kept what it returned. */
async function lookAtReturned(
  deps: ActivityDeps,
  ended: StartedRow & { readonly folder: string; readonly runId: string },
): Promise<EndedRow> {
  const { row, key, workflowId, runId, folder } = ended;
  const outcome = (await Context.current().client.workflow.getHandle(workflowId, runId).result()) as RunOutcome; // what every Workflow Type of ours returns
  const isOf = (place: KeepFor | undefined): boolean => place?.folder === folder && place.row === row;
  if (!isOf(outcome.keepFor)) return { row, status: 'other', reason: null, ledger: EMPTY_LEDGER };
  const ledger = await keepReturned(deps, folder, { row, key, workflowId, runId, outcome });
  return { row, status: 'done', reason: null, ledger };
}

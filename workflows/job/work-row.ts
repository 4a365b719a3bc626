import { CancellationScope, isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { ChildWorkflowFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';

import type { SettleRowInput, StartedRow } from '../../activities/jobs/row-outcomes';
import { applicationFailureOf, FailureType, isFailure, lastWords, shortOf } from '../../common/failures';
import type { RowOutcome, RowStatus } from '../../common/job';
import { addLedger, ledgerOf, settledPico, type Ledger } from '../../common/ledger';
import { PICO_PER_USD } from '../../common/money';
import type { RunOutcome } from '../../common/run';
import { settle } from '../run/budget';
import { passOnCancellation } from '../run/pass-on-cancellation';
import { openedRun } from '../run/run';
import { keepOutcome } from './keep-outcomes';
import { decidesByEvents, holderOf, SHOWN_FAILURES, type Job, type OpenRow } from './job-state';
import { needAfter } from './slices';
import type { SourceRow } from './row-source';
import { showJob } from './show-job';
import { rowWorkflowId, startRow } from './start-row';
import { tellLane } from './tell-lane';

const SETTLE_ROW = {
  startToCloseTimeout: '20s',
  // The job waits for a store that is away: what a row has cost must not be lost.
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
} as const;
const { settleRow } = proxyActivities<SettleActivity>({ ...SETTLE_ROW, heartbeatTimeout: '5s' });
const { settleRow: settleRowLocally } = proxyLocalActivities<SettleActivity>(SETTLE_ROW);

interface SettleActivity {
  settleRow(row: SettleRowInput): Promise<Ledger>;
}

/** How a row ended. */
export interface RowEnd {
  readonly status: RowStatus;
  readonly reason: string | null;
  readonly short?: RowOutcome['short'];
  readonly ledger: Ledger;
}

/** Works on one row to its end, and writes down what became of it. Never fails but for cancellation. */
export async function workRow(job: Job, source: SourceRow, { slice, again }: { slice: OpenRow['slice']; again: boolean }): Promise<void> {
  const { row, key } = source;
  const started = { row, key, workflowId: rowWorkflowId(key), runId: null, slice, startedAt: Date.now() };
  job.running.set(row, started);
  try {
    const { lane } = job;
    const handle = await startRow(job, source, { slice, again });
    if (job.lane !== lane) void tellLane(job, handle.workflowId);
    if (CancellationScope.current().consideredCancelled) await passOnCancellation(handle.workflowId);
    const open: OpenRow = { ...started, runId: handle.firstExecutionRunId };
    job.running.set(row, open);
    const outcome = (await handle.result()) as RunOutcome; // what every Workflow Type of ours returns
    endRow(job, open, { status: 'done', reason: null, ledger: ledgerOf(outcome.ledger) });
    if (outcome.keepFor === undefined) return;
    // Its place is free by now: nothing but the end of the job follows from what is kept.
    showJob(job);
    await keepOutcome(job, { ...startedOf(open), outcome });
  } catch (error) {
    const open = job.running.get(row) ?? started;
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      // An earlier start of the job has begun it: it is waited for, not begun again.
      job.running.delete(row);
      job.followed.set(row, open);
      return;
    }
    const meaning = meaningOf(error);
    const ledger = await CancellationScope.nonCancellable(() => settled(job, open, meaning));
    endRow(job, open, { ...meaning, ledger });
    if (isCancellation(error) && CancellationScope.current().consideredCancelled) throw error;
  }
}

function settled(job: Job, open: OpenRow, end: Pick<SettleRowInput, 'status' | 'reason' | 'short'>): Promise<Ledger> {
  const { storeId } = openedRun(job.run);
  const { folder, input } = job;
  const settle = decidesByEvents(job) ? settleRow : settleRowLocally;
  return settle({ ...startedOf(open), ...end, folder, pipeline: input.pipeline, storeId });
}

const startedOf = ({ row, key, workflowId, runId }: OpenRow): StartedRow => ({ row, key, workflowId, runId });

function meaningOf(error: unknown): Pick<SettleRowInput, 'status' | 'reason' | 'short'> {
  const reason = applicationFailureOf(error)?.message ?? (error instanceof ChildWorkflowFailure ? error.cause?.message : undefined);
  const status = isCancellation(error) ? 'cancelled' : isFailure(error, FailureType.BudgetReached) ? 'budget-reached' : 'failed';
  return { status, reason: lastWords(reason ?? (error instanceof Error ? error.message : String(error))), ...shortOf(error) };
}

/** Counts a row that has ended and gives back what it did not use. One that had too little comes back with more. */
export function endRow(job: Job, open: OpenRow, { status, reason, short, ledger }: RowEnd): void {
  const { run, input } = job;
  const { row, key, slice } = open;
  job.running.delete(row);
  job.followed.delete(row);
  job.persons.delete(row);
  job.inBatch.delete(row);
  job.rowMs += Date.now() - open.startedAt;
  run.ledger = addLedger(run.ledger, ledger);
  run.budget = settle(run.budget, holderOf(row), ledger);
  if (status === 'done') {
    job.done += 1;
    job.rowNeed = { ...job.rowNeed, pico: Math.max(job.rowNeed.pico, settledPico(ledger)) };
    return;
  }
  const isAtRowCap = slice !== null && input.rowBudgetUsd !== undefined && slice.pico >= input.rowBudgetUsd * PICO_PER_USD;
  const capped = isAtRowCap && short?.includes('usd') !== false;
  if (status === 'budget-reached' && slice !== null && !capped) {
    job.rowNeed = needAfter(job.rowNeed, slice, short);
    job.again.push(row);
    return;
  }
  job.failed += 1;
  if (job.failures.length < SHOWN_FAILURES) job.failures.push({ row, key, status, reason: reason ?? 'no reason was recorded' });
}

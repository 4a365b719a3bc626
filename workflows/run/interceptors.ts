import { ApplicationFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  ContinueAsNew,
  DeterminismViolationError,
  proxyLocalActivities,
  upsertMemo,
  workflowInfo,
  type WorkflowExecuteInput,
  type WorkflowInterceptors,
} from '@temporalio/workflow';

import type { KeepRowInput } from '../../activities/jobs/row-outcomes';
import { COLLECTOR } from '../../common/batch';
import { isCancellation } from '../../common/cancellation';
import { applicationFailureOf, FailureType, failure, isFailure, shortOf } from '../../common/failures';
import { isShortResult, type JobRow, type RowStart } from '../../common/job';
import { isLongerThan, MAX_RESULT_BYTES, type LargeOutput } from '../../common/large-output';
import { viewLedger } from '../../common/ledger';
import { fromUsd } from '../../common/money';
import { Memo, type KeepFor, type KeptWork, type OpenedRun, type PartialWork, type RunOptions, type RunOutcome } from '../../common/run';
import { mayRefer } from '../../common/text-reference';
import { openBudget } from './budget';
import { detailsOnDemand } from './current-details';
import { registerHandlers } from './handlers';
import { refuseAhead } from './refuse-ahead';
import { answeredReviews } from './review-state';
import { beginRun, blackboardOf, openedRun, type Run } from './run';
import { noteStartAttributes, writeAttributes } from './stage';
import { followSteering } from './steering';
import { keepTaskTime } from './task-time';
import { tellRowEnded } from './tell-job';

const { openRun } = proxyLocalActivities<{
  openRun(start: { pipeline: string; args: readonly unknown[] }): Promise<OpenedRun>;
}>({ startToCloseTimeout: '10s', retry: { initialInterval: '100ms', maximumAttempts: 5 } });

const { keepWork, keepResult, keepRow } = proxyLocalActivities<{
  keepRow(row: KeepRowInput): Promise<unknown>;
  keepWork(work: KeptWork, place: { storeId: string; firstRunId?: string }): Promise<string>;
  keepResult(result: unknown, place: { storeId: string }): Promise<LargeOutput>;
}>({ startToCloseTimeout: '10s', retry: { initialInterval: '100ms', maximumAttempts: 3 } });

/** What every pipeline gets without writing it: see `docs/architecture.md`. */
export const interceptors = (): WorkflowInterceptors => ({
  inbound: [{ execute: runPipeline }],
  internals: [refuseAhead(), keepTaskTime(), detailsOnDemand()],
});

async function runPipeline(input: WorkflowExecuteInput, next: (input: WorkflowExecuteInput) => Promise<unknown>): Promise<RunOutcome> {
  const { workflowType, memo } = workflowInfo();
  // It is not a run: it works for all of them and returns nothing.
  if (workflowType === COLLECTOR) return next(input) as Promise<never>;
  const run = beginRun(workflowType, subjectOf(memo?.[Memo.subject], input.args[0]));
  registerHandlers(run);
  void followSteering(run);
  const scope = new CancellationScope();
  try {
    await open(run, input.args);
    const result = await scope.run(() => next({ ...input, args: [run.opened?.input] }));
    return await complete(run, result);
  } catch (error) {
    // Neither ends the run: it goes on as new, or waits for code that fits its history.
    if (error instanceof ContinueAsNew || error instanceof DeterminismViolationError) throw error;
    await CancellationScope.nonCancellable(async () => {
      await endOpenCalls(run, scope, error);
      await close(run, error);
    });
    throw runFailure(error);
  }
}

/** No call may outlive its run: what it costs would be in no ledger. Calls within a reached budget are left to finish. */
async function endOpenCalls(run: Run, scope: CancellationScope, error: unknown): Promise<void> {
  if (!isFailure(error, FailureType.BudgetReached)) scope.cancel();
  while (run.open.size > 0) await Promise.allSettled(run.open);
}

/** Validates the input and fixes what may change between releases; the first event of every run that no job has opened. */
async function open(run: Run, args: readonly unknown[]): Promise<void> {
  run.opened = openedByJob(run, args) ?? (await openRun({ pipeline: run.pipeline, args }));
  if (run.opened.stageLater === true) noteStartAttributes(run);
  const { budgetUsd, budgetTokens } = run.opened.options;
  run.budget = openBudget({ pico: budgetUsd === undefined ? null : fromUsd(budgetUsd), tokens: budgetTokens ?? null });
  run.status = 'running';
}

/** A job opens the runs of its rows page by page, and keeps their outcomes: each local activity costs a run one more activation. */
function openedByJob(run: Run, args: readonly unknown[]): OpenedRun | undefined {
  const [start, options] = args as [start?: Partial<RowStart> | null, options?: RunOptions]; // checked by `openRun` unless a job made them
  if (options?.job === undefined || start?.opened === undefined || workflowInfo().parent === undefined) return undefined;
  run.keptByJob = start.keeps === true;
  return start.opened === null ? undefined : { ...start.opened, options };
}

async function complete(run: Run, given: unknown): Promise<RunOutcome> {
  // Whoever answered the last gate gets the word that it was taken.
  if (!allHandlersFinished()) await condition(allHandlersFinished);
  const keepFor = keepForOf(run, given);
  const result = keepFor === undefined ? await fitResult(run, given) : given;
  if (run.tellsEnd) await tellRowEnded(run);
  run.status = 'completed';
  writeAttributes(run);
  const { degraded, gates } = run;
  const reviews = answeredReviews(gates);
  const simulated = run.opened?.simulated ?? false;
  return {
    result,
    ledger: viewLedger(run.ledger),
    degraded,
    simulated,
    ...(reviews.length > 0 && { reviews }),
    ...(keepFor !== undefined && { keepFor }),
  };
}

/** Where the job is to keep the outcome of its row; undefined when that is up to the run. */
function keepForOf(run: Run, result: unknown): KeepFor | undefined {
  const { job } = openedRun(run).options;
  // A job that asks to be told of the end does not hear what the run returns.
  if (job === undefined || !run.keptByJob || run.tellsEnd) return undefined;
  const json = JSON.stringify(result ?? null);
  return isShortResult(json) && !mayRefer(json) ? { folder: job.folder, row: job.row } : undefined;
}

/** Large results and those with texts that are already in the store are read from there by the client, as are those of a job's rows unless they are short. */
async function fitResult(run: Run, result: unknown): Promise<unknown> {
  if (openedRun(run).options.job !== undefined) return keepOutcome(run, { status: 'done', result, reason: null });
  const json = JSON.stringify(result ?? null);
  if (!isLongerThan(json, MAX_RESULT_BYTES) && !mayRefer(json)) return result;
  return keepResult(result, { storeId: openedRun(run).storeId });
}

/** Keeps what the job of this run, one of its rows, finds in the store. */
function keepOutcome(run: Run, end: Pick<KeepRowInput, 'status' | 'result' | 'reason' | 'short'>): Promise<unknown> {
  const { options, simulated, storeId } = openedRun(run);
  const job = options.job as JobRow; // asked for rows only
  const { degraded, ledger } = run;
  const runId = workflowInfo().firstExecutionRunId;
  return keepRow({ ...end, job, degraded, ledger, simulated, storeId, runId });
}

/** Keeps what was done, so that `result` has it although the run has none. */
async function close(run: Run, error: unknown): Promise<void> {
  run.status = isCancellation(error) ? 'cancelled' : isFailure(error, FailureType.BudgetReached) ? 'budget-reached' : 'failed';
  if (run.opened === null) return;
  const status: PartialWork['status'] = run.status;
  const { parent, firstExecutionRunId } = workflowInfo();
  const work = { blackboard: blackboardOf(run), ledger: run.ledger };
  const place = { storeId: run.opened.storeId, ...(parent !== undefined && { firstRunId: firstExecutionRunId }) };
  // Without the store the run still says why it ended and what it cost.
  const ref = await keepWork(work, place).catch(() => null);
  if (run.opened.options.job !== undefined) {
    const reason = applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
    // Without the store the job writes down what it can.
    await keepOutcome(run, { status, result: null, reason, ...shortOf(error) }).catch(() => null);
    if (run.tellsEnd) await tellRowEnded(run);
  }
  const partial: PartialWork = { ref, ledger: viewLedger(run.ledger), status, simulated: run.opened.simulated };
  upsertMemo({ [Memo.partial]: partial });
  writeAttributes(run);
}

/**
 * The failure that the run ends with: our own message at the top, whatever Temporal wrapped around it. A bug in a pipeline
 * becomes a failure too, because a run that hangs tells nobody.
 */
function runFailure(error: unknown): unknown {
  if (isCancellation(error)) return error;
  const known = error instanceof ApplicationFailure ? error : applicationFailureOf(error);
  if (known === undefined) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return failure({ type: FailureType.Internal, message: `Cannot go on with the run: ${message}; this is a bug`, cause: error });
  }
  return failure({
    type: known.type as FailureType, // raised by our own activities
    message: known.message,
    ...(known === error ? {} : { cause: error }),
    ...(known.details?.[0] === undefined ? {} : { details: known.details[0] as object }), // FailureDetails by construction
  });
}

/** What the run is about, in a few words: the client's memo, or the first text of the input. */
function subjectOf(memo: unknown, input: unknown): string {
  if (typeof memo === 'string') return memo;
  if (typeof input !== 'object' || input === null) return '';
  const text = Object.values(input).find((value) => typeof value === 'string');
  return typeof text === 'string' ? text.slice(0, 100) : '';
}

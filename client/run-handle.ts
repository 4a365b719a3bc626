import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';

import { isLargeOutput } from '../common/large-output';
import type { LedgerView } from '../common/ledger';
import {
  blackboardQuery,
  ledgerQuery,
  pauseSignal,
  progressQuery,
  raiseBudgetUpdate,
  resumeSignal,
  changeJobUpdate,
  type JobChange,
  type Limits,
} from '../common/messages';
import type { Review, ReviewCommand, ReviewRecord } from '../common/review';
import type { Blackboard, RunOutcome, RunProgress } from '../common/run';
import { attempt, type ClientContext } from './context';
import { readUnfinished } from './kept-work';
import { codeOf, describeEnd, failureChain } from './run-failure';
import { readReviews, sendReview } from './reviews';
import { partialOf, summarize, type RunStatus, type RunSummary } from './run-summary';
import { asking } from './service-errors';
import { TroupeError } from '../common/troupe-error';
import { watchRun, type WatchedRun, type WatchOptions } from './watch-run';

/** One run. It follows the Workflow Id: after a reset or a continue-as-new it speaks of the newest run. */
export interface RunHandle<Result = unknown> {
  readonly workflowId: string;
  readonly runId: string;
  /** Opens the run in Temporal's Web UI; null when its address is not known. */
  readonly url: string | null;
  /** True when `start` found the run already there. */
  readonly attached: boolean;
  /** What the server knows, without any worker. */
  describe(): Promise<RunSummary>;
  /** Steps, costs and budget; answered by a worker. */
  progress(): Promise<RunProgress>;
  /** Tokens and dollars by agent and model; answered by a worker. */
  ledger(): Promise<LedgerView>;
  /** Artifacts so far; answered by a worker. */
  blackboard(): Promise<Blackboard>;
  /** Looks at the run until it ends, every 300 ms by default, with live token counts of the calls in flight. */
  watch(options?: WatchOptions): AsyncGenerator<WatchedRun, void>;
  /**
   * Waits for the end.
   * @throws TroupeError `run-failed` (with the failure chain), `budget-reached` or `cancelled`, each with what was done by then.
   */
  result(): Promise<RunOutcome<Result>>;
  /**
   * Asks the run to stop; open requests to Claude are broken off and what is done is kept.
   * @throws TroupeError `run-closed`, as do the four below.
   */
  cancel(): Promise<void>;
  /** Starts no further calls; open ones finish. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Answered by a worker. @returns the limits now in force */
  raiseBudget(limits: Limits): Promise<Limits>;
  /** Of a job only. Answered by a worker. @returns what is now in force */
  changeJob(change: JobChange): Promise<Required<JobChange>>;
  /**
   * Answers an open gate. Answered by a worker.
   * @returns the answer as the run has recorded it
   * @throws TroupeError `invalid-input` with the run's reason when there is no such gate, or the answer does not fit
   */
  review(command: ReviewCommand): Promise<ReviewRecord>;
  /** Every gate so far, in the order of their opening, with proposals and answers; answered by a worker. */
  reviews(): Promise<readonly Review[]>;
}

/** Fetches a result that was too large for Temporal; it stays a stand-in where the run's store cannot be read. */
async function withWholeResult<Result>(context: ClientContext, outcome: RunOutcome<Result>): Promise<RunOutcome<Result>> {
  if (!isLargeOutput(outcome.result)) return outcome;
  const bytes = await (await context.openStore())?.get(outcome.result.ref);
  return bytes === undefined ? outcome : { ...outcome, result: JSON.parse(bytes.toString('utf8')) as Result }; // stored by the run itself
}

async function resultOf<Result>(context: ClientContext, handle: WorkflowHandle): Promise<RunOutcome<Result>> {
  const request = attempt(context, 'read the result', handle.workflowId);
  try {
    const outcome = (await asking(request, () => handle.result())) as RunOutcome<Result>; // what every Workflow Type returns
    return await withWholeResult(context, outcome);
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const described = await asking(request, () => handle.describe());
    throw new TroupeError(codeOf(error), describeEnd(handle.workflowId, error), {
      chain: failureChain(error),
      unfinished: await readUnfinished(context, handle, partialOf(described)),
      cause: error,
    });
  }
}

const UPDATE_TIMEOUT_MS = 10_000;

function runClosed(action: string, workflowId: string, status: RunStatus): TroupeError {
  const ended = status === 'budget-reached' ? 'ended at its budget' : status;
  return new TroupeError('run-closed', `Cannot ${action}: "${workflowId}" is already ${ended}; see "npx troupe result ${workflowId}"`);
}

type RunReference = Pick<RunSummary, 'workflowId' | 'runId' | 'url'>;

/** Binds a run to the operations on it. */
export function createRunHandle<Result>(context: ClientContext, run: RunReference, attached: boolean): RunHandle<Result> {
  const { workflowId, runId, url } = run;
  const handle = context.client.workflow.getHandle(workflowId);
  const ask = <Answer>(action: string, request: () => Promise<Answer>) => asking(attempt(context, action, workflowId), request);
  const describe = async () => summarize(context, await ask('describe the run', () => handle.describe()));
  const steer = async <Answer>(action: string, request: () => Promise<Answer>): Promise<Answer> => {
    const { status, closedAt } = await describe();
    if (closedAt !== null) throw runClosed(action, workflowId, status);
    return ask(action, request);
  };
  return {
    workflowId,
    runId,
    url,
    attached,
    describe,
    progress: () => ask('read the progress', () => handle.query(progressQuery)),
    ledger: () => ask('read the ledger', () => handle.query(ledgerQuery)),
    blackboard: () => ask('read the blackboard', () => handle.query(blackboardQuery)),
    watch: (options) => watchRun(context, handle, options),
    result: () => resultOf<Result>(context, handle),
    // Signals wait for a worker on the server; an update would be lost when none is there.
    cancel: async () => void (await steer('cancel the run', () => handle.cancel())),
    pause: () => steer('pause the run', () => handle.signal(pauseSignal)),
    resume: () => steer('resume the run', () => handle.signal(resumeSignal)),
    raiseBudget: (limits) =>
      steer('raise the budget', () => {
        const deadline = Date.now() + UPDATE_TIMEOUT_MS;
        return context.client.withDeadline(deadline, () => handle.executeUpdate(raiseBudgetUpdate, { args: [limits] }));
      }),
    changeJob: (change) =>
      steer('change the job', async () => {
        const { job } = await handle.query(progressQuery);
        if (job === undefined) throw new TroupeError('invalid-input', `Cannot change the job: "${workflowId}" is none; name a job`);
        const deadline = Date.now() + UPDATE_TIMEOUT_MS;
        return context.client.withDeadline(deadline, () => handle.executeUpdate(changeJobUpdate, { args: [change] }));
      }),
    review: (command) => steer('answer the review', () => sendReview(context, handle, command)),
    reviews: () => ask('read the reviews', () => readReviews(context, handle)),
  };
}

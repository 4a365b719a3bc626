import { setTimeout as delay } from 'node:timers/promises';

import type { WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';

import { progressQuery } from '../common/messages';
import type { RunProgress, StepProgress } from '../common/run';
import { askBriefly } from './ask-briefly';
import { attempt, type ClientContext } from './context';
import { endedProgress } from './ended-progress';
import { liveCalls, type LiveCall } from './live-calls';
import { runWaitsForPool } from './pool';
import { summarize } from './run-summary';
import { asking } from './service-errors';

/** A step with what is known of its call in flight. */
export interface WatchedStep extends StepProgress {
  readonly live: LiveCall | null;
}

/** One look at a run. */
export interface WatchedRun extends Omit<RunProgress, 'steps'> {
  readonly workflowId: string;
  readonly runId: string;
  readonly url: string | null;
  readonly steps: readonly WatchedStep[];
  /** The run has ended; nothing will change. */
  readonly closed: boolean;
  /** Milliseconds from its start to its end; absent while it is open. */
  readonly lastedMs?: number;
  /** False while no worker answers for the run: what is shown is the last that was known. */
  readonly answering: boolean;
  /** Calls that wait for a worker of the pool while there is none. */
  readonly waitingForPool: number;
}

export interface WatchOptions {
  /** Milliseconds between two looks. @default 300 */
  readonly intervalMs?: number;
  /** Ends the watching, not the run. */
  readonly signal?: AbortSignal;
}

/** What can be said of a run that does not answer. */
function silentProgress(context: ClientContext, described: WorkflowExecutionDescription): RunProgress {
  const { pipeline, subject, status, simulated } = summarize(context, described);
  const unknown = { stage: null, steps: [], degraded: [], costUsd: 0, uncertainUsd: 0, budgetUsd: null };
  return { pipeline, subject, status, simulated: simulated ?? false, ...unknown };
}

/** Nothing new in its history is nothing new in the run; asked now and then all the same, to see whether a worker is still there. */
const ASK_AGAIN_MS = 10_000;

/**
 * Looks at a run until it ends: one `describe` a look, and one query when there is something new, for each is work that keeps a function
 * awake.
 * @throws TroupeError `not-found`, `unreachable`.
 */
export async function* watchRun(
  context: ClientContext,
  handle: WorkflowHandle,
  options: WatchOptions = {},
): AsyncGenerator<WatchedRun, void> {
  const { intervalMs = 300, signal } = options;
  let known: RunProgress | undefined;
  let asked = { about: '', at: 0, answering: false };
  while (signal?.aborted !== true) {
    const described = await asking(attempt(context, 'watch the run', handle.workflowId), () => handle.describe());
    const summary = summarize(context, described);
    const closed = summary.closedAt !== null;
    const about = `${described.runId} ${described.historyLength}`;
    if (!asked.answering || asked.about !== about || Date.now() - asked.at >= ASK_AGAIN_MS) {
      const answer = await askBriefly(context, () => handle.query(progressQuery));
      asked = { about, at: Date.now(), answering: answer !== undefined };
      known = answer ?? known;
    }
    const { answering } = asked;
    known ??= silentProgress(context, described);
    if (closed && !answering) known = { ...known, ...(await endedProgress(context, handle, described)) };
    const [calls, waiting] = await Promise.all([liveCalls(context.client, described), runWaitsForPool(context, described)]);
    const { workflowId, runId, url, status } = summary;
    yield {
      ...known,
      status: closed ? status : known.status,
      steps: known.steps.map((step) => ({ ...step, live: step.endedAt === null ? (calls.get(step.step) ?? null) : null })),
      workflowId,
      runId,
      url,
      closed,
      ...(summary.closedAt !== null && { lastedMs: summary.closedAt.getTime() - summary.startedAt.getTime() }),
      answering,
      waitingForPool: waiting,
    };
    if (closed) return;
    await delay(intervalMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}

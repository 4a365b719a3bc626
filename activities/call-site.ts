import { Context } from '@temporalio/activity';

import type { CallHeartbeat } from '../common/call';
import { JOB_PRIORITY } from '../common/job';

/** Where and as what a call runs: the part of Temporal's Context that it needs. */
export interface CallSite {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly attempt: number;
  /** Part of a row of a job: no person waits for this very call. */
  readonly ofJob: boolean;
  /** Aborted when the call is cancelled, has timed out or its worker stops. */
  readonly signal: AbortSignal;
  readonly heartbeat: (details: CallHeartbeat) => void;
  /** Milliseconds that it once went without a beat, when that is so long that Temporal has given it up; else 0. */
  readonly silentMs: () => number;
}

/**
 * @param now Epoch milliseconds.
 * @throws Error outside of an activity that a workflow has scheduled.
 */
export function currentCallSite(now: () => number): CallSite {
  const context = Context.current();
  const { namespace, workflowExecution, attempt, priority } = context.info;
  if (workflowExecution === undefined) throw new Error('Cannot call an agent: no workflow scheduled it; start a pipeline instead');
  const { beaten, silentMs } = watchBeats(context.info.heartbeatTimeoutMs, now);
  return {
    namespace,
    workflowId: workflowExecution.workflowId,
    runId: workflowExecution.runId,
    attempt,
    // Calls and children of a row have its priority.
    ofJob: (priority?.priorityKey ?? 0) >= JOB_PRIORITY,
    signal: context.cancellationSignal,
    heartbeat: (details) => {
      beaten();
      context.heartbeat(details);
    },
    silentMs,
  };
}

export const BEAT_MS = 1_000;

/** A process that was stopped, or whose event loop was blocked, comes back after its beats have failed to come: it must know. */
export function watchBeats(timeoutMs = Infinity, now: () => number) {
  // The last beat may have been held back for the time of one.
  const longestMs = timeoutMs - BEAT_MS;
  let last = now();
  let longest = 0;
  const silentMs = (): number => {
    const silent = now() - last;
    if (silent > longestMs) longest = Math.max(longest, silent);
    return longest;
  };
  const beaten = (): void => {
    silentMs();
    last = now();
  };
  return { beaten, silentMs };
}

/**
 * Beats once a second, from the first second on. Cancellation reaches an activity only through a beat, so a silent stream
 * must not silence it.
 * @returns Stops the beat.
 */
export function startBeat(site: CallSite, details: () => CallHeartbeat): () => void {
  const timer = setInterval(() => site.heartbeat(details()), BEAT_MS);
  return () => clearInterval(timer);
}

import { Context } from '@temporalio/activity';

import type { CallHeartbeat } from '../common/call';

/** Where and as what a call runs: the part of Temporal's Context that it needs. */
export interface CallSite {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly attempt: number;
  /** Aborted when the call is cancelled, has timed out or its worker stops. */
  readonly signal: AbortSignal;
  readonly heartbeat: (details: CallHeartbeat) => void;
}

/** @throws Error outside of an activity that a workflow has scheduled. */
export function currentCallSite(): CallSite {
  const context = Context.current();
  const { namespace, workflowExecution, attempt } = context.info;
  if (workflowExecution === undefined) throw new Error('Cannot call an agent: no workflow scheduled it; start a pipeline instead');
  return {
    namespace,
    workflowId: workflowExecution.workflowId,
    runId: workflowExecution.runId,
    attempt,
    signal: context.cancellationSignal,
    heartbeat: (details) => context.heartbeat(details),
  };
}

const BEAT_MS = 1_000;

/**
 * Beats once a second, from the first second on. Cancellation reaches an activity only through a beat, so a silent stream
 * must not silence it.
 * @returns Stops the beat.
 */
export function startBeat(site: CallSite, details: () => CallHeartbeat): () => void {
  const timer = setInterval(() => site.heartbeat(details()), BEAT_MS);
  return () => clearInterval(timer);
}

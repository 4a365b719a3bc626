import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';

import type { CallHeartbeat } from '../common/call';

/** What Temporal knows of a call in flight and the run itself does not. */
export interface LiveCall {
  /** Activity attempt, from 1. */
  readonly attempt: number;
  /** Null before the first heartbeat of the attempt. */
  readonly heartbeat: CallHeartbeat | null;
  /** Epoch milliseconds of the next attempt while the call waits for it. */
  readonly nextAttemptAt: number | null;
  /** Why the last attempt failed. */
  readonly lastFailure: string | null;
}

type PendingActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

function isHeartbeat(value: unknown): value is CallHeartbeat {
  return typeof value === 'object' && value !== null && 'outputTokens' in value && 'model' in value;
}

async function liveCallOf(client: Client, pending: PendingActivity): Promise<LiveCall> {
  const [details] = await decodeArrayFromPayloads(client.options.loadedDataConverter, pending.heartbeatDetails?.payloads);
  const next = pending.lastStartedTime && !pending.nextAttemptScheduleTime ? null : pending.nextAttemptScheduleTime;
  return {
    attempt: pending.attempt ?? 1,
    heartbeat: isHeartbeat(details) ? details : null,
    nextAttemptAt: next ? Number(next.seconds ?? 0) * 1_000 + Math.floor((next.nanos ?? 0) / 1e6) : null,
    lastFailure: pending.lastFailure?.message ?? null,
  };
}

/** Calls in flight by step path, from one `describe`. */
export async function liveCalls(client: Client, described: WorkflowExecutionDescription): Promise<Map<string, LiveCall>> {
  const calls = new Map<string, LiveCall>();
  for (const pending of described.raw.pendingActivities ?? []) {
    if (pending.activityId) calls.set(pending.activityId, await liveCallOf(client, pending));
  }
  return calls;
}

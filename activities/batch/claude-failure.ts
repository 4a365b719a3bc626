import { classify, MAX_RETRY_AFTER_MS } from '../../claude/failures';
import { failure, FailureType } from '../../common/failures';
import type { ActivityDeps } from '../deps';

/** What was being done when Claude failed. */
export interface FailedAction {
  /** After `Cannot `. */
  readonly action: string;
  /** Whether it is tried again whatever Claude says. @default what Claude says */
  readonly always?: true;
  /** Milliseconds to wait before the next attempt, when Claude does not say. @default those of Temporal */
  readonly pauseMs?: number;
}

/** A failed request to the endpoints of Message Batches, for Temporal to retry or not. */
export function batchFailure({ claude, now }: ActivityDeps, thrown: unknown, { action, always, pauseMs }: FailedAction): Error {
  const { type, reason, retryable, benign, ...said } = classify(thrown, now());
  const retryAfterMs = said.retryAfterMs ?? pauseMs;
  return failure({
    type: type === 'cancelled' ? FailureType.Unavailable : type,
    message: claude.redact(`Cannot ${action}: ${reason}`),
    retryable: retryable || type === 'cancelled' || always === true,
    benign,
    ...(retryAfterMs !== undefined && { retryAfterMs: Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) }),
  });
}

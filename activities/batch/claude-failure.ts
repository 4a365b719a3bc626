import { classify, MAX_RETRY_AFTER_MS, type Classified } from '../../claude/failures';
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
export function batchFailure(
  { claude, now }: ActivityDeps,
  thrown: unknown,
  { action, always, pauseMs }: FailedAction,
): { readonly meaning: Classified; readonly error: Error } {
  const meaning = classify(thrown, now());
  const { type, reason, retryable, benign } = meaning;
  const retryAfterMs = meaning.retryAfterMs ?? pauseMs;
  const error = failure({
    type: type === 'cancelled' ? FailureType.Unavailable : type,
    message: claude.redact(`Cannot ${action}: ${reason}`),
    retryable: retryable || type === 'cancelled' || always === true,
    benign,
    ...(retryAfterMs !== undefined && { retryAfterMs: Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) }),
  });
  return { meaning, error };
}

import { classify, MAX_RETRY_AFTER_MS, type Classified } from '../../claude/failures';
import { failure, FailureType } from '../../common/failures';
import type { ActivityDeps } from '../deps';

/** A failed request to the endpoints of Message Batches, for Temporal to retry or not. */
export function batchFailure({ claude, now }: ActivityDeps, action: string, error: unknown): { meaning: Classified; error: Error } {
  const meaning = classify(error, now());
  const { type, reason, retryable, benign, retryAfterMs } = meaning;
  const failed = failure({
    type: type === 'cancelled' ? FailureType.Unavailable : type,
    message: claude.redact(`Cannot ${action}: ${reason}`),
    retryable: retryable || type === 'cancelled',
    benign,
    ...(retryAfterMs !== undefined && { retryAfterMs: Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) }),
  });
  return { meaning, error: failed };
}

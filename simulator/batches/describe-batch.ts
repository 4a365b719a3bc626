import type { BatchState } from './batch-log';
import type { MessageBatch } from './batch-wire';
import { statusOf } from './batches';
import { RESULTS_KEPT_MS } from './schedule';

const rfc3339 = (at: number): string => new Date(at).toISOString();

/** When the results are no longer available, epoch milliseconds. */
export const archivedAt = ({ facts }: BatchState): number => facts.createdAt + RESULTS_KEPT_MS;

/**
 * A batch as the API shows it: until it has ended, all of its items are processing.
 * @param origin Where clients reach the simulator; `results_url` is followed as given.
 */
export function describeBatch(batch: BatchState, { now, origin }: { readonly now: number; readonly origin: string }): MessageBatch {
  const { facts, ended, cancelAt } = batch;
  const archived = now >= archivedAt(batch);
  return {
    id: facts.id,
    type: 'message_batch',
    processing_status: statusOf(batch),
    request_counts: ended?.counts ?? { processing: facts.count, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    created_at: rfc3339(facts.createdAt),
    expires_at: rfc3339(facts.expiresAt),
    ended_at: ended === null ? null : rfc3339(ended.at),
    cancel_initiated_at: cancelAt === null ? null : rfc3339(cancelAt),
    archived_at: archived ? rfc3339(archivedAt(batch)) : null,
    results_url: ended === null || archived ? null : `${origin}/v1/messages/batches/${facts.id}/results`,
  };
}

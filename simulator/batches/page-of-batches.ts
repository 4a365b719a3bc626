import { invalidRequest, type ApiError } from '../api-error';
import type { BatchState } from './batch-log';

export interface BatchPage {
  readonly batches: readonly BatchState[];
  readonly hasMore: boolean;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

/** A page of batches, newest first; `has_more` speaks of the direction in which pages are turned. A deleted batch still marks a place. */
export function pageOfBatches(oldestFirst: readonly BatchState[], query: URLSearchParams): BatchPage | ApiError {
  const limit = query.has('limit') ? Number(query.get('limit')) : DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    return invalidRequest(`limit: Input should be a valid integer from 1 to ${MAX_LIMIT}`);
  const all = oldestFirst.toReversed();
  const [after, before] = ['after_id', 'before_id'].map((name) => {
    const id = query.get(name);
    return id === null ? undefined : { name, id, at: all.findIndex(({ facts }) => facts.id === id) };
  });
  if (after !== undefined && before !== undefined) return invalidRequest('Only one of after_id and before_id may be given');
  const cursor = after ?? before;
  if (cursor?.at === -1) return invalidRequest(`${cursor.name}: ${cursor.id} is not a batch`);
  const shown = (batches: readonly BatchState[]): BatchState[] => batches.filter(({ deleted }) => !deleted);
  if (before !== undefined) {
    const newer = shown(all.slice(0, before.at));
    return { batches: newer.slice(-limit), hasMore: newer.length > limit };
  }
  const older = shown(all.slice(after === undefined ? 0 : after.at + 1));
  return { batches: older.slice(0, limit), hasMore: older.length > limit };
}

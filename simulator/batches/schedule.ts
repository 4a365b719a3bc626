import type { RuntimeConfig } from '../options';
import type { Random } from '../random';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a batch waits for a place, least and most, and what each of its items adds, at the speed of the real thing. */
const WAIT_MS = [2 * MINUTE_MS, 30 * MINUTE_MS] as const;
const ITEM_MS = 15;
/** Part of its time for which a batch that is cancelled goes on, as some of its items are too far to be stopped. */
const CANCELING_SHARE = 0.02;

/** Results can be downloaded for so long after the batch was created. */
export const RESULTS_KEPT_MS = 29 * DAY_MS;

/** What decides when each item of a batch is done; epoch milliseconds. */
export interface BatchTimes {
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Milliseconds from creation until the last item is done. */
  readonly turnaroundMs: number;
}

/** Times of a batch that is created now. */
export function timesOf(
  config: RuntimeConfig,
  { now, count, random }: { readonly now: number; readonly count: number; readonly random: Random },
): BatchTimes {
  const real = WAIT_MS[0] + random.next() * (WAIT_MS[1] - WAIT_MS[0]) + count * ITEM_MS;
  const turnaroundMs = config.batchMs ?? Math.min(real, DAY_MS) * (config.latency ?? 0);
  return { createdAt: now, expiresAt: now + (config.batchExpiryMs ?? DAY_MS), turnaroundMs };
}

/** When the item at a place of the order of work is done, from 0; they are done at even distances. */
export function dueAt({ createdAt, turnaroundMs }: BatchTimes, place: number, count: number): number {
  return createdAt + (turnaroundMs * (place + 1)) / count;
}

/** When a batch ends at the latest, and what becomes of the items that are not done by then. */
export function closing(times: BatchTimes, cancelAt: number | null): { readonly at: number; readonly as: 'canceled' | 'expired' } {
  const canceled = cancelAt === null ? Infinity : cancelAt + times.turnaroundMs * CANCELING_SHARE;
  return canceled < times.expiresAt ? { at: canceled, as: 'canceled' } : { at: times.expiresAt, as: 'expired' };
}

/** Turnaround of a batch that a fault makes slow without saying how slow: it expires. */
export const SLOW_BATCH_MS = DAY_MS + 60 * MINUTE_MS;

import type { ActivityDeps } from '../../activities/deps';
import { createAnnouncer } from '../../activities/batch/announcer';
import { IN_A_BATCH, type Pace } from '../../common/batch';
import { progressQuery } from '../../common/messages';
import { toUsd } from '../../common/money';
import type { PipelineName } from '../../common/pipelines/index';
import type { BillRecord } from '../../simulator/bill-record';
import type { Rig, RigRun } from './rig';
import { until } from './until';

/** A collector that does not keep a test waiting. */
export const QUICK_PACE: Pace = { lingerMs: 300, maxRequests: 1_000, firstLookMs: 50, longestLookMs: 200, askAgainMs: 2_000 };

/** What a rig needs for a collector of another pace. */
export const atPace = (pace: Partial<Pace> = {}): Pick<ActivityDeps, 'announcer'> => ({
  announcer: createAnnouncer({ ...QUICK_PACE, ...pace }),
});

/** Lines of the bill that were charged since it was `since` lines long. */
export const chargedSince = ({ simulator }: Pick<Rig, 'simulator'>, since: number): BillRecord[] =>
  simulator
    .requests()
    .slice(since)
    .filter(({ charged }) => charged);

export const sumUsd = (bill: readonly BillRecord[]): number => toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0));

/** Ticket numbers and intents that nobody has cleared away. */
export async function leftovers({ store }: Pick<Rig, 'store'>): Promise<string[]> {
  const intents = (await store.list('calls')).filter((key) => key.endsWith('.intent.json'));
  const answered = new Set((await store.list('calls')).filter((key) => key.endsWith('.answer.json')).map(idOf));
  return [...(await store.list('batch')), ...intents.filter((key) => !answered.has(idOf(key)))];
}

/** What an intent and its answer have in common. */
const idOf = (key: string): string => /^(.+\.\d+\.[0-9a-f]+)\./.exec(key)?.[1] ?? key;

/** Until one of its steps waits for a batch. */
export const queued = ({ handle }: RigRun<PipelineName>): Promise<void> =>
  until(async () => (await handle.query(progressQuery)).steps.some(({ state, reason }) => state === 'waiting' && reason === IN_A_BATCH));

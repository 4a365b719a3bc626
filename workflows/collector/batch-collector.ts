import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  patched,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';

import type { BatchActivities } from '../../activities/index';
import type { Announcement } from '../../common/batch';
import { FailureType } from '../../common/failures';
import { announceSignal, withdrawSignal } from '../../common/messages';
import { followsBuilds } from '../run/versioning';
import {
  announce,
  carried,
  closeBatch,
  describePool,
  isEmpty,
  isFull,
  lingerLeft,
  openPool,
  stateOf,
  takeBatch,
  withdraw,
  withoutWithdrawn,
  type OpenBatch,
  type Pool,
  type PoolState,
} from './pool';

const common = {
  retry: { initialInterval: '1s', maximumInterval: '1m' },
  // When the collector goes on as new, what was being done has been done, or will be begun again.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
} as const;
/** All of them beat: a worker that was killed is missed in seconds, whatever it was doing. */
const beating = { ...common, heartbeatTimeout: '10s' } as const;
const long = { ...beating, startToCloseTimeout: '1h' } as const;
/** Answers that are paid for are worth patience: a key that was exchanged, an outage. */
const patient = { scheduleToCloseTimeout: '3 days' } as const;
const { lookAtBatch } = proxyActivities<BatchActivities>({ ...beating, ...patient, startToCloseTimeout: '2m' });
const { collectBatch } = proxyActivities<BatchActivities>({ ...long, ...patient });
const { submitBatch, failTickets, withdrawTickets } = proxyActivities<BatchActivities>(long);

/** Of runs that began before it ended as soon as nothing is left. */
const OLD_IDLE_MS = 60_000;
/** Turns that fit into the input of a workflow, which Temporal limits to 2 MB; with more of them it goes on with a long history until there are fewer. */
const MOST_CARRIED = 30_000;
/** A cancelled job sends as many as it has rows. */
const WITHDRAWALS_AT_ONCE = 500;

// It works for runs of every build and has no end of its own: bound to one, it would keep that in use for ever.
followsBuilds(batchCollector);

/**
 * The collector: pools model turns of many runs into Message Batches and sees each of them to its end.
 *
 *   announced → pending → (full, or the oldest has waited) → sent → asleep between looks → answers into journals → runs told
 *
 * Only tickets pass through its history; requests and answers are in the store. A turn that a batch did not answer (expired,
 * overloaded) is for its run to announce again.
 */
export async function batchCollector(state?: PoolState): Promise<void> {
  const pool = openPool(state);
  setHandler(announceSignal, (announcement) => takeIn(pool, announcement), { description: 'Turns that wait for a batch' });
  setHandler(withdrawSignal, (withdrawal) => withdraw(pool, withdrawal), { description: 'Turns that a run no longer waits for' });
  const work = new CancellationScope();
  const begun: Array<Promise<void>> = [];
  const begin = (body: () => Promise<void>): void => void begun.push(work.run(body).catch(() => undefined)); // cancelled: it goes on as new
  begin(() => takeBack(pool));
  for (const { key } of pool.open.values()) begin(() => seeToItsEnd(pool, key));
  const nothingLeft = patched('no-timer-of-its-own') ? isLeftEmpty : isLeftAlone;

  while (!hasLongHistory(pool)) {
    setCurrentDetails(describePool(pool));
    if (await nothingLeft(pool)) return;
    if (await lingered(pool)) {
      const { key } = takeBatch(pool, uuid4(), Date.now());
      begin(() => seeToItsEnd(pool, key));
    }
  }
  work.cancel();
  await Promise.all(begun);
  await continueAsNew<typeof batchCollector>(stateOf(pool));
}

/** A turn that was sent while it is taken back would be asked, and paid for, once more by its run. */
function takeIn(pool: Pool, { tickets, pace }: Announcement): void {
  const wanted = withoutWithdrawn(pool, tickets);
  const some = wanted.length < tickets.length && patched('not-while-taken-back');
  announce(pool, { tickets: some ? wanted : tickets, pace }, Date.now());
}

/**
 * Waits for turns to send. True when nothing is on its way either: it ends, and the next announcement starts it. No timer: where functions
 * take the place of workers, each would start one for nothing while batches are on their way.
 */
async function isLeftEmpty(pool: Pool): Promise<boolean> {
  await condition(() => pool.pending.size > 0 || isEmpty(pool) || hasLongHistory(pool));
  return isEmpty(pool);
}

async function isLeftAlone(pool: Pool): Promise<boolean> {
  return !(await condition(() => pool.pending.size > 0 || hasLongHistory(pool), OLD_IDLE_MS)) && isEmpty(pool);
}

function hasLongHistory(pool: Pool): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return (continueAsNewSuggested || historyLength >= (pool.pace.eventsPerRun ?? Infinity)) && carried(pool) <= MOST_CARRIED;
}

/** Whether it is time to send what waits. */
async function lingered(pool: Pool): Promise<boolean> {
  const disturbed = (): boolean => isFull(pool) || pool.pending.size === 0 || hasLongHistory(pool);
  const wasDisturbed = await condition(disturbed, Math.max(1, lingerLeft(pool, Date.now())));
  return pool.pending.size > 0 && (isFull(pool) || !wasDisturbed);
}

/** Sends a batch and waits for it; in steps, each of which may be the first one after going on as new. */
async function seeToItsEnd(pool: Pool, key: string): Promise<void> {
  for (let batch = pool.open.get(key); batch !== undefined; batch = pool.open.get(key)) {
    const [batchId] = batch.batchIds;
    try {
      await (batchId === undefined ? send(pool, batch) : waitFor(pool, batch, batchId));
    } catch (error) {
      if (CancellationScope.current().consideredCancelled) throw error;
      // Only of a batch that was refused is it sure that it is not charged.
      await failTickets({ tickets: batch.tickets, charged: batchId === undefined ? 'no' : 'maybe', ...reasonOf(error) });
      closeBatch(pool, batch, Date.now());
    }
    setCurrentDetails(describePool(pool));
  }
}

async function send(pool: Pool, batch: OpenBatch): Promise<void> {
  const { key, tickets, ruledOut } = batch;
  const submission = await submitBatch({ key, tickets, ruledOut });
  if (submission.kind === 'nothing') closeBatch(pool, batch, Date.now());
  // Which of the candidates it is, if any, can be seen only at their end; until then sending again could pay twice.
  else if (submission.kind === 'unclear') pool.open.set(key, { ...batch, batchIds: submission.candidates, certain: false });
  else pool.open.set(key, { ...batch, batchIds: [submission.batchId], certain: true });
}

async function waitFor(pool: Pool, batch: OpenBatch, batchId: string): Promise<void> {
  const { key, tickets, certain } = batch;
  if (batch.ended !== true) {
    await untilEnded(pool, batchId);
    // Said at once: many batches that end together could otherwise be looked at anew in each run of the collector, and never be read.
    pool.open.set(key, { ...batch, ended: true });
  }
  const { ours } = await collectBatch({ key, batchId, ...(!certain && { expected: tickets }) });
  if (ours) closeBatch(pool, batch, Date.now());
  // When none of the candidates was it, it is sent again.
  else pool.open.set(key, { ...batch, ended: false, batchIds: batch.batchIds.slice(1), ruledOut: [...batch.ruledOut, batchId] });
}

async function untilEnded(pool: Pool, batchId: string): Promise<void> {
  let pauseMs = pool.pace.firstLookMs;
  for (;;) {
    await sleep(pauseMs);
    const { ended } = await lookAtBatch(batchId);
    if (ended) return;
    pauseMs = Math.min(pauseMs * 2, pool.pace.longestLookMs);
  }
}

async function takeBack({ withdrawn }: Pool): Promise<never> {
  for (;;) {
    await condition(() => withdrawn.length > 0);
    const taken = withdrawn.slice(0, WITHDRAWALS_AT_ONCE);
    await withdrawTickets(taken);
    withdrawn.splice(0, taken.length);
  }
}

/** Why none of a batch's turns will be answered. */
function reasonOf(error: unknown): { type: FailureType; reason: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure && cause.type != null ? (cause.type as FailureType) : FailureType.Internal; // raised by our activities
  return { type, reason: cause instanceof Error ? cause.message : String(cause) };
}

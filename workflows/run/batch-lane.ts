import { CancellationScope, condition, getExternalWorkflowHandle, patched, workflowInfo } from '@temporalio/workflow';

import { collectorId, IN_A_BATCH } from '../../common/batch';
import type { CallContext, QueuedCall } from '../../common/call';
import { failure, FailureType } from '../../common/failures';
import { rowInBatchSignal, withdrawSignal } from '../../common/messages';
import type { Call } from './call';
import { openedRun, runLane, updateStep, type Run } from './run';
import { tellJob } from './tell-job';

const HOUR = 3_600_000;
/** A Message Batch has a day to end, from when it is sent; it is sent, looked at and its answers are read within the hour. */
const BATCH_MS = 25 * HOUR;
/** Batches that may leave a turn unanswered (expired, overloaded) before its call gives up. */
export const MOST_BATCHES = 5;
/** The collector answers a withdrawal within this, unless nobody works on its queue. */
const WITHDRAWN_MS = 60_000;

/** A turn of a call that was queued. */
export interface QueuedTurn {
  readonly ticket: string;
  /** Epoch milliseconds at which it was queued last, and later by the time in which no worker was there. */
  since: number;
  /** Batches that were to answer it and have not. */
  inVain: number;
  /** The change of lane for which it was to leave its batch; one that was sent by then stays. */
  left: Run['laneChange'];
}

/** The lane of the next turn. `auto` takes the batch lane for as long as the run's deadline leaves a batch its whole time, or there is none. */
export function laneOf(run: Run): 'interactive' | 'batch' {
  const lane = runLane(run);
  if (lane !== 'auto') return lane;
  return deadlineOf(run) - Date.now() > BATCH_MS ? 'batch' : 'interactive';
}

/** Epoch milliseconds; `Infinity` without one. */
function deadlineOf(run: Run): number {
  const { deadlineMs } = openedRun(run).options;
  return deadlineMs === undefined ? Infinity : workflowInfo().startTime.getTime() + deadlineMs;
}

/** Whether a turn has yet to leave its batch: the lane was changed after it was queued. `auto` leaves it where it is. */
const mustLeave = ({ laneChange }: Run, { left }: QueuedTurn): boolean => laneChange?.lane === 'interactive' && laneChange !== left;

/** Goes on in a lane with a turn that was queued. */
export function inLane({ queued: _before, ...context }: CallContext, ticket: string, lane: 'interactive' | 'batch'): CallContext {
  return lane === 'batch' ? { ...context, lane } : { ...context, lane, queued: ticket };
}

/**
 * Waits until there is something new of a turn in a Message Batch, or for so long that it is worth asking: a run that was reset
 * does not hear what its forerunner was told. Nothing is held meanwhile: no worker, no activity.
 * @throws CancelledFailure when the call is cancelled: a turn that has not been sent is taken back
 * @throws TimedOut when no batch answers it
 */
export async function answeredInBatch(call: Call, { ticket, spend, askAgainMs, giveUpMs = BATCH_MS }: QueuedCall): Promise<void> {
  const { run, step } = call;
  call.spent = spend;
  const queued = call.queued?.ticket === ticket ? call.queued : { ticket, since: Date.now(), inVain: 0, left: undefined };
  call.queued = queued;
  updateStep(run, step, { state: 'waiting', reason: IN_A_BATCH });
  if (queued.inVain >= MOST_BATCHES) throw await givenUp(call, queued, `${MOST_BATCHES} Message Batches brought no answer`);
  const now = Date.now();
  const left = Math.min(queued.since + giveUpMs, deadlineOf(run)) - now;
  const waitMs = Math.max(1, Math.min(left, Math.max(askAgainMs, now - queued.since)));
  tellOfStaying(run, queued, true);
  const heard = await condition(() => run.answeredTickets.has(ticket) || mustLeave(run, queued), waitMs).catch(
    async (cancelled: unknown) => {
      await takeBack(call, ticket);
      throw cancelled;
    },
  );
  tellOfStaying(run, queued, false);
  const awayMs = Date.now() - now - waitMs;
  // No worker was there meanwhile, for the collector neither, and the answer may be waiting for it.
  if (!heard && awayMs > askAgainMs && patched('waits-on-when-away')) queued.since += awayMs;
  if (heard && !run.answeredTickets.has(ticket)) {
    queued.left = run.laneChange;
    await takeBack(call, ticket);
  } else if (heard) {
    run.answeredTickets.delete(ticket);
    queued.inVain += 1; // or the activity finds the answer and does not come back with this ticket
    queued.since = Date.now();
  } else if (Date.now() >= deadlineOf(run)) await takeBack(call, ticket);
  else if (Date.now() >= queued.since + giveUpMs)
    throw await givenUp(call, queued, `no Message Batch answered within ${giveUpMs / HOUR} hours`);
  updateStep(run, step, { state: 'running', reason: undefined });
}

/** A job shows how many of its rows go on in the interactive lane only when a batch has ended: its turns had been sent. */
function tellOfStaying(run: Run, { ticket, left }: QueuedTurn, stays: boolean): void {
  const { staying, laneChange } = run;
  if (stays ? left === undefined || left !== laneChange || left.lane !== 'interactive' : !staying.has(ticket)) return;
  const before = staying.size;
  if (stays) staying.add(ticket);
  else staying.delete(ticket);
  const changed = (before === 0) !== (staying.size === 0);
  if (changed && openedRun(run).options.job !== undefined && patched('tells-of-staying')) tellJob(run, rowInBatchSignal, stays);
}

async function givenUp(call: Call, { ticket }: QueuedTurn, why: string): Promise<Error> {
  await takeBack(call, ticket);
  const { step } = call;
  return failure({
    type: FailureType.TimedOut,
    message: `Cannot finish "${step}": ${why}; start again with --reuse, or in the interactive lane`,
  });
}

/** A turn that has not been sent will not be, and is not charged. */
function takeBack({ run }: Call, ticket: string): Promise<void> {
  return CancellationScope.nonCancellable(async () => {
    const { workflowId } = workflowInfo();
    const collector = getExternalWorkflowHandle(collectorId(openedRun(run).storeId));
    try {
      await collector.signal(withdrawSignal, { workflowId, tickets: [ticket] });
    } catch {
      return; // it has ended: there is nothing left to take back
    }
    await condition(() => run.answeredTickets.has(ticket), WITHDRAWN_MS);
    run.answeredTickets.delete(ticket);
  });
}

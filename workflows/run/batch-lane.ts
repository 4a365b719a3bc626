import { CancellationScope, condition, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';

import { collectorId } from '../../common/batch';
import type { QueuedCall } from '../../common/call';
import { failure, FailureType } from '../../common/failures';
import { withdrawSignal } from '../../common/messages';
import type { Call } from './call';
import { describeStatus } from './current-details';
import { openedRun, updateStep, type Run } from './run';

/** A Message Batch has a day to end. */
const BATCH_MS = 24 * 3_600_000;

/** The lane of the next call. `auto` takes the batch lane for as long as the run's deadline leaves a batch its whole day, or there is none. */
export function laneOf(run: Run): 'interactive' | 'batch' {
  const { lane = 'interactive', deadlineMs } = openedRun(run).options;
  if (lane !== 'auto') return lane;
  const left = deadlineMs === undefined ? Infinity : workflowInfo().startTime.getTime() + deadlineMs - Date.now();
  return left > BATCH_MS ? 'batch' : 'interactive';
}

/** A run that was reset does not hear what its forerunner was told: it asks again, each time after twice as long. */
const FIRST_DOUBT_MS = 10 * 60_000;

/**
 * Waits until a Message Batch has answered a turn, or for so long that it is worth asking. Nothing is held meanwhile: no worker, no activity.
 * @throws CancelledFailure when the call is cancelled: a turn that has not been sent is taken back
 * @throws TimedOut when the deadline of the call has passed
 */
export async function answeredInBatch(call: Call, { ticket, spend }: QueuedCall): Promise<void> {
  const { run, step, limits } = call;
  call.spent = spend;
  call.queuedAt ??= Date.now();
  const waited = Date.now() - call.queuedAt;
  updateStep(run, step, { state: 'waiting', reason: 'in a Message Batch' });
  describeStatus(run);
  try {
    const left = limits.scheduleToCloseMs - waited;
    if (left <= 0 || !(await condition(() => run.answeredTickets.has(ticket), Math.min(left, Math.max(FIRST_DOUBT_MS, waited))))) {
      if (Date.now() - call.queuedAt >= limits.scheduleToCloseMs) throw tooLate(call);
    }
  } catch (error) {
    await CancellationScope.nonCancellable(() => withdraw(call, ticket));
    throw error;
  }
  updateStep(run, step, { state: 'running', reason: undefined });
}

async function withdraw({ run }: Call, ticket: string): Promise<void> {
  // A collector that has ended has nothing left to take back.
  await getExternalWorkflowHandle(collectorId(openedRun(run).storeId))
    .signal(withdrawSignal, [ticket])
    .catch(() => undefined);
}

function tooLate({ step, agent, limits }: Call): Error {
  const hours = Math.round(limits.scheduleToCloseMs / 3_600_000);
  return failure({
    type: FailureType.TimedOut,
    message: `Cannot finish "${step}": no Message Batch answered ${agent} within ${hours} hours; start again with --reuse, or in the interactive lane`,
  });
}

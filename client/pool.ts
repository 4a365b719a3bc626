import type { WorkflowExecutionDescription } from '@temporalio/client';

import { poolOf, TASK_QUEUE } from '../common/task-queues';
import { attempt, type ClientContext } from './context';
import { ACTIVITY_TASKS, pollersLately } from './count-workers';
import { asking } from './service-errors';

const SCHEDULED = 1;

/**
 * Calls in the queue of the pool while no worker has lately asked for any; 0 as long as one does.
 * @param queue The main queue.
 */
export async function waitingForPool(context: ClientContext, main = TASK_QUEUE): Promise<number> {
  const { client, namespace } = context;
  const taskQueue = { name: poolOf(main) };
  const request = { namespace, taskQueue, taskQueueType: ACTIVITY_TASKS, reportStats: true };
  const queue = await asking(attempt(context, 'look at the pool'), () => client.workflowService.describeTaskQueue(request));
  return pollersLately(queue).size > 0 ? 0 : Number(queue.stats?.approximateBacklogCount ?? 0);
}

/** Calls of one run that wait in the pool's queue while nobody serves it. Asks about the queue only when there are some. */
export async function runWaitsForPool(context: ClientContext, described: WorkflowExecutionDescription): Promise<number> {
  const pool = poolOf(described.taskQueue);
  const waiting = (described.raw.pendingActivities ?? []).filter(
    ({ state, activityOptions }) => state === SCHEDULED && activityOptions?.taskQueue?.name === pool,
  ).length;
  return waiting > 0 && (await waitingForPool(context, described.taskQueue)) > 0 ? waiting : 0;
}

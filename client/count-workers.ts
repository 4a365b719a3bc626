import { TASK_QUEUE } from '../common/task-queues';
import { attempt, type ClientContext } from './context';
import { asking } from './service-errors';

// A poll lasts up to a minute and is noted when it begins.
const SEEN_WITHIN_MS = 70_000;
const WORKFLOW_TASKS = 1;

/** Workers that lately asked for workflow tasks of Troupe's queue. */
export async function countWorkers(context: ClientContext): Promise<number> {
  const { client, namespace } = context;
  const request = { namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: WORKFLOW_TASKS };
  const queue = await asking(attempt(context, 'look for workers'), () => client.workflowService.describeTaskQueue(request));
  const since = Date.now() - SEEN_WITHIN_MS;
  const lately = (queue.pollers ?? []).filter((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1_000 >= since);
  return new Set(lately.map((poller) => poller.identity)).size;
}

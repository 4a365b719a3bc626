import { TASK_QUEUE } from '../common/task-queues';
import { attempt, type ClientContext } from './context';
import { asking } from './service-errors';

// A poll lasts up to a minute and is noted when it begins.
const SEEN_WITHIN_MS = 70_000;
const WORKFLOW_TASKS = 1;
export const ACTIVITY_TASKS = 2;

/** Workers that lately asked for workflow tasks of Troupe's queue. */
export async function countWorkers(context: ClientContext): Promise<number> {
  const { client, namespace } = context;
  const request = { namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: WORKFLOW_TASKS };
  const queue = await asking(attempt(context, 'look for workers'), () => client.workflowService.describeTaskQueue(request));
  return pollersLately(queue).size;
}

type DescribedQueue = Awaited<ReturnType<ClientContext['client']['workflowService']['describeTaskQueue']>>;

/** Names of the workers that asked for tasks of a queue in the last minute. */
export function pollersLately({ pollers }: DescribedQueue): ReadonlySet<string> {
  const since = Date.now() - SEEN_WITHIN_MS;
  const lately = pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since);
  return new Set(lately.map(({ identity }) => identity ?? ''));
}

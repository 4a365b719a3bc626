import type { NativeConnection, WorkerOptions } from '@temporalio/worker';

import { FUNCTION_WINDOW_MS } from '../common/routing';
import { poolOf, TASK_QUEUE } from '../common/task-queues';

export interface TroupeWorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly activities: object;
  /** Absent: no workflows, activities only. */
  readonly workflowBundle?: { readonly codePath: string } | { readonly code: string };
  /** Calls of this queue that this process has open at once. Each is waiting for Claude, not computing. @default 100 */
  readonly maxCalls?: number;
  /** @default TASK_QUEUE */
  readonly taskQueue?: string;
}

/** Time for calls of the pool to finish when a worker stops: they are there because they last longer than those of the main queue. */
const POOL_GRACE_MS = 30 * 60_000;

/** Options that the long-running worker and the serverless one share. */
export function workerOptions({ connection, namespace, activities, workflowBundle, ...own }: TroupeWorkerOptions): WorkerOptions {
  return {
    connection,
    namespace,
    taskQueue: own.taskQueue ?? TASK_QUEUE,
    activities,
    ...(workflowBundle !== undefined && { workflowBundle }),
    maxConcurrentActivityTaskExecutions: own.maxCalls ?? 100,
    maxConcurrentLocalActivityExecutions: 100,
    maxCachedWorkflows: 500,
    // Beats go out every second: cancellation is heard that fast, and a killed worker is noticed in five.
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
    // A workflow task for a worker that died goes back to everybody after this. It comes on top of the heartbeat's timeout, so
    // it decides how long a crash is felt; shorter, a busy worker would lose its cached runs.
    stickyQueueScheduleToStartTimeout: '2s',
    // Time for open calls to finish, as long as any may last: most of a call is already paid for. Whoever stops the process may allow less.
    shutdownGraceTime: own.taskQueue === poolOf(TASK_QUEUE) ? POOL_GRACE_MS : FUNCTION_WINDOW_MS,
  };
}

import { workflowInfo } from '@temporalio/workflow';

import type { Lane } from '../../common/call';
import { needsPool, type Placement } from '../../common/routing';
import { poolOf } from '../../common/task-queues';

/** The option of an activity that sends it to the pool when it needs one; none when it stays on the queue of its workflow. */
export function queueFor(limits: Placement, lane?: Lane): { readonly taskQueue?: string } {
  return needsPool(limits, lane) ? { taskQueue: poolOf(workflowInfo().taskQueue) } : {};
}

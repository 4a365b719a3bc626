import type { Client } from '@temporalio/client';

import type { App } from './app';
import { BARE_TASK_QUEUE } from './bare/task-queue';
import type { bareArticle } from './bare/workflows';

/** The bare app's client: start by type and wait for the result. */
export function bareApp(client: Client): App {
  let started = 0;
  return {
    name: 'bare',
    run: async (topic) => {
      started += 1;
      const workflowId = `bare-${started}`;
      const handle = await client.workflow.start<typeof bareArticle>('bareArticle', {
        workflowId,
        taskQueue: BARE_TASK_QUEUE,
        args: [{ topic }],
      });
      const { title, draft, findings } = await handle.result();
      if (!title || !draft || findings.length !== 3)
        throw new Error(`Cannot use run "${workflowId}": its article is not whole; see the log of the bare worker`);
      return { workflowId, runId: handle.firstExecutionRunId };
    },
  };
}

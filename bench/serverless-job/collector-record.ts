import type { Client } from '@temporalio/client';

import { COLLECTOR } from '../../common/batch';

/** What the collector did, by its history; epoch milliseconds. */
export interface CollectorRecord {
  /** Times at which it looked at a batch. */
  readonly looks: readonly number[];
  /** Batches that it sent. */
  readonly batches: number;
}

export async function recordOfCollector(client: Client): Promise<CollectorRecord> {
  const looks: number[] = [];
  let batches = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = '${COLLECTOR}'` })) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const { eventTime, activityTaskScheduledEventAttributes: scheduled } of events ?? []) {
      const name = scheduled?.activityType?.name;
      if (name === 'submitBatch') batches += 1;
      if (name === 'lookAtBatch') looks.push(Number(eventTime?.seconds ?? 0) * 1_000 + (eventTime?.nanos ?? 0) / 1e6);
    }
  }
  return { looks, batches };
}

/** Times at which the server's own controller had a function started. */
export async function wakingsBy(client: Client): Promise<number> {
  let wakings = 0;
  const query = "TemporalNamespaceDivision = 'TemporalWorkerControllerInstance'";
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    wakings += (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'InvokeWorker').length;
  }
  return wakings;
}

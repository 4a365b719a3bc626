import type { Client } from '@temporalio/client';

import type { FinishedRun } from './app';

export interface HistorySize {
  readonly events: number;
  readonly bytes: number;
  /** Events by type, most frequent first. */
  readonly byType: Readonly<Record<string, number>>;
}

/** What the server keeps of a run. */
export async function historyOf(client: Client, { workflowId, runId }: FinishedRun): Promise<HistorySize> {
  const handle = client.workflow.getHandle(workflowId, runId);
  const [{ events }, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const counts = new Map<string, number>();
  for (const event of events ?? []) {
    const type = attributesOf(event);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return {
    events: events?.length ?? 0,
    bytes: description.historySize ?? 0,
    byType: Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a)),
  };
}

/** The longest history of a run and of those that it continued as; `runId` is the first. */
export async function longestRunOf(client: Client, { workflowId, runId }: FinishedRun): Promise<HistorySize> {
  let longest: HistorySize = { events: 0, bytes: 0, byType: {} };
  for (let next: string | null | undefined = runId; next;) {
    const size = await historyOf(client, { workflowId, runId: next });
    if (size.events > longest.events) longest = size;
    const { events } = await client.workflow.getHandle(workflowId, next).fetchHistory();
    next = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return longest;
}

/** An event has one field `<type>EventAttributes`, the others are null. */
function attributesOf(event: object): string {
  const [name = 'unknown'] = Object.entries(event).find(([field, value]) => field.endsWith('EventAttributes') && value != null) ?? [];
  return name.replace(/EventAttributes$/, '');
}

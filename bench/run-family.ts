import type { Client } from '@temporalio/client';

import type { FinishedRun } from './app';
import { billedActions } from './billed-actions';

/** What the server keeps of a run and of all runs that it started or continued as. */
export interface FamilySize {
  readonly runs: number;
  readonly events: number;
  readonly bytes: number;
  /** Actions of Temporal Cloud but for beats and queries. */
  readonly actions: number;
  /** Seconds that activities were under way, all added up; each second is a beat. */
  readonly busySeconds: number;
}

interface Timed {
  readonly eventTime?: { readonly seconds?: unknown; readonly nanos?: number | null } | null;
}

/** Walks through a run, its children and theirs. */
export async function familyOf(client: Client, { workflowId, runId }: FinishedRun): Promise<FamilySize> {
  const size = { runs: 0, events: 0, bytes: 0, actions: 0, busySeconds: 0 };
  const open: FinishedRun[] = [{ workflowId, runId }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const handle = client.workflow.getHandle(next.workflowId, next.runId);
    const [{ events = [] }, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const known = events ?? [];
    size.runs += 1;
    size.events += known.length;
    size.bytes += description.historySize ?? 0;
    size.actions += billedActions(known as never); // fields by name
    const startedAt = new Map<string, number>();
    for (const event of known) {
      const { eventId, activityTaskStartedEventAttributes: started, activityTaskCompletedEventAttributes: completed } = event;
      if (started) startedAt.set(String(eventId), secondsOf(event));
      if (completed) size.busySeconds += secondsOf(event) - (startedAt.get(String(completed.startedEventId)) ?? secondsOf(event));
      const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
      if (child?.workflowId && child.runId) open.push({ workflowId: child.workflowId, runId: child.runId });
      const continued = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      if (continued) open.push({ workflowId: next.workflowId, runId: continued });
    }
  }
  return size;
}

const secondsOf = ({ eventTime }: Timed): number => Number(eventTime?.seconds ?? 0) + (eventTime?.nanos ?? 0) / 1e9;

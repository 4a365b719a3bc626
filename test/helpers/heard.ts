import type { WorkflowHandle } from '@temporalio/client';

import { until } from './until';

/** Waits until a run has been sent a signal: whatever happens to it from then on, it knows. */
export function heard(handle: WorkflowHandle, signal: { readonly name: string }): Promise<void> {
  return until(async () => {
    const { events } = await handle.fetchHistory();
    return events?.some(({ workflowExecutionSignaledEventAttributes: sent }) => sent?.signalName === signal.name) === true;
  });
}

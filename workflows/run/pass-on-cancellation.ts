import { CancellationScope, getExternalWorkflowHandle, patched } from '@temporalio/workflow';

/**
 * For a child that was cancelled while it was being started. The cancellation may have reached nobody: Temporal hands it to the child at
 * once, and where there is none yet drops it, so that the parent would wait for a child that goes on and spends.
 */
export async function passOnCancellation(workflowId: string): Promise<void> {
  if (!patched('cancels-what-has-just-started')) return;
  await CancellationScope.nonCancellable(async () => {
    try {
      await getExternalWorkflowHandle(workflowId).cancel();
    } catch {
      return; // it has ended
    }
  });
}

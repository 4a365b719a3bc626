import { getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import type { SignalDefinition } from '@temporalio/common';

import { rowEndedSignal, type RowWait } from '../../common/messages';
import { openedRun, type Run } from './run';

/** A job shows what its rows wait for; a run that is no row of one has nobody to tell. */
export function tellJob(run: Run, signal: SignalDefinition<[wait: RowWait]>, waits: boolean): void {
  const { job } = openedRun(run).options;
  if (job === undefined) return;
  const told = getExternalWorkflowHandle(job.job).signal(signal, { row: job.row, workflowId: workflowInfo().workflowId, waits });
  told.catch(() => undefined); // the job has ended
}

/** For a job that does not hear of the end itself. Waits until it was told: what a run that has closed meanwhile has to say is not delivered. */
export async function tellRowEnded(run: Run): Promise<void> {
  const { job } = openedRun(run).options;
  if (job === undefined) return;
  await getExternalWorkflowHandle(job.job)
    .signal(rowEndedSignal, job.row)
    .catch(() => undefined); // the job has ended
}

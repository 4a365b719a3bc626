import { getExternalWorkflowHandle } from '@temporalio/workflow';

import { changeLaneSignal } from '../../common/messages';
import { laneOfRows, type Job } from './job-state';

/** Tells a row that is under way of the job's lane; one that has ended need not know. */
export const tellLane = (job: Job, workflowId: string): Promise<void> =>
  getExternalWorkflowHandle(workflowId)
    .signal(changeLaneSignal, laneOfRows(job))
    .catch(() => undefined);

import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  startChild,
  workflowInfo,
  type ChildWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow';
import { TypedSearchAttributes } from '@temporalio/common';

import { JOB_PRIORITY, keyInId, type RowStart } from '../../common/job';
import { toUsd } from '../../common/money';
import { Memo, type RunOptions } from '../../common/run';
import { TroupeJob, TroupePipeline } from '../../common/search-attributes';
import type { Amount } from '../run/budget';
import { openedRun } from '../run/run';
import { laneOfRows, type Job } from './job-state';
import type { SourceRow } from './row-source';

const FAIRNESS_KEY_LENGTH = 64;

/** Derived from the job's id and the row's key: a job that is started twice starts no row twice. */
export const rowWorkflowId = (key: string): string => `${workflowInfo().workflowId}/${keyInId(key)}`;

/**
 * Starts the run of one row. It lives on when the job continues as new.
 * @throws WorkflowExecutionAlreadyStartedError when an earlier start of the job has one of this row under way, or has had it
 *   done since this one looked
 */
export function startRow(job: Job, { opened, ...source }: SourceRow, { slice, again }: { slice: Amount | null; again: boolean }) {
  const { workflowId } = workflowInfo();
  const { pipeline, redo } = job.input;
  const { traceId } = openedRun(job.run).options;
  const lane = laneOfRows(job);
  const options: RunOptions = {
    ...(slice !== null && Number.isFinite(slice.pico) && { budgetUsd: toUsd(slice.pico) }),
    ...(slice !== null && Number.isFinite(slice.tokens) && { budgetTokens: slice.tokens }),
    ...(lane !== 'interactive' && { lane }),
    ...deadlineLeft(job),
    ...((job.reuse || redo || again) && { reuse: true }),
    traceId: traceId ?? workflowId,
    job: { job: workflowId, folder: job.folder, ...source },
  };
  const start: RowStart = { opened, keeps: !redo && !again };
  return startChild(pipeline, {
    workflowId: rowWorkflowId(source.key),
    args: [start, options],
    workflowTaskTimeout: '5s',
    // Or it would be closed whenever the job continues as new. The job itself cancels its rows.
    parentClosePolicy: ParentClosePolicy.ABANDON,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    workflowIdReusePolicy: redo || again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
    priority: { priorityKey: JOB_PRIORITY, fairnessKey: workflowId.slice(0, FAIRNESS_KEY_LENGTH) },
    memo: { [Memo.subject]: source.key },
    staticSummary: source.key,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: TroupePipeline, value: pipeline },
      { key: TroupeJob, value: workflowId },
    ]),
  }) as Promise<ChildWorkflowHandle<Workflow>>;
}

/** A deadline counts from the start of a run, and that of the row is now. */
export function deadlineLeft({ run }: Pick<Job, 'run'>): Pick<RunOptions, 'deadlineMs'> {
  const { deadlineMs } = openedRun(run).options;
  return deadlineMs === undefined ? {} : { deadlineMs: Math.max(1, deadlineMs - (Date.now() - workflowInfo().startTime.getTime())) };
}

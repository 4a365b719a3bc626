import { CancellationScope, continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';

import type { OpenedJob, OpenJobInput } from '../../activities/jobs/open-job';
import type { Sample, SampleRow, SampleRowsInput } from '../../activities/jobs/sample-rows';
import { LANES } from '../../common/call';
import { failure, FailureType } from '../../common/failures';
import { MOST_ROWS_AT_ONCE } from '../../common/job';
import { changeJobUpdate, rowEndedSignal, rowInBatchSignal, rowWaitSignal, type JobChange, type RowWait } from '../../common/messages';
import type { PipelineResult } from '../../common/pipelines/types';
import type { RunOptions } from '../../common/run';
import { carriedOf, continuedJob, laneOfRows, newJob, type Job, type JobInput } from '../job/job-state';
import { breakJob, runRows } from '../job/run-rows';
import { deadlineLeft } from '../job/start-row';
import { cancelFollowed, followRows, passOnLanes, passOnPauses } from '../job/follow-rows';
import { keepDoneRows } from '../job/keep-outcomes';
import { viewJob } from '../job/view';
import { reviewGate } from '../run/gates';
import { currentRun, openedRun } from '../run/run';
import { steer } from '../run/steering';
import { followsBuilds } from '../run/versioning';

type Result = PipelineResult<'batchJob'>;

const { openJob, sampleRows } = proxyActivities<{
  openJob(input: OpenJobInput): Promise<OpenedJob>;
  /** Workers from before return the rows alone. */
  sampleRows(input: SampleRowsInput): Promise<Sample | readonly SampleRow[]>;
}>({
  startToCloseTimeout: '10m',
  // A worker that is killed meanwhile is missed in seconds.
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '30s', maximumAttempts: 10 },
});

// It may go on for days. Pipelines that say nothing here stay with the build that they began on.
followsBuilds(batchJob);

/**
 * A job.
 *
 *   rows → (sample → a person) → one run for each row, side by side → outcomes
 */
export async function batchJob(input: JobInput): Promise<Result> {
  const job = await openedJob(input);
  job.run.jobProgress = () => viewJob(job);
  takeChanges(job);
  // A row that is done is kept even when the job is cancelled.
  void CancellationScope.nonCancellable(() => keepDoneRows(job)).catch((error: unknown) => breakJob(job, error));
  const helpers = new CancellationScope();
  for (const helper of [followRows, passOnPauses, passOnLanes])
    helpers.run(() => helper(job)).catch((error: unknown) => breakJob(job, error));
  try {
    if (!job.sampled && !(await sampleApproved(job))) return resultOf(job, 'stopped');
    if ((await runRows(job, job.count)) === 'end') return resultOf(job, 'completed');
  } catch (error) {
    // Those that this run of the job has started are cancelled with it.
    await CancellationScope.nonCancellable(() => cancelFollowed(job));
    throw error;
  } finally {
    helpers.cancel();
  }
  return goOnAsNew(job);
}

function takeChanges(job: Job): void {
  const change = ({ concurrency, lane }: JobChange) =>
    steer(job.run, () => {
      job.concurrency = concurrency ?? job.concurrency;
      job.lane = lane ?? job.lane;
      return { concurrency: job.concurrency, lane: laneOfRows(job) };
    });
  setHandler(rowWaitSignal, (wait) => void steer(job.run, () => noteWait(job, wait)), {
    description: 'A row waits for a person, or goes on',
  });
  setHandler(rowInBatchSignal, (wait) => void steer(job.run, () => noteInBatch(job, wait)), {
    description: 'A row waits for a batch that was sent before the lane was changed, or goes on',
  });
  setHandler(rowEndedSignal, () => void steer(job.run, () => (job.rowEnded = true)), {
    description: 'A row that an earlier run of the job began has ended',
  });
  setHandler(changeJobUpdate, change, { description: 'Change the job: { concurrency?, lane? }', validator: checkChange });
}

function noteWait(job: Job, { row, workflowId, waits }: RowWait): void {
  if (waits && isOpen(job, row)) job.persons.set(row, workflowId);
  else job.persons.delete(row);
}

function noteInBatch(job: Job, { row, waits }: RowWait): void {
  if (waits && isOpen(job, row)) job.inBatch.add(row);
  else job.inBatch.delete(row);
}

const isOpen = ({ running, followed }: Job, row: number): boolean => running.has(row) || followed.has(row);

function checkChange(change: JobChange): void {
  const { concurrency, lane }: { concurrency?: unknown; lane?: unknown } = change ?? {};
  if (concurrency === undefined && lane === undefined) throw refused(`no change is given; give 'concurrency', 'lane' or both`);
  if (concurrency !== undefined && !isRowCount(concurrency))
    throw refused(`'concurrency' must be a whole number from 1 to ${MOST_ROWS_AT_ONCE}; current value is ${JSON.stringify(concurrency)}`);
  if (lane !== undefined && !LANES.some((known) => known === lane))
    throw refused(`'lane' must be one of ${LANES.join(', ')}; current value is ${JSON.stringify(lane)}`);
}

const isRowCount = (count: unknown): boolean =>
  typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_ROWS_AT_ONCE;

const refused = (why: string): Error => failure({ type: FailureType.InvalidInput, message: `Cannot change the job: ${why}` });

async function openedJob(input: JobInput): Promise<Job> {
  const run = currentRun();
  if (input.carried !== undefined) return continuedJob(run, input, input.carried);
  const { pipeline, rows, manifest, keyField, redo } = input;
  return newJob(run, input, await openJob({ pipeline, rows, manifest, keyField, redo, storeId: openedRun(run).storeId }));
}

/** The first rows, and a person's word on the rest. */
async function sampleApproved(job: Job): Promise<boolean> {
  const { sample = 0 } = job.input;
  if ((await runRows(job, Math.min(sample, job.count))) === 'renew') return goOnAsNew(job);
  if (sample >= job.count) return true;
  const { rows, before, done, failed, waiting, rowUsd, expectedUsd, folder, manifest } = viewJob(job);
  const sampled = await sampleRows({ folder, last: sample, rows: rows - before, manifest });
  const { rows: shown, allUsd, othersAsLong }: Sample = 'rows' in sampled ? sampled : { rows: sampled, allUsd: null };
  const { decision } = await reviewGate({
    name: 'sample',
    title: `Go on with the other ${waiting} of ${rows} rows?`,
    proposal: {
      done,
      failed,
      waiting,
      'dollars a row': inDollars(allUsd === null || rows === before ? rowUsd : allUsd.expected / (rows - before)),
      'dollars in all': inDollars(allUsd?.expected ?? expectedUsd),
      ...(allUsd !== null && { 'dollars at least': inDollars(allUsd.low), 'dollars at most': inDollars(allUsd.high) }),
      ...(othersAsLong !== undefined && { 'others times as long': Number(othersAsLong.toPrecision(2)) }),
      rows: shown,
    },
    validate: () => 'a sample can be approved or rejected; correct the rows and start again instead',
  });
  job.sampled = true;
  return decision === 'approve';
}

const inDollars = (amount: number | null): number | null => (amount === null ? null : Number(amount.toPrecision(4)));

/** Its history has become long: what is done is carried on, and rows that are under way stay so. */
function goOnAsNew(job: Job): Promise<never> {
  const { rows: _rows, keyField: _keyField, ...input } = job.input;
  const next: JobInput = { ...input, manifest: job.manifest, carried: carriedOf(job) };
  const { options } = openedRun(job.run);
  return continueAsNew<(input: JobInput, options: RunOptions) => Promise<Result>>(next, {
    ...options,
    ...(job.reuse && { reuse: true }),
    ...deadlineLeft(job),
  });
}

function resultOf(job: Job, status: Result['status']): Result {
  const { pipeline, rows, done, before, failed, waiting, rowUsd, folder, manifest } = viewJob(job);
  const failures = [...job.failures];
  return { pipeline, status, rows, done, before, failed, notStarted: waiting, failures, rowUsd, folder, manifest };
}

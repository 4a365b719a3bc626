import { condition, getExternalWorkflowHandle, patched, proxyActivities, sleep } from '@temporalio/workflow';

import type { EndedRow, LookAtRowsInput } from '../../activities/jobs/row-outcomes';
import { EMPTY_LEDGER } from '../../common/ledger';
import { pauseSignal, resumeSignal, tellEndSignal } from '../../common/messages';
import { settle } from '../run/budget';
import { openedRun } from '../run/run';
import { decidesByEvents, holderOf, type Job } from './job-state';
import { showJob } from './show-job';
import { tellLane } from './tell-lane';
import { endRow } from './work-row';

const { lookAtRows } = proxyActivities<{ lookAtRows(input: LookAtRowsInput): Promise<readonly EndedRow[]> }>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

const FIRST_LOOK_MS = 1_000;
/** Rows tell when they end. Those that were terminated cannot. */
const LONGEST_LOOK_MS = 300_000;
/** Looks at cancelled rows before the job ends without them. */
const LAST_LOOKS = 30;

/** Waits for rows that this run of the job has not started itself. Never ends by itself. */
export async function followRows(job: Job): Promise<never> {
  for (let pauseMs = FIRST_LOOK_MS; ;) {
    await condition(() => job.followed.size > 0);
    await askToTell(job);
    const told = await condition(() => job.rowEnded, pauseMs);
    job.rowEnded = false;
    // One that told is about to close, and others may be.
    if (told) await sleep(FIRST_LOOK_MS);
    const some = await lookOnce(job);
    pauseMs = some || told ? FIRST_LOOK_MS : Math.min(pauseMs * 2, LONGEST_LOOK_MS);
  }
}

/** A function that no row wakes can stop. */
async function askToTell(job: Job): Promise<void> {
  const silent = [...job.followed.values()].filter(({ asked }) => asked !== true);
  if (silent.length === 0) return;
  // A patch that is asked for right after a local activity does not replay when a query came while that ran.
  if (!decidesByEvents(job) && !patched('rows-tell-their-end')) return;
  for (const open of silent) job.followed.set(open.row, { ...open, asked: true });
  await Promise.all(
    silent.map(({ workflowId }) =>
      getExternalWorkflowHandle(workflowId)
        .signal(tellEndSignal)
        .catch(() => void (job.rowEnded = true)),
    ),
  );
}

/** Counts rows that have ended; true when there were any. */
async function lookOnce(job: Job): Promise<boolean> {
  const { folder, input, run } = job;
  const { storeId } = openedRun(run);
  const rows = [...job.followed.values()].map(({ row, key, workflowId, runId }) => ({ row, key, workflowId, runId }));
  const ended = await lookAtRows({ folder, pipeline: input.pipeline, storeId, rows });
  for (const { row, status, ...end } of ended) {
    const open = job.followed.get(row);
    if (open === undefined) continue;
    if (status !== 'other') endRow(job, open, { status, ...end });
    else {
      // The run belonged to a job of the same id with other rows: this row has yet to be done.
      job.followed.delete(row);
      run.budget = settle(run.budget, holderOf(row), EMPTY_LEDGER);
      job.again.push(row);
    }
  }
  showJob(job);
  return ended.length > 0;
}

/** Hands every pause and resume of the job to its rows. Never ends by itself. */
export async function passOnPauses(job: Job): Promise<never> {
  for (let told = job.run.paused; ;) {
    await condition(() => job.run.paused !== told);
    told = job.run.paused;
    await Promise.all(
      openIds(job).map((id) =>
        getExternalWorkflowHandle(id)
          .signal(told ? pauseSignal : resumeSignal)
          .catch(() => undefined),
      ),
    );
  }
}

/** Hands every change of the lane to the rows that are under way. Never ends by itself. */
export async function passOnLanes(job: Job): Promise<never> {
  for (let told = job.lane; ;) {
    await condition(() => job.lane !== told);
    told = job.lane;
    // One that is being started is told when it has been.
    const rows = [...[...job.running.values()].filter(({ runId }) => runId !== null), ...job.followed.values()];
    await Promise.all(rows.map(({ workflowId }) => tellLane(job, workflowId)));
  }
}

/** Cancels the rows that this run of the job is not the parent of, and waits a while for what they have cost. */
export async function cancelFollowed(job: Job): Promise<void> {
  const ids = [...job.followed.values()].map(({ workflowId }) => workflowId);
  await Promise.all(
    ids.map(
      (id) =>
        getExternalWorkflowHandle(id)
          .cancel()
          .catch(() => undefined), // it has ended
    ),
  );
  for (let looks = 0; job.followed.size > 0 && looks < LAST_LOOKS; looks += 1) {
    await sleep(FIRST_LOOK_MS);
    await lookOnce(job);
  }
}

const openIds = ({ running, followed }: Job): string[] => [...running.values(), ...followed.values()].map(({ workflowId }) => workflowId);

import { condition, proxyLocalActivities } from '@temporalio/workflow';

import type { DoneRow, KeepOutcomesInput } from '../../activities/jobs/row-outcomes';
import { openedRun } from '../run/run';
import type { Job } from './job-state';

const { keepOutcomes } = proxyLocalActivities<{ keepOutcomes(input: KeepOutcomesInput): Promise<void> }>({
  startToCloseTimeout: '20s',
  // The job waits for a store that is away.
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

const ROWS_AT_ONCE = 100;

/** Resolves once the outcome of a row is in the store. Only the end of the job, or of its run, waits for it. */
export async function keepOutcome(job: Job, done: DoneRow): Promise<void> {
  job.keeping += 1;
  await new Promise<void>((kept) => job.unkept.push({ done, kept }));
  job.keeping -= 1;
}

/**
 * Keeps outcomes of rows, those that have ended meanwhile together: the server tells of further ones when the task that keeps
 * these is over, so the busier a job is, the fewer tasks and writes a row costs it. Never ends by itself.
 */
export async function keepDoneRows(job: Job): Promise<never> {
  const { folder, run, unkept } = job;
  for (;;) {
    await condition(() => unkept.length > 0);
    const rows = unkept.splice(0, ROWS_AT_ONCE);
    await keepOutcomes({ folder, storeId: openedRun(run).storeId, rows: rows.map(({ done }) => done) });
    for (const { kept } of rows) kept();
  }
}

import { condition, workflowInfo } from '@temporalio/workflow';

import { isCancellation } from '../../common/cancellation';
import type { JobHold } from '../../common/job';
import { PICO_PER_USD } from '../../common/money';
import { grant, isCapped, leftFor, type Amount } from '../run/budget';
import { refuseAfterDeadline, trackOpen } from '../run/steps';
import { holdOf } from './hold';
import { holderOf, type Job } from './job-state';
import { nextUnfinished, rowSource, type SourceRow } from './row-source';
import { sliceFor } from './slices';
import { showJob } from './show-job';
import { workRow } from './work-row';

/** Under a cap, rows at once until one has shown what a row costs. */
const PROBES = 4;
/** Rows that take longer are waited for by the next run of the job. */
const DRAIN_MS = 30_000;

type Step =
  | { readonly kind: 'start'; readonly row: number; readonly slice: Amount | null; readonly again: boolean }
  | { readonly kind: 'hold'; readonly hold: JobHold }
  | { readonly kind: 'renew' | 'end' }
  | undefined;

/**
 * Works on the rows up to `last`, as many at a time as the job allows.
 * @returns `renew` when the history is long enough: rows that are still under way are carried on
 */
export async function runRows(job: Job, last: number): Promise<'end' | 'renew'> {
  const source = rowSource(job);
  for (;;) {
    let step = nextStep(job, last);
    if (step === undefined) await condition(() => (step = nextStep(job, last)) !== undefined);
    if (step === undefined) continue;
    switch (step.kind) {
      case 'start': {
        const { row, slice, again } = step;
        take(job, row, { slice, again });
        const given = source(row);
        // The page is known for most rows, and each promise costs.
        void trackOpen(job.run, worked(job, given instanceof Promise ? await given : given, { slice, again }));
        break;
      }
      case 'hold':
        job.hold = step.hold;
        showJob(job);
        break;
      case 'renew':
        await condition(() => job.running.size === 0, DRAIN_MS);
        // Those count as done.
        await condition(() => job.keeping === 0);
        return 'renew';
      case 'end':
        return 'end';
    }
  }
}

/** Never fails. */
async function worked(job: Job, source: SourceRow, how: { slice: Amount | null; again: boolean }): Promise<void> {
  try {
    await workRow(job, source, how);
  } catch (error) {
    breakJob(job, error);
  }
  showJob(job);
}

/** What can be done now; undefined: nothing but wait. */
function nextStep(job: Job, last: number): Step {
  if (job.broken !== null) throw job.broken.error;
  const { run, again } = job;
  const [retried] = again;
  const fresh = nextUnfinished(job.next, job.count, job.finished);
  const row = retried ?? (fresh <= last ? fresh : undefined);
  const open = job.running.size + job.followed.size;
  if (row === undefined) return open === 0 && job.keeping === 0 ? { kind: 'end' } : undefined;
  if (job.started >= job.input.rowsPerRun || workflowInfo().continueAsNewSuggested) return { kind: 'renew' };
  const capped = isCapped(run.budget) || job.input.rowBudgetUsd !== undefined;
  const knows = job.done + job.failed > 0 || job.input.rowBudgetUsd !== undefined;
  const places = (capped && !knows ? Math.min(PROBES, job.concurrency) : job.concurrency) - open;
  if (run.paused || places <= 0) return undefined;
  const slice = capped ? sliceOf(job, row, places) : null;
  if (capped && slice === null) return open === 0 ? newHold(job) : undefined;
  return { kind: 'start', row, slice, again: retried !== undefined };
}

/** The message changes when the budget was raised and still does not do. */
function newHold(job: Job): Step {
  const hold = holdOf(job);
  return job.hold?.message === hold.message ? undefined : { kind: 'hold', hold };
}

function sliceOf({ run, rowNeed, input }: Job, row: number, places: number): Amount | null {
  const rowCap = input.rowBudgetUsd === undefined ? Infinity : Math.floor(input.rowBudgetUsd * PICO_PER_USD);
  const left = leftFor(run.budget, holderOf(row));
  return sliceFor({ left, places, need: { ...rowNeed, pico: Math.min(rowNeed.pico, rowCap) }, rowCap });
}

function take(job: Job, row: number, { slice, again }: { slice: Amount | null; again: boolean }): void {
  refuseAfterDeadline(job.run);
  job.hold = null;
  job.started += 1;
  if (again) job.again.shift();
  else job.next = row + 1;
  if (slice !== null) job.run.budget = grant(job.run.budget, holderOf(row), { pico: finite(slice.pico), tokens: finite(slice.tokens) });
}

const finite = (amount: number): number => (Number.isFinite(amount) ? amount : 0);

/** Keeps what nobody waits for and must not be lost: the job ends with it. */
export function breakJob(job: Job, error: unknown): void {
  if (!isCancellation(error)) job.broken ??= { error };
}

import { condition, getExternalWorkflowHandle, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';

import type { EndedRow, LookAtRowsInput } from '../../activities/jobs/row-outcomes';
import { pauseSignal, resumeSignal } from '../../common/messages';
import { formatUsd, PICO_PER_USD } from '../../common/money';
import { grant, isCapped, leftFor, type Amount } from '../run/budget';
import { describeStatus } from '../run/current-details';
import { openedRun } from '../run/run';
import { writeAttributes } from '../run/stage';
import { refuseAfterDeadline, trackOpen } from '../run/steps';
import { holderOf, type Job } from './job-state';
import { nextUnfinished, rowSource } from './row-source';
import { sliceFor } from './slices';
import { viewJob } from './view';
import { endRow, workRow } from './work-row';

const { lookAtRows } = proxyActivities<{ lookAtRows(input: LookAtRowsInput): Promise<readonly EndedRow[]> }>({
  startToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Under a cap, rows at once until one has shown what a row costs. */
const PROBES = 4;
/** Rows that take longer are waited for by the next run of the job. */
const DRAIN_MS = 30_000;
const ATTRIBUTES_EVERY_MS = 10_000;
const FIRST_LOOK_MS = 1_000;
const LONGEST_LOOK_MS = 60_000;

type Step =
  | { readonly kind: 'start'; readonly row: number; readonly slice: Amount | null; readonly again: boolean }
  | { readonly kind: 'hold' | 'renew' | 'end' }
  | undefined;

/**
 * Works on the rows up to `last`, as many at a time as the job allows.
 * @returns `renew` when the history is long enough: rows that are still under way are carried on
 */
export async function runRows(job: Job, last: number): Promise<'end' | 'renew'> {
  const source = rowSource(job);
  for (;;) {
    let step: Step;
    await condition(() => (step = nextStep(job, last)) !== undefined);
    if (step === undefined) continue;
    switch (step.kind) {
      case 'start': {
        const { row, slice, again } = step;
        take(job, row, { slice, again });
        void trackOpen(
          job.run,
          workRow(job, await source(row), { slice, again }).finally(() => show(job)),
        );
        break;
      }
      case 'hold':
        job.hold = { kind: 'budget', message: holdMessage(job) };
        show(job);
        break;
      case 'renew':
        await condition(() => job.running.size === 0, DRAIN_MS);
        return 'renew';
      case 'end':
        return 'end';
    }
  }
}

/** What can be done now; undefined: nothing but wait. */
function nextStep(job: Job, last: number): Step {
  const { run, again } = job;
  const [retried] = again;
  const fresh = nextUnfinished(job.next, job.count, job.finished);
  const row = retried ?? (fresh <= last ? fresh : undefined);
  const open = job.running.size + job.followed.size;
  if (row === undefined) return open === 0 ? { kind: 'end' } : undefined;
  if (job.started >= job.input.rowsPerRun || workflowInfo().continueAsNewSuggested) return { kind: 'renew' };
  const capped = isCapped(run.budget) || job.input.rowBudgetUsd !== undefined;
  const knows = job.done + job.failed > 0 || job.input.rowBudgetUsd !== undefined;
  const places = (capped && !knows ? Math.min(PROBES, job.concurrency) : job.concurrency) - open;
  if (run.paused || places <= 0) return undefined;
  const slice = capped ? sliceOf(job, row, places) : null;
  if (capped && slice === null) return open === 0 && job.hold === null ? { kind: 'hold' } : undefined;
  return { kind: 'start', row, slice, again: retried !== undefined };
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

function holdMessage(job: Job): string {
  const { run, rowNeed } = job;
  const { waiting, rows, rowUsd } = viewJob(job);
  const left = leftFor(run.budget, '');
  const cap = run.budget.limit.pico === null ? `${run.budget.limit.tokens ?? 0} tokens` : formatUsd(run.budget.limit.pico);
  const short = Number.isFinite(left.pico)
    ? `${formatUsd(Math.max(0, left.pico))} is left and a row may need ${formatUsd(rowNeed.pico)}`
    : 'too few tokens are left for a row';
  const buys =
    rowUsd === null
      ? ''
      : `; the other ${waiting} of ${rows} rows would cost about ${formatUsd(Math.round(rowUsd * PICO_PER_USD * waiting))} more`;
  return `the budget of ${cap} is used up: ${short}${buys}; raise it and the job goes on`;
}

function show(job: Job): void {
  describeStatus(job.run);
  if (Date.now() - job.run.attributesWrittenAt >= ATTRIBUTES_EVERY_MS) writeAttributes(job.run);
}

/** Waits for rows that this run of the job has not started itself. Never ends by itself. */
export async function followRows(job: Job): Promise<never> {
  for (let pauseMs = FIRST_LOOK_MS; ;) {
    await condition(() => job.followed.size > 0);
    await sleep(pauseMs);
    const { folder, input, run } = job;
    const { storeId } = openedRun(run);
    const rows = [...job.followed.values()].map(({ row, key, workflowId, runId }) => ({ row, key, workflowId, runId }));
    const ended = await lookAtRows({ folder, pipeline: input.pipeline, storeId, rows });
    for (const { row, ...end } of ended) {
      const open = job.followed.get(row);
      if (open !== undefined) endRow(job, open, end);
    }
    show(job);
    pauseMs = ended.length > 0 ? FIRST_LOOK_MS : Math.min(pauseMs * 2, LONGEST_LOOK_MS);
  }
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

/** Cancels the rows that a cancelled job is not the parent of in this run. */
export async function cancelFollowed(job: Job): Promise<void> {
  const ids = [...job.followed.values()].map(({ workflowId }) => workflowId);
  await Promise.all(
    ids.map((id) =>
      getExternalWorkflowHandle(id)
        .cancel()
        .catch(() => undefined),
    ),
  );
}

const openIds = ({ running, followed }: Job): string[] => [...running.values(), ...followed.values()].map(({ workflowId }) => workflowId);

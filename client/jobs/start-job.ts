import type { Forecast } from '../../common/estimate';
import type { BadRow, GivenRow } from '../../common/job';
import type { PipelineName } from '../../common/pipelines';
import { jobFolder, keepRows, putForecast, putSkipped } from '../../storage/jobs';
import type { Store } from '../../storage/store';
import { Memo } from '../../common/run';
import { checkStart, type CheckedStart, type StartOptions } from '../check-start';
import { attempt, type ClientContext } from '../context';
import { newRunId } from '../run-id';
import { asking } from '../service-errors';
import { startRun, type Started } from '../start-run';
import { TroupeError } from '../../common/troupe-error';

/** How a job is started; all optional. */
export interface JobOptions extends StartOptions {
  /** Rows at the same time. @default 25 */
  readonly concurrency?: number;
  /** Dollars that one row may cost at most. */
  readonly rowBudgetUsd?: number;
  /** Rows that are done first; then a person decides on the rest. */
  readonly sample?: number;
}

/** What a job is to work on. */
export interface JobRows {
  readonly pipeline: PipelineName;
  readonly rows: AsyncIterable<GivenRow> | Iterable<GivenRow>;
  /** Rows of the same file that do not fit, for the file of rows that are not done; complete when `rows` has been read to its end. */
  readonly skipped?: readonly BadRow[];
  /** What they were estimated at: the gate after a sample tells with it what the other rows will cost. @default by their sizes alone */
  readonly forecast?: Forecast | undefined;
}

/** @throws TroupeError `invalid-input` when the workers' store is not here */
export async function storeOf(context: ClientContext, action: string): Promise<Store> {
  const store = await context.openStore();
  if (store !== undefined) return store;
  throw new TroupeError('invalid-input', `Cannot ${action}: the workers' store is not here; set TROUPE_STORE to it`);
}

/** Has the form of one; what a start is refused for does not depend on the rows. */
const ANY_MANIFEST = `blobs/00/${'0'.repeat(64)}`;

/** Refuses what `startJob` would refuse about its options, before anything is done for it. @throws TroupeError `invalid-input` */
export function checkJob(pipeline: string, options: JobOptions): void {
  checkJobStart({ pipeline, manifest: ANY_MANIFEST }, options);
}

function checkJobStart(
  rows: { readonly pipeline: string; readonly manifest: string; readonly redo?: boolean },
  options: JobOptions,
): CheckedStart {
  const { concurrency, rowBudgetUsd, sample, ...start } = options;
  const input = {
    ...rows,
    ...(concurrency !== undefined && { concurrency }),
    ...(rowBudgetUsd !== undefined && { rowBudgetUsd }),
    ...(sample !== undefined && { sample }),
  };
  return checkStart('batchJob', input, start);
}

/**
 * Puts rows into the store and starts the job. With an id that is known it attaches, as `start` does.
 * @throws TroupeError `invalid-input`, `id-taken`, `unreachable`; nothing is started then.
 */
export async function startJob(context: ClientContext, job: JobRows, options: JobOptions = {}): Promise<Started> {
  const { pipeline, rows, skipped, forecast } = job;
  checkJob(pipeline, options);
  const store = await storeOf(context, 'start the job');
  const manifest = await keepRows(store, pipeline, rows);
  const checked = checkJobStart({ pipeline, manifest }, options);
  const id = checked.id ?? newRunId(checked.pipeline, checked.subject);
  const folder = jobFolder(context.namespace, id, manifest);
  if (skipped !== undefined) await putSkipped(store, folder, skipped);
  if (forecast !== undefined) await putForecast(store, folder, forecast);
  return startRun(context, { ...checked, id });
}

/** Which rows of a job are done again: those that are not done, or all of them, paying only for what has changed since. */
export type Redo = 'failed' | 'stale';

/**
 * Starts a closed job again, with the rows that it had. Answers whose request is unchanged are not paid for again.
 * @throws TroupeError `id-taken` when it is running, or somebody else has just done so
 */
export async function restartJob(
  context: ClientContext,
  job: { readonly workflowId: string; readonly pipeline: string; readonly manifest: string },
  { redo, ...options }: { redo: Redo } & Omit<JobOptions, 'id' | 'sample'>,
): Promise<Started> {
  const { pipeline, manifest, workflowId } = job;
  const checked = checkJobStart({ pipeline, manifest, redo: redo === 'stale' }, { ...options, id: workflowId, reuse: true });
  const asked = attempt(context, 'find the job', workflowId);
  const { memo } = await asking(asked, () => context.client.workflow.getHandle(workflowId).describe());
  const first = memo?.[Memo.input];
  // The command that started it attaches to it as before.
  const hash = typeof first === 'string' ? first : checked.hash;
  const started = await startRun(context, { ...checked, hash }, { evenCompleted: true });
  if (!started.attached) return started;
  throw new TroupeError('id-taken', `Cannot start "${workflowId}" again: it is running; wait for it or cancel it`);
}

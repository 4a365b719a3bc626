import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Lane } from '../../../common/call';
import type { RowOutcome } from '../../../common/job';
import { failedFileOf, flaggedFileOf, type JobOutput } from '../../../rows/job-output';
import type { OutputOrder } from '../../../rows/orders';
import { formatOf } from '../../../rows/read-rows';
import { needsSimulator } from '../../../worker/local/stack-config';
import { checkJob, type JobOptions } from '../../jobs/start-job';
import type { RunHandle } from '../../run-handle';
import { TroupeError } from '../../../common/troupe-error';
import { checkedRows, rowsOptions, type RowFlags } from '../checked-rows';
import { ExitCode } from '../exit-codes';
import { finishRun } from '../finish-run';
import { hasServer } from '../has-server';
import { keptRows, stampOf } from '../kept-rows';
import { print, printJson, say } from '../output';
import { reachClaude } from '../reach-claude';
import { reportOfStart } from '../run-report';
import { sayEstimate } from '../say-estimate';
import { rowsNotWritten, sayOutput } from '../say-output';
import { sayIfSimulated, sayIfStackPays } from '../say-simulated';
import { withSession, type Ending, type Session } from '../session';
import { checkOut } from '../write-result';

export interface BatchFlags extends RowFlags {
  readonly out?: string;
  readonly order: OutputOrder;
  readonly concurrency?: number;
  readonly sample?: number;
  readonly rowBudgetUsd?: number;
  readonly id?: string;
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
  readonly lane?: Lane;
  readonly deadline?: number;
  readonly reuse?: true;
  /** False: `--no-estimate`. */
  readonly estimate: boolean;
  readonly detach?: true;
  readonly json?: true;
}

type Limits = Pick<BatchFlags, 'concurrency' | 'budgetUsd' | 'budgetTokens' | 'rowBudgetUsd' | 'lane' | 'deadline'>;

export interface RetryFlags extends Limits, Pick<BatchFlags, 'out' | 'order' | 'detach' | 'json'> {
  readonly failed?: true;
  readonly stale?: true;
}

/** `troupe batch`: every row is checked before anything starts. */
export async function batch(pipeline: string, flags: BatchFlags): Promise<number> {
  const rows = rowsOptions(pipeline, flags);
  checkJob(pipeline, jobOptions(flags));
  await checkFiles(flags);
  const stamp = await stampOf(rows.file);
  await checkedRows(rows, flags);
  if (!hasServer() && !needsSimulator(process.env)) await reachClaude(process.env['ANTHROPIC_BASE_URL']);
  return withSession(async (session) => {
    const announced = sayIfSimulated(session.local?.addresses.simulated);
    sayIfStackPays(session.local?.addresses.simulated);
    const asked = flags.estimate && flags.json !== true && !(await isKnown(session, flags.id));
    const forecast = asked ? await sayEstimate(session, rows, flags) : undefined;
    session.signal.throwIfAborted();
    const { good, skipped } = keptRows(rows, stamp);
    const run = await session.troupe.startJob({ pipeline: rows.pipeline, rows: good, skipped, forecast }, jobOptions(flags));
    say(`${run.attached ? 'Attached to job' : 'Started job'} ${run.workflowId}`);
    if (run.url !== null) say(`Web UI: ${run.url}`);
    return followJob(session, run, { ...flags, announced });
  });
}

/** What is there already has been estimated, and attaching to it costs nothing. */
async function isKnown({ troupe }: Session, id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  const status = await troupe.handle(id).then(
    async (run) => (await run.describe()).status,
    () => undefined, // the start will say what is wrong
  );
  return status === 'running' || status === 'completed';
}

/** `troupe batch retry`: the rows of a closed job that are not done, or all, paying only for what has changed. */
export async function retry(id: string, flags: RetryFlags): Promise<number> {
  if (flags.failed === true && flags.stale === true)
    throw new TroupeError(
      'invalid-input',
      `Cannot retry "${id}": --failed and --stale exclude each other; --stale does the failed rows, too`,
    );
  await checkFiles(flags);
  return withSession(
    async (session) => {
      const known = await session.troupe.handle(id);
      const { status, pipeline: type } = await known.describe();
      if (type !== 'batchJob') throw new TroupeError('invalid-input', `Cannot retry "${id}": it is not a job; start it again with --reuse`);
      if (status === 'running')
        throw new TroupeError('invalid-input', `Cannot retry "${id}": it is still running; wait for it or cancel it`);
      const { job } = await known.progress();
      if (job === undefined)
        throw new TroupeError(
          'invalid-input',
          `Cannot retry "${id}": it ended before it knew its rows; start it again with "npx troupe batch"`,
        );
      // Whether the rows can be written is known before any of them is paid for.
      if (flags.out !== undefined) await session.troupe.endedRows(job, 1);
      const redo = flags.stale === true ? 'stale' : 'failed';
      const { pipeline, manifest, concurrency, lane } = job;
      // As it was when it ended; a budget that it has used up would not help it.
      const kept = { concurrency, ...(lane !== undefined && { lane }) };
      const run = await session.troupe.restartJob({ workflowId: id, pipeline, manifest }, { redo, ...kept, ...limitsOf(flags) });
      say(
        `Started job ${run.workflowId} again for ${redo === 'stale' ? 'every row whose answers would be others now' : 'the rows that are not done'}`,
      );
      return followJob(session, run, { ...flags, announced: false, redo: redo === 'stale' });
    },
    { looksAt: id },
  );
}

async function checkFiles({ out, detach, input }: Partial<Pick<BatchFlags, 'out' | 'detach' | 'input'>>): Promise<void> {
  if (input !== undefined) formatOf(input, '--input');
  if (out === undefined) return;
  if (detach === true) {
    const cure = `leave one out, or write the rows later with "npx troupe result ID --out ${out}"`;
    throw new TroupeError('invalid-input', `Cannot start the job: --detach does not wait for the rows that --out writes; ${cure}`);
  }
  formatOf(out, '--out');
  const written = [out, failedFileOf(out), flaggedFileOf(out)];
  for (const file of written) await checkOut(file);
  if (input === undefined) return;
  if (written.some((file) => resolve(file) === resolve(input)))
    throw new TroupeError(
      'invalid-input',
      `Cannot write "${out}": the rows would take the place of the input "${input}"; use another name`,
    );
}

function limitsOf({ concurrency, budgetUsd, budgetTokens, rowBudgetUsd, lane, deadline }: Limits) {
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(budgetUsd !== undefined && { budgetUsd }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(rowBudgetUsd !== undefined && { rowBudgetUsd }),
    ...(lane !== undefined && { lane }),
    ...(deadline !== undefined && { deadlineMs: deadline }),
  };
}

/** What the flags say of the job itself. */
export function jobOptions(flags: Omit<BatchFlags, 'estimate' | 'order'>): JobOptions {
  const { id, reuse, sample } = flags;
  return {
    ...limitsOf(flags),
    ...(id !== undefined && { id }),
    ...(reuse !== undefined && { reuse }),
    ...(sample !== undefined && { sample }),
  };
}

interface FollowOptions extends Pick<BatchFlags, 'out' | 'order' | 'detach' | 'json'> {
  readonly announced: boolean;
  /** Whether rows that are done are done again. @default what the job says */
  readonly redo?: boolean;
}

async function followJob(session: Session, run: RunHandle, { out, order, detach, json, announced, redo }: FollowOptions): Promise<Ending> {
  if (detach === true) {
    if (json === true) printJson(reportOfStart(run, await run.describe()));
    else print(run.workflowId);
    say(`Watch it with: npx troupe watch ${run.workflowId}`);
    return { code: ExitCode.done, leave: 'detach' };
  }
  const over = new AbortController();
  const writing =
    out === undefined ? Promise.resolve(undefined) : writeWhileItRuns(session, run, { file: out, order, redo, over: over.signal });
  writing.catch(() => undefined); // awaited below, but the job may end first
  try {
    const ending = await finishRun(session, run, { ...(json === true && { json }), follow: true, withPartial: false, announced });
    over.abort();
    const written = await writing.catch((error: unknown) => {
      throw rowsNotWritten(error, { workflowId: run.workflowId, file: out ?? '' });
    });
    if (written !== undefined) sayOutput(written.output, { workflowId: run.workflowId, file: out ?? '', final: written.final });
    return { ...ending, code: await codeOf(run, ending.code) };
  } finally {
    over.abort();
  }
}

/** A job with rows that are not done has not done what it was asked to. */
async function codeOf(run: RunHandle, code: number): Promise<number> {
  if (code !== ExitCode.done) return code;
  const { result } = await run.result();
  const { failed } = result as { failed: number }; // a job's
  return failed > 0 ? ExitCode.runFailed : ExitCode.done;
}

const WRITE_EVERY_MS = 1_000;

interface Writing {
  readonly file: string;
  readonly order: OutputOrder;
  readonly redo: boolean | undefined;
  /** Aborted when the job has ended, or is no longer watched. */
  readonly over: AbortSignal;
}

interface Written {
  readonly output: JobOutput;
  /** Whether the job had ended by then. */
  readonly final: boolean;
}

async function writeWhileItRuns(
  session: Session,
  run: RunHandle,
  { file, order, redo: asked = false, over }: Writing,
): Promise<Written | undefined> {
  const job = await jobOf(run, over);
  if (job === undefined) return undefined;
  // Workers from before do not say whether they do all again.
  const { manifest, folder, startedAt = 0, redo = asked } = job;
  // Others are of an earlier start, and this one does these rows again.
  const counts = ({ status, endedAt }: RowOutcome): boolean => endedAt >= startedAt || (status === 'done' && !redo);
  const output = await session.troupe.jobOutput({ file, order, manifest, folder, counts });
  while (!over.aborted) {
    await output.update(false);
    await delay(WRITE_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
  }
  const final = (await run.describe()).closedAt !== null;
  await output.update(final);
  return { output, final };
}

/** What the run says of its rows, as soon as it knows; undefined when it has ended without. */
async function jobOf(run: RunHandle, over: AbortSignal) {
  for (;;) {
    const job = await run.progress().then(
      (progress) => progress.job,
      () => undefined,
    );
    if (job !== undefined || over.aborted) return job;
    await delay(WRITE_EVERY_MS / 4, undefined, { signal: over }).catch(() => undefined);
  }
}

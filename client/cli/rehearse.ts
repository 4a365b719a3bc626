import type { Lane } from '../../common/call';
import type { PipelineName } from '../../common/pipelines';
import { BATCH_FACTOR } from '../../common/price-list';
import type { RehearsedRun } from '../../worker/local/rehearsed-run';
import { startRehearsal, type Rehearsal } from '../../worker/local/rehearsal';
import { alikeIn } from '../estimate/alike';
import { calibrate, type Compared } from '../estimate/calibrate';
import { estimate, type Estimated } from '../estimate/estimate';
import { useOf, withModelsOf, type RunUse, type SizedRun } from '../estimate/step-use';
import type { FormerRun } from '../former-runs';
import { sizeOf } from '../../rows/pick-rows';
import { TroupeError } from '../../common/troupe-error';
import { tokens } from './amounts';
import type { Known } from './former';
import { err, say } from './output';

/** What is to be estimated. */
export interface ToEstimate {
  readonly pipeline: PipelineName;
  /** Checked; those that tell most come first. */
  readonly inputs: readonly unknown[];
  /** Of a job; null for a run. */
  readonly rows: number | null;
  /** Of every row of a job, in the order of the file, as `sizeOf` counts. @default those of the inputs */
  readonly sizes?: readonly number[] | undefined;
  readonly sample?: number | undefined;
  readonly lane?: Lane | undefined;
  readonly deadlineMs?: number | undefined;
  readonly concurrency?: number | undefined;
  /** What is known of former runs; looked up while the rehearsal starts. */
  readonly known: Promise<Known>;
  readonly signal?: AbortSignal | undefined;
}

/** An estimate, and what it is based on. */
export interface RehearsedEstimate extends Estimated {
  /** The most that it could cost: every answer as long as its limit lets it be. A cap above it stops nothing. */
  readonly worstUsd: number;
  readonly basis: {
    /** Rows, or runs, that were rehearsed to their end. */
    readonly rehearsed: number;
    /** Rehearsals that failed or could not be finished; what they asked until then counts. */
    readonly incomplete: number;
    /** Those that were looked at; 0 when none of them could say anything. */
    readonly formerRuns: number;
    readonly seconds: number;
  };
  /** What there is to know beside the figures, a sentence each. */
  readonly notes: readonly string[];
}

/** Rows that are rehearsed at most, and at least if need be. */
export const MOST_ROWS = 24;
const LEAST_ROWS = 5;
/** Former runs whose inputs are rehearsed, the newest. */
const MOST_FORMER = 8;
const AT_ONCE = 6;
/** No further row is begun after this. */
const ROWS_MS = 5_000;
const FORMER_MS = 1_500;
/** Time for the rows that are begun whatever it is, by how long the first has taken: of a slow pipeline there are fewer. */
const LEAST_MS = 20_000;
const ROWS_AT_ONCE = 25;

/**
 * Runs a pipeline for some of its inputs against a simulator of its own and reckons from what it asked. Nothing is paid.
 * @throws TroupeError `invalid-input` when a model has no known price; `run-failed` when no rehearsal comes to an end
 */
export async function rehearsedEstimate(what: ToEstimate): Promise<RehearsedEstimate> {
  const startedAt = Date.now();
  const talk = (line: string): void => say(err.colors.dim(line));
  talk(waitingFor(what));
  return inRehearsal(what, await startRehearsal({ env: process.env, onProgress: talk }), startedAt);
}

/** What somebody is told who has to wait for an estimate. */
export function waitingFor({ rows, inputs }: Pick<ToEstimate, 'rows' | 'inputs'>): string {
  const of = rows === inputs.length ? '' : ` of ${tokens(rows ?? 0)}`;
  const from = rows === null ? 'a run' : inputs.length === 1 ? 'a row' : `up to ${inputs.length}${of} rows`;
  return `Estimating from ${from}, rehearsed on a simulator for free`;
}

async function inRehearsal(what: ToEstimate, rehearsal: Rehearsal, startedAt: number): Promise<RehearsedEstimate> {
  const aborted = new Promise<never>((_, reject) =>
    what.signal?.addEventListener('abort', () => reject(new Error('Stopped before anything was started')), { once: true }),
  );
  aborted.catch(() => undefined); // mostly nobody waits for it any more
  try {
    what.signal?.throwIfAborted();
    return await Promise.race([rehearsed(what, rehearsal, startedAt), aborted]);
  } finally {
    await rehearsal.close();
  }
}

async function rehearsed(what: ToEstimate, rehearsal: Rehearsal, startedAt: number): Promise<RehearsedEstimate> {
  const { pipeline, inputs, rows, sample, lane = 'interactive', deadlineMs, concurrency = ROWS_AT_ONCE, sizes = inputs.map(sizeOf) } = what;
  const begunAt = Date.now();
  const first = await rehearsal.run(pipeline, inputs[0]);
  const least = Math.min(LEAST_ROWS, Math.floor(LEAST_MS / Math.max(1, Date.now() - begunAt)));
  const others = rows === null || least < 2 ? [] : await rehearseSome(rehearsal, pipeline, { inputs, least, limitMs: ROWS_MS });
  const done = others.length === 0 ? [{ at: 0, run: first }] : others;
  const runs = done.map(({ run }) => run);
  refuseWithout(pipeline, runs);
  const known = await what.known;
  const simulated = known.simulated ?? known.former[0]?.simulated ?? false;
  const on = Date.now();
  const former = known.former.filter((run) => run.simulated === simulated);
  const compared = await compareFormer(rehearsal, pipeline, former);
  const calibration = calibrate(compared, { simulated, on });
  const sized = done.map(({ at, run }): SizedRun => ({ run: useOf(run.ledger), bytes: sizeOf(inputs[at]) }));
  const alike = rows === null ? [] : alikeIn(former.map(asSized), { sizes, rehearsed: sized });
  const about = { pipeline, rows, sample, lane, deadlineMs, concurrency, simulated, on, calibration, alike, sizes };
  const estimated = estimate({ ...about, first: useOf(first.ledger), rehearsed: sized });
  return {
    ...estimated,
    worstUsd: await worstOf(rehearsal, runs, estimated),
    basis: {
      rehearsed: runs.length,
      incomplete: runs.filter(({ end }) => end !== 'completed').length,
      formerRuns: calibration === undefined && alike.length === 0 ? 0 : former.length,
      seconds: Number(((Date.now() - startedAt) / 1_000).toFixed(1)),
    },
    notes: notesOn(runs, known),
  };
}

interface Some {
  readonly inputs: readonly unknown[];
  /** Begun whatever the time is. */
  readonly least: number;
  readonly limitMs: number;
}

/** A few side by side; in the order of the inputs. */
async function rehearseSome(rehearsal: Rehearsal, pipeline: string, { inputs, least, limitMs }: Some) {
  const limit = Date.now() + limitMs;
  const done: Array<{ readonly at: number; readonly run: RehearsedRun }> = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < inputs.length && (next < least || Date.now() < limit)) {
      const at = next;
      next += 1;
      done.push({ at, run: await rehearsal.run(pipeline, inputs[at]) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done.sort((a, b) => a.at - b.at);
}

const asSized = ({ input, ledger }: FormerRun): SizedRun => ({ run: useOf(ledger), bytes: sizeOf(input) });

/** The newest former runs against what a rehearsal makes of their inputs. */
async function compareFormer(rehearsal: Rehearsal, pipeline: string, all: readonly FormerRun[]): Promise<Compared[]> {
  const former = all.slice(0, MOST_FORMER);
  const runs = await rehearseSome(rehearsal, pipeline, { inputs: former.map(({ input }) => input), least: 1, limitMs: FORMER_MS });
  return runs.flatMap(({ at, run }) => {
    const rehearsed: RunUse = useOf(run.ledger);
    const real = withModelsOf([rehearsed], useOf(former[at]?.ledger ?? run.ledger));
    return run.end === 'completed' && run.ledger.requests > 0 ? [{ real, rehearsed }] : [];
  });
}

function refuseWithout(pipeline: string, runs: readonly RehearsedRun[]): void {
  if (runs.some(({ ledger }) => ledger.requests > 0)) return;
  const why = runs[0]?.reason ?? 'it asked nothing of Claude';
  throw new TroupeError('run-failed', `Cannot estimate "${pipeline}": its rehearsal came to no cost: ${why}`);
}

/** Requests of a rehearsal tell how much dearer their worst case is than what answers cost in the end. */
async function worstOf(rehearsal: Rehearsal, runs: readonly RehearsedRun[], { rows, lane, costUsd }: Estimated): Promise<number> {
  const { worstPico, costPico } = await rehearsal.worst();
  const mean = runs.reduce((sum, { ledger }) => sum + ledger.costUsd, 0) / runs.length;
  const worst = mean * (rows ?? 1) * (worstPico / costPico) * (lane === 'batch' ? BATCH_FACTOR : 1);
  return Number(Math.max(costUsd.high, worst).toPrecision(6));
}

function notesOn(runs: readonly RehearsedRun[], { problem }: Known): string[] {
  const incomplete = runs.filter(({ end }) => end !== 'completed');
  const reason = incomplete[0]?.reason ?? '';
  return [
    ...(incomplete.length > 0 ? [`${incomplete.length} of ${runs.length} rehearsals did not come to an end: ${reason}`] : []),
    ...(process.env['TROUPE_TOOLS'] ? ['Services of the tools file were not asked: sample data stood in for theirs'] : []),
    ...(problem === undefined ? [] : [`Former runs were not looked at: ${problem}`]),
  ];
}

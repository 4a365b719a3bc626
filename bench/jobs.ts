import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import type { GivenRow } from '../common/job';
import type { FinishedRun } from './app';
import { BARE_TASK_QUEUE } from './bare/task-queue';
import type { bareRows, BareRow } from './bare/workflows';
import { historyOf, longestRunOf, type HistorySize } from './history';
import { cpuMs, residentMiB } from './process-usage';
import type { Rig } from './rig';

export interface JobsReport {
  readonly rows: number;
  readonly concurrency: number;
  /** Rows a second, from the client's start to the result. */
  readonly perSecond: { readonly bare: number; readonly troupe: number };
  /** Seconds of each block of rows, in the order in which they took turns. */
  readonly blockSeconds: { readonly bare: readonly number[]; readonly troupe: readonly number[] };
  /** Troupe's rate over that of bare Temporal. */
  readonly ratio: number;
  /** Processor milliseconds a row, of the worker and of the server. */
  readonly cpuMs: { readonly bare: Cpu; readonly troupe: Cpu };
  /** The longest history among the runs of the job. */
  readonly longestRun: HistorySize;
  /** The history of one row. */
  readonly rowRun: HistorySize;
  /** Most resident memory of Troupe's worker while the job ran, in MiB; null where the system does not tell. */
  readonly peakMiB: number | null;
}

interface Cpu {
  readonly worker: number | null;
  readonly server: number | null;
}

export interface JobsOptions {
  readonly rows: number;
  readonly concurrency: number;
}

const AGENT = 'title';
const ROW: BareRow = { topic: 'How to build a RAG system with Python, row', draft: 'Retrieval first, then generation. Draft' };
/** As many as a job does before it continues as new. */
const ROWS_PER_RUN = 500;
const LOOK_EVERY_MS = 1_000;
/** Of each, in turn. */
const BLOCK_ROWS = 1_000;
/** A paused job in which no row has ended for so long has none under way. */
const SETTLED_MS = 500;

/**
 * One job of Troupe against as many bare child workflows, all of one call and no latency. They take turns, a block of rows each,
 * and the job is paused meanwhile: the speed of a machine drifts within minutes by more than what is compared.
 */
export async function measureJobs(rig: Rig, { rows, concurrency }: JobsOptions): Promise<JobsReport> {
  await rig.simulator.setLatency(0);
  const warmUp = Math.min(rows, concurrency * 2);
  await bareBlock(rig, { first: 1, last: warmUp, concurrency });
  await (await startJob(rig, { first: 1, last: warmUp, concurrency })).end();
  const first = warmUp + 1;
  const bare: Timed[] = [];
  const troupe: Timed[] = [];
  let job: BenchJob | undefined;
  for (const block of blocksOf({ first, last: warmUp + rows, concurrency })) {
    bare.push(await timed(rig, 'bareWorker', () => bareBlock(rig, block)));
    const slice = async (): Promise<Idle> => {
      if (job === undefined) job = await startJob(rig, { first, last: warmUp + rows, concurrency });
      else await job.run.resume();
      return block.last === warmUp + rows ? job.end() : job.workUntil(block.last - warmUp);
    };
    troupe.push(await timed(rig, 'troupeWorker', slice));
  }
  if (job === undefined) throw new RangeError(`Cannot bench a job of ${rows} rows; give at least one`);
  const perSecond = { bare: rows / secondsOf(bare), troupe: rows / secondsOf(troupe) };
  const share = (parts: readonly Timed[]): Cpu => ({ worker: cpuOf(parts, 'worker', rows), server: cpuOf(parts, 'server', rows) });
  return {
    rows,
    concurrency,
    perSecond,
    blockSeconds: { bare: bare.map(({ seconds }) => seconds), troupe: troupe.map(({ seconds }) => seconds) },
    ratio: perSecond.troupe / perSecond.bare,
    cpuMs: { bare: share(bare), troupe: share(troupe) },
    longestRun: await longestRunOf(rig.client, runOf(job.run)),
    rowRun: await historyOf(rig.client, runOf(await rig.troupe.handle(`${job.run.workflowId}/${first}`))),
    peakMiB: await job.peakMiB(),
  };
}

/** Blocks of about a thousand rows, at least two where there are rows enough for the places to be taken most of the time. */
function blocksOf({ first, last, concurrency }: Part): Part[] {
  const rows = last - first + 1;
  const most = Math.max(2, Math.ceil(rows / BLOCK_ROWS));
  const count = Math.max(1, Math.min(most, Math.floor(rows / (4 * concurrency))));
  const bound = (at: number): number => first + Math.round((rows * at) / count);
  return Array.from({ length: count }, (_, at) => ({ first: bound(at), last: bound(at + 1) - 1, concurrency }));
}

const secondsOf = (parts: readonly Timed[]): number => parts.reduce((total, { seconds }) => total + seconds, 0);

function cpuOf(parts: readonly Timed[], of: 'worker' | 'server', rows: number): number | null {
  const known = parts.map((part) => part[of]).filter((ms) => ms !== null);
  return known.length === parts.length ? known.reduce((total, ms) => total + ms, 0) / rows : null;
}

interface Timed extends Cpu {
  readonly seconds: number;
}

/** Milliseconds at the end in which nothing was done but look whether something still was. */
interface Idle {
  readonly idleMs: number;
}

async function timed({ pids }: Rig, worker: 'bareWorker' | 'troupeWorker', work: () => Promise<Idle>): Promise<Timed> {
  const used = (pid: number, before = 0): number | null => {
    const ms = cpuMs(pid);
    return ms === undefined ? null : ms - before;
  };
  const [workerBefore, serverBefore] = [used(pids[worker]) ?? 0, used(pids.server) ?? 0];
  const startedAt = performance.now();
  const { idleMs } = await work();
  const seconds = (performance.now() - startedAt - idleMs) / 1_000;
  return { seconds, worker: used(pids[worker], workerBefore), server: used(pids.server, serverBefore) };
}

interface Part {
  readonly first: number;
  readonly last: number;
  readonly concurrency: number;
}

const AT_ONCE: Idle = { idleMs: 0 };

async function bareBlock({ client }: Rig, part: Part): Promise<Idle> {
  const workflowId = `bare-rows-${part.first}-${part.last}`;
  const args: Parameters<typeof bareRows> = [{ row: ROW, rowsPerRun: ROWS_PER_RUN, ...part }];
  const handle = await client.workflow.start<typeof bareRows>('bareRows', { workflowId, taskQueue: BARE_TASK_QUEUE, args });
  const last = await handle.result();
  if (last !== part.last) throw new Error(`Cannot use "${workflowId}": it ended at row ${last}; see the log of the bare worker`);
  return AT_ONCE;
}

interface BenchJob {
  readonly run: JobRun;
  /** Lets it work until so many rows are done, pauses it, and waits until the rows under way have ended. */
  workUntil(done: number): Promise<Idle>;
  /** Lets it work to its end. */
  end(): Promise<Idle>;
  /** Most resident memory of its worker so far, in MiB; null where the system does not tell. */
  peakMiB(): Promise<number | null>;
}

async function startJob({ troupe, pids }: Rig, { first, last, concurrency }: Part): Promise<BenchJob> {
  const count = last - first + 1;
  const rows = Array.from({ length: count }, (_, at): GivenRow => {
    const number = first + at;
    const input = { topic: `${ROW.topic} ${number}`, draft: `${ROW.draft} ${number}` };
    return { key: String(number), input: { agent: AGENT, input } };
  });
  const run = await troupe.startJob({ pipeline: 'oneAgent', rows }, { concurrency });
  const peak = watchMemory(pids.troupeWorker);
  const doneRows = async (): Promise<number> => (await run.progress()).job?.done ?? 0;
  return {
    run,
    workUntil: async (target) => {
      while ((await doneRows()) < target) await delay(LOOK_EVERY_MS / 2);
      await run.pause();
      return settled(doneRows);
    },
    end: async () => {
      const { result } = await run.result();
      if (result.done !== count)
        throw new Error(`Cannot use job "${run.workflowId}": ${result.done} of ${count} rows are done; see its log`);
      return AT_ONCE;
    },
    peakMiB: () => peak.end(),
  };
}

/** Waits until no further row ends. */
async function settled(doneRows: () => Promise<number>): Promise<Idle> {
  let done = await doneRows();
  let changedAt = performance.now();
  while (performance.now() - changedAt < SETTLED_MS) {
    const now = await doneRows();
    if (now !== done) [done, changedAt] = [now, performance.now()];
    else await delay(SETTLED_MS / 10);
  }
  return { idleMs: performance.now() - changedAt };
}

type JobRun = Awaited<ReturnType<Rig['troupe']['startJob']>>;

const runOf = ({ workflowId, runId }: FinishedRun): FinishedRun => ({ workflowId, runId });

/** Looks at the memory of a process once a second. */
function watchMemory(pid: number): { end(): Promise<number | null> } {
  let most: number | null = null;
  const look = async (): Promise<void> => {
    const now = await residentMiB(pid);
    if (now !== undefined) most = Math.max(most ?? 0, now);
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    end: async () => {
      clearInterval(timer);
      await look();
      return most;
    },
  };
}

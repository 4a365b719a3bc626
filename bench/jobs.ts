import { performance } from 'node:perf_hooks';

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
  /** Rates of the halves of the bare rows, before and after the job. */
  readonly bareHalves: readonly number[];
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

/**
 * One job of Troupe between two halves of as many bare child workflows, all of one call and no latency: whatever drifts while
 * the bench runs weighs on both alike.
 */
export async function measureJobs(rig: Rig, { rows, concurrency }: JobsOptions): Promise<JobsReport> {
  await rig.simulator.setLatency(0);
  const half = Math.ceil(rows / 2);
  const warmUp = Math.min(rows, concurrency * 2);
  await bareHalf(rig, { first: 1, last: warmUp, concurrency });
  await troupeJob(rig, { first: 1, last: warmUp, concurrency });
  const from = warmUp + 1;
  const before = await timed(rig, 'bareWorker', () => bareHalf(rig, { first: from, last: from + half - 1, concurrency }));
  const job = await timed(rig, 'troupeWorker', () => troupeJob(rig, { first: from, last: from + rows - 1, concurrency }));
  const after = await timed(rig, 'bareWorker', () => bareHalf(rig, { first: from + half, last: from + rows - 1, concurrency }));
  const perSecond = { bare: rows / (before.seconds + after.seconds), troupe: rows / job.seconds };
  const share = (total: number | null): number | null => (total === null ? null : total / rows);
  return {
    rows,
    concurrency,
    perSecond,
    bareHalves: [half / before.seconds, (rows - half) / after.seconds],
    ratio: perSecond.troupe / perSecond.bare,
    cpuMs: {
      bare: { worker: share(sum(before.worker, after.worker)), server: share(sum(before.server, after.server)) },
      troupe: { worker: share(job.worker), server: share(job.server) },
    },
    longestRun: await longestRunOf(rig.client, job.value.run),
    rowRun: await historyOf(rig.client, job.value.row),
    peakMiB: job.value.peakMiB,
  };
}

const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

interface Timed<Value> {
  readonly value: Value;
  readonly seconds: number;
  readonly worker: number | null;
  readonly server: number | null;
}

async function timed<Value>({ pids }: Rig, worker: 'bareWorker' | 'troupeWorker', work: () => Promise<Value>): Promise<Timed<Value>> {
  const used = (pid: number, before = 0): number | null => {
    const ms = cpuMs(pid);
    return ms === undefined ? null : ms - before;
  };
  const [workerBefore, serverBefore] = [used(pids[worker]) ?? 0, used(pids.server) ?? 0];
  const startedAt = performance.now();
  const value = await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  return { value, seconds, worker: used(pids[worker], workerBefore), server: used(pids.server, serverBefore) };
}

interface Part {
  readonly first: number;
  readonly last: number;
  readonly concurrency: number;
}

async function bareHalf({ client }: Rig, part: Part): Promise<void> {
  if (part.last < part.first) return;
  const workflowId = `bare-rows-${part.first}-${part.last}`;
  const args: Parameters<typeof bareRows> = [{ row: ROW, rowsPerRun: ROWS_PER_RUN, ...part }];
  const handle = await client.workflow.start<typeof bareRows>('bareRows', { workflowId, taskQueue: BARE_TASK_QUEUE, args });
  const last = await handle.result();
  if (last !== part.last) throw new Error(`Cannot use "${workflowId}": it ended at row ${last}; see the log of the bare worker`);
}

async function troupeJob({ troupe, pids }: Rig, { first, last, concurrency }: Part) {
  const count = last - first + 1;
  const rows = Array.from({ length: count }, (_, at): GivenRow => {
    const number = first + at;
    const input = { topic: `${ROW.topic} ${number}`, draft: `${ROW.draft} ${number}` };
    return { key: String(number), input: { agent: AGENT, input } };
  });
  const run = await troupe.startJob({ pipeline: 'oneAgent', rows }, { concurrency });
  const peak = watchMemory(pids.troupeWorker);
  const { result } = await run.result();
  const peakMiB = await peak.end();
  if (result.done !== count) throw new Error(`Cannot use job "${run.workflowId}": ${result.done} of ${count} rows are done; see its log`);
  const row = await troupe.handle(`${run.workflowId}/${first}`);
  return { run: runOf(run), row: runOf(row), peakMiB };
}

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

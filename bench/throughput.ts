import { performance } from 'node:perf_hooks';

import { APP_NAMES, type AppName } from './app';
import { blockOrder, blockSizes } from './block-order';
import { eachConcurrently } from './each-concurrently';
import { cpuMs } from './process-usage';
import type { Rig, RigProcess } from './rig';
import { median, summarize, type Summary } from './statistics';
import { topicOf } from './topics';

export interface AppThroughput {
  readonly articles: number;
  /** Median of the blocks: one hiccup of the machine must not decide. */
  readonly perSecond: number;
  /** Rates of the blocks, in order. */
  readonly blocks: readonly number[];
  /** Milliseconds from start to result of one article among the others. */
  readonly durationMs: Summary;
  /** Processor milliseconds an article, by process; absent where the system does not tell. */
  readonly cpuMs: Readonly<Partial<Record<RigProcess | 'client', number>>>;
}

export interface ThroughputReport {
  readonly concurrency: number;
  readonly apps: Readonly<Record<AppName, AppThroughput>>;
  /** Troupe's rate over that of the bare app. */
  readonly ratio: number;
}

export interface ThroughputOptions {
  /** Articles of each app. */
  readonly rows: number;
  readonly concurrency: number;
}

const BLOCKS = 3;

interface Block {
  readonly durations: readonly number[];
  readonly elapsedMs: number;
  readonly cpu: Readonly<Record<RigProcess | 'client', number>> | undefined;
}

/** Many articles at once and no latency: what the machinery can do. */
export async function measureThroughput(rig: Rig, { rows, concurrency }: ThroughputOptions): Promise<ThroughputReport> {
  await rig.simulator.setLatency(0);
  let used = 0;
  const block = (name: AppName, size: number): Promise<Block> => {
    used += size;
    return runBlock(rig, name, { size, concurrency, from: used - size });
  };
  for (const name of APP_NAMES) await block(name, Math.min(rows, concurrency));
  const sizes = blockSizes(rows, BLOCKS);
  const left = { bare: [...sizes], troupe: [...sizes] };
  const blocks: Record<AppName, Block[]> = { bare: [], troupe: [] };
  for (const name of blockOrder(sizes.length)) blocks[name].push(await block(name, left[name].shift() ?? 0));
  const apps = { bare: sumUp(blocks.bare), troupe: sumUp(blocks.troupe) };
  return { concurrency, apps, ratio: apps.troupe.perSecond / apps.bare.perSecond };
}

interface BlockOptions {
  readonly size: number;
  readonly concurrency: number;
  readonly from: number;
}

async function runBlock(rig: Rig, name: AppName, { size, concurrency, from }: BlockOptions): Promise<Block> {
  const durations: number[] = [];
  const cpuBefore = cpuOf(rig);
  const startedAt = performance.now();
  await eachConcurrently(size, concurrency, async (index) => {
    const began = performance.now();
    await rig.apps[name].run(topicOf('row', from + index));
    durations.push(performance.now() - began);
  });
  const elapsedMs = performance.now() - startedAt;
  const cpuAfter = cpuOf(rig);
  return { durations, elapsedMs, cpu: difference(cpuBefore, cpuAfter) };
}

type Cpu = Record<RigProcess | 'client', number>;

function cpuOf({ pids }: Rig): Cpu | undefined {
  const { user, system } = process.cpuUsage();
  const entries = Object.entries(pids).map(([name, pid]) => [name, cpuMs(pid)] as const);
  if (entries.some(([, ms]) => ms === undefined)) return undefined;
  return { ...Object.fromEntries(entries), client: (user + system) / 1_000 } as Cpu;
}

function difference(before: Cpu | undefined, after: Cpu | undefined): Cpu | undefined {
  if (before === undefined || after === undefined) return undefined;
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - before[name as keyof Cpu]])) as Cpu;
}

function sumUp(blocks: readonly Block[]): AppThroughput {
  const articles = blocks.reduce((sum, { durations }) => sum + durations.length, 0);
  const rates = blocks.map(({ durations, elapsedMs }) => (durations.length / elapsedMs) * 1_000);
  const cpu: Partial<Cpu> = {};
  for (const block of blocks) {
    for (const [name, ms] of Object.entries(block.cpu ?? {})) cpu[name as keyof Cpu] = (cpu[name as keyof Cpu] ?? 0) + ms / articles;
  }
  return {
    articles,
    perSecond: median(rates),
    blocks: rates,
    durationMs: summarize(blocks.flatMap(({ durations }) => durations)),
    cpuMs: cpu,
  };
}

import os from 'node:os';
import { performance } from 'node:perf_hooks';

import { eachConcurrently } from './each-concurrently';
import { cpuMs } from './process-usage';
import { startScaleRig, type ScaleRig } from './scale-rig';
import { topicOf } from './topics';
import { troupeApp } from './troupe-app';

/** What so many workers did with the same number of articles. */
export interface ScaleStep {
  readonly workers: number;
  readonly articles: number;
  readonly perSecond: number;
  /** Processor milliseconds an article, of all workers together and of the rest; absent where the system does not tell. */
  readonly cpuMs?: Readonly<Record<'workers' | 'server' | 'store' | 'simulator' | 'client', number>>;
  /** Share of the machine's processors that these processes had. */
  readonly ofMachine?: number;
}

export interface ScaleOutReport {
  readonly concurrency: number;
  readonly steps: readonly ScaleStep[];
}

const MOST_WORKERS = 3;

/** The same articles with one, two and three workers that share a store in S3; no latency, so that what counts is the machinery. */
export async function measureScaleOut(
  folder: string,
  { rows, concurrency, say }: { rows: number; concurrency: number; say: (line: string) => void },
): Promise<ScaleOutReport> {
  const rig = await startScaleRig(folder);
  try {
    await rig.simulator.setLatency(0);
    const steps: ScaleStep[] = [];
    for (let workers = 1; workers <= MOST_WORKERS; workers += 1) {
      await rig.startWorker();
      await write(rig, `warm ${workers}`, { rows: concurrency, concurrency });
      say(`Scale-out: ${rows} articles with ${workers} worker${workers > 1 ? 's' : ''}, ${concurrency} at a time`);
      steps.push(await measureStep(rig, { rows, concurrency }));
    }
    return { concurrency, steps };
  } finally {
    await rig.close();
  }
}

interface Amount {
  readonly rows: number;
  readonly concurrency: number;
}

async function write({ troupe }: ScaleRig, part: string, { rows, concurrency }: Amount): Promise<void> {
  const app = troupeApp(troupe);
  await eachConcurrently(rows, concurrency, async (index) => void (await app.run(topicOf(part, index))));
}

async function measureStep(rig: ScaleRig, amount: Amount): Promise<ScaleStep> {
  const before = usageOf(rig);
  const startedAt = performance.now();
  await write(rig, `with ${rig.workers.length}`, amount);
  const elapsedMs = performance.now() - startedAt;
  const after = usageOf(rig);
  const { rows } = amount;
  const step = { workers: rig.workers.length, articles: rows, perSecond: (rows / elapsedMs) * 1_000 };
  if (before === undefined || after === undefined) return step;
  const used = Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, (ms - before[name as keyof Usage]) / rows])) as Usage;
  const all = Object.values(used).reduce((sum, ms) => sum + ms, 0) * rows;
  return { ...step, cpuMs: used, ofMachine: all / (elapsedMs * os.availableParallelism()) };
}

type Usage = Record<'workers' | 'server' | 'store' | 'simulator' | 'client', number>;

function usageOf({ pids, workers }: ScaleRig): Usage | undefined {
  const known = [...workers, pids.server, pids.store, pids.simulator].map(cpuMs);
  if (known.some((ms) => ms === undefined)) return undefined;
  const [simulator = 0, store = 0, server = 0, ...rest] = known.toReversed() as number[];
  const { user, system } = process.cpuUsage();
  return { workers: rest.reduce((sum, ms) => sum + ms, 0), server, store, simulator, client: (user + system) / 1_000 };
}

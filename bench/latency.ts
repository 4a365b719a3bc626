import { performance } from 'node:perf_hooks';

import { APP_NAMES, type AppName } from './app';
import type { Rig } from './rig';
import { summarize, type Summary } from './statistics';
import { topicOf } from './topics';

export interface LatencyReport {
  readonly latencyMs: number;
  /** Calls that cannot run side by side, times their latency. */
  readonly criticalPathMs: number;
  /** Milliseconds over the critical path, from the client's start to the result. */
  readonly overheadMs: Readonly<Record<AppName, Summary>>;
  /** Median overhead of Troupe over that of the bare app. */
  readonly ratio: number;
  /** The figures themselves, in order. */
  readonly series: Readonly<Record<AppName, readonly number[]>>;
}

const LATENCY_MS = 200;
const CRITICAL_CALLS = 4;
const WARM_UP = 5;

/** One article at a time, the two apps in turn. */
export async function measureLatency({ apps, simulator }: Rig, runs: number): Promise<LatencyReport> {
  await simulator.setLatency(LATENCY_MS);
  const criticalPathMs = CRITICAL_CALLS * LATENCY_MS;
  const series: Record<AppName, number[]> = { bare: [], troupe: [] };
  for (let round = 0; round < WARM_UP + runs; round += 1) {
    for (const name of APP_NAMES) {
      const startedAt = performance.now();
      await apps[name].run(topicOf('latency', round));
      if (round >= WARM_UP) series[name].push(performance.now() - startedAt - criticalPathMs);
    }
  }
  const overheadMs = { bare: summarize(series.bare), troupe: summarize(series.troupe) };
  return { latencyMs: LATENCY_MS, criticalPathMs, overheadMs, ratio: overheadMs.troupe.median / overheadMs.bare.median, series };
}

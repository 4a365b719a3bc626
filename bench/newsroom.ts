import { performance } from 'node:perf_hooks';

import type { Rig } from './rig';
import { summarize, type Summary } from './statistics';
import { topicOf } from './topics';

export interface NewsroomReport {
  readonly latencyMs: number;
  /** Calls of one article. */
  readonly calls: number;
  /** Those of them that have to wait for each other. */
  readonly criticalCalls: number;
  /** From the client's start to the result. */
  readonly durationMs: Summary;
  /** Median over the calls that wait for each other, times their latency. */
  readonly ratio: number;
  /** Median over all calls, times their latency: what one after the other would take. */
  readonly shareOfAll: number;
  readonly series: readonly number[];
}

/** Long enough that the machinery between two calls is small beside it, as with the real Claude. */
const LATENCY_MS = 500;
/** newsRouter, research and outline, newsBriefer, newsWriter, facts and language. */
const CRITICAL_CALLS = 5;
const CALLS = 9;
const WARM_UP = 2;
const MOST_RUNS = 10;

/** One newsroom article at a time: what stands side by side in its diagram must run so. */
export async function measureNewsroom({ troupe, simulator }: Rig, runs: number): Promise<NewsroomReport> {
  await simulator.setLatency(LATENCY_MS);
  const series: number[] = [];
  for (let round = 0; round < WARM_UP + Math.min(runs, MOST_RUNS); round += 1) {
    const startedAt = performance.now();
    const run = await troupe.start('newsroom', { topic: topicOf('newsroom', round) });
    const { ledger, degraded } = await run.result();
    const tookMs = performance.now() - startedAt;
    if (ledger.requests !== CALLS || degraded.length > 0) {
      throw new Error(
        `Cannot use run "${run.workflowId}": it took ${ledger.requests} requests instead of ${CALLS}; see the log of Troupe's worker`,
      );
    }
    if (round >= WARM_UP) series.push(tookMs);
  }
  const durationMs = summarize(series);
  return {
    latencyMs: LATENCY_MS,
    calls: CALLS,
    criticalCalls: CRITICAL_CALLS,
    durationMs,
    ratio: durationMs.median / (CRITICAL_CALLS * LATENCY_MS),
    shareOfAll: durationMs.median / (CALLS * LATENCY_MS),
    series,
  };
}

import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { connect } from '../client/index';
import { joinLocalStack, type LocalStack } from '../worker/local/local-stack';
import { readStackInfo, stackFiles, type FunctionsView } from '../worker/local/stack-files';
import { simulatorAdmin } from './simulator-admin';
import { median } from './statistics';

interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface ServerlessReport {
  readonly starts: number;
  /** Of the model. */
  readonly latencyMs: number;
  /** Calls of an article that wait for each other. */
  readonly criticalCalls: number;
  /** Milliseconds from the client's start of an article to its result, no function there before. */
  readonly durationMs: Spread;
  /** Milliseconds from the result to the end of the last function. */
  readonly exitMs: Spread;
  /** Of all functions together. */
  readonly busySeconds: number;
}

const LATENCY_MS = 0;
/** researcher, outliner, writer, title and seo. */
const CRITICAL_CALLS = 4;
const CALLS = 7;
const LOOK_MS = 10;
const TO_ZERO_MS = 60_000;

/** Starts article after article on a stack without a worker, each once the functions of the one before have ended. */
export async function measureServerless(folder: string, starts: number): Promise<ServerlessReport> {
  const stack = await joinLocalStack({
    dataDir: folder,
    env: { ...process.env, TROUPE_SIMULATED: '1', ANTHROPIC_BASE_URL: undefined },
    port: 0,
    uiPort: 0,
    serverless: true,
  });
  try {
    return await measureOn(stack, folder, starts);
  } finally {
    await stack.interrupt();
  }
}

async function measureOn(stack: LocalStack, folder: string, starts: number): Promise<ServerlessReport> {
  const { temporal: address, namespace, store } = stack.addresses;
  const troupe = await connect({ address, namespace, store, simulated: true });
  const duration: number[] = [];
  const exit: number[] = [];
  try {
    await simulatorAdmin(String(stack.addresses.claude)).setLatency(LATENCY_MS);
    await untilZero(folder);
    for (let start = 1; start <= starts; start += 1) {
      const startedAt = performance.now();
      const run = await troupe.start('article', { topic: `From zero, start ${start}` });
      const { ledger, degraded } = await run.result();
      const doneAt = performance.now();
      if (ledger.requests !== CALLS || degraded.length > 0) {
        throw new Error(
          `Cannot measure: an article took ${ledger.requests} calls instead of ${CALLS}, or lacks something; see "${folder}"`,
        );
      }
      duration.push(doneAt - startedAt);
      await untilZero(folder);
      exit.push(performance.now() - doneAt);
    }
  } finally {
    await troupe.close();
  }
  return {
    starts,
    latencyMs: LATENCY_MS,
    criticalCalls: CRITICAL_CALLS,
    durationMs: spreadOf(duration),
    exitMs: spreadOf(exit),
    busySeconds: functionsIn(folder).busySeconds,
  };
}

const spreadOf = (values: readonly number[]): Spread => ({
  min: Math.min(...values),
  median: median(values),
  max: Math.max(...values),
});

function functionsIn(folder: string): FunctionsView {
  const functions = readStackInfo(stackFiles(folder))?.functions;
  if (functions == null) throw new Error(`Cannot look at the functions of the stack in "${folder}": it is not up; see its logs`);
  return functions;
}

async function untilZero(folder: string): Promise<void> {
  const end = performance.now() + TO_ZERO_MS;
  while (functionsIn(folder).running.length > 0) {
    if (performance.now() > end) throw new Error(`Cannot measure: functions have not ended within ${TO_ZERO_MS} ms; see "${folder}"`);
    await delay(LOOK_MS);
  }
}

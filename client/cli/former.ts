import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { PipelineName } from '../../common/pipelines';
import { isAlive } from '../../worker/local/is-alive';
import { isSimulated, storeOf } from '../../worker/local/stack-config';
import { readStackInfo, stackFiles } from '../../worker/local/stack-files';
import { openStoppedStack } from '../../worker/local/stopped-stack';
import { connect, type ConnectOptions } from '../connect';
import type { FormerRun } from '../former-runs';
import { cliSettings } from './cli-settings';
import { hasServer } from './has-server';

/** What is known before a rehearsal. */
export interface Known {
  readonly former: readonly FormerRun[];
  /** Whether the simulator will answer; undefined when it is not ours to know. */
  readonly simulated: boolean | undefined;
  /** Why former runs could not be looked at. */
  readonly problem?: string;
}

/** Runs that are looked at. */
export const FORMER_RUNS = 20;
const LIMIT_MS = 10_000;

/**
 * Former runs of a pipeline, from the server that the environment names, the local stack that is up, or what it left when it stopped. Nothing is
 * started that others could see. Never fails: a rehearsal does without them.
 */
export async function knownOf(pipeline: PipelineName): Promise<Known> {
  const simulated = hasServer() ? undefined : isSimulated(process.env);
  const limit = AbortSignal.timeout(LIMIT_MS);
  const late = new Promise<never>((_, reject) =>
    limit.addEventListener('abort', () => reject(new Error(`it took longer than ${LIMIT_MS / 1_000} s`))),
  );
  try {
    return await Promise.race([lookedUp(pipeline, simulated), late]);
  } catch (error) {
    return { former: [], simulated, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function lookedUp(pipeline: PipelineName, simulated: boolean | undefined): Promise<Known> {
  if (hasServer()) return { former: await askFormer(pipeline, {}), simulated };
  const { TROUPE_DATA: dataDir } = cliSettings();
  if (!existsSync(dataDir)) return { former: [], simulated };
  const files = stackFiles(resolve(dataDir));
  const info = readStackInfo(files);
  if (info !== undefined && isAlive(info.processes.temporal)) {
    const { temporal: address, namespace, store } = info;
    return { former: await askFormer(pipeline, { address, namespace, store }), simulated: info.simulated };
  }
  const stopped = await openStoppedStack(dataDir, process.env);
  if (stopped === undefined) return { former: [], simulated };
  try {
    const { address, namespace } = stopped;
    return { former: await askFormer(pipeline, { address, namespace, store: storeOf(process.env, files.store) }), simulated };
  } finally {
    await stopped.close();
  }
}

async function askFormer(pipeline: PipelineName, options: ConnectOptions): Promise<readonly FormerRun[]> {
  const troupe = await connect(options);
  try {
    return await troupe.formerRuns(pipeline, FORMER_RUNS);
  } finally {
    await troupe.close();
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

import { parseRecordKey } from '../../claude/journal-records';
import { endOnceClosed } from '../../common/end-once-closed';
import type { PicoUsd } from '../../common/money';
import { TASK_QUEUE } from '../../common/task-queues';
import { startSimulator } from '../../simulator/start-simulator';
import { openStore } from '../../storage/open-store';
import type { Environment } from './cache-dir';
import { endOf, type RehearsedRun } from './rehearsed-run';
import { resolveTemporalCli } from './resolve-temporal-cli';
import { startTemporalServer } from './temporal-server';

/** What a worker is made of takes as long to load as a server to start, so that is done while the server starts in its own process. */
const loadWorker = () => require('../run-worker') as typeof import('../run-worker');

/** A Troupe of its own in this process: nothing is paid, and of the user's server, store and tools nothing is touched. */
export interface Rehearsal {
  /** Runs a pipeline once, and resolves however that ends. A gate is passed by approving what it proposes. */
  run(pipeline: string, input: unknown): Promise<RehearsedRun>;
  /** The most that all requests so far could have cost: each answer as long as its limit lets it be. Compare with what they have. */
  worst(): Promise<{ readonly worstPico: PicoUsd; readonly costPico: PicoUsd }>;
  close(): Promise<void>;
}

export interface RehearsalOptions {
  /** Of it only the models, the seed of the simulator and the place of the Temporal program count. */
  readonly env: Environment;
  /** A line for a person when something takes long. */
  readonly onProgress?: (line: string) => void;
}

const PASSED_ON = ['TROUPE_MODEL_FAST', 'TROUPE_MODEL_BALANCED', 'TROUPE_MODEL_BEST'];

/**
 * Starts a simulator, a server in memory and a worker, in about a second. They end with this process.
 * @throws Error `Cannot …` when one of them does not start; nothing is left then
 */
export async function startRehearsal({ env, onProgress }: RehearsalOptions): Promise<Rehearsal> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-rehearsal-'));
  const undo: Array<() => Promise<unknown>> = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    // What cannot be ended ends with this process, and must not keep the rest.
    for (const step of undo.splice(0).reverse()) await step().catch(() => undefined);
  };
  try {
    const seed = Number(env['TROUPE_SIMULATOR_SEED'] || 1);
    const [simulator, server] = await Promise.all([startSimulator({ latency: 0, seed }), startServer(folder, env, onProgress)]);
    undo.push(
      () => simulator.close(),
      () => server.stop(),
    );
    const store = path.join(folder, 'store');
    undo.push(await startWorker({ folder, store, env, temporal: server.address, claude: simulator.url }));
    const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endOnceClosed];
    const connection = await Connection.connect({ address: server.address, interceptors });
    const stop = new AbortController();
    undo.push(() => connection.close());
    undo.push(async () => stop.abort());
    const client = new Client({ connection, namespace: server.namespace });
    let serial = 0;
    return {
      run: async (pipeline, input) => {
        const workflowId = `rehearsal-${++serial}`;
        const handle = await client.workflow.start(pipeline, { args: [input], taskQueue: TASK_QUEUE, workflowId });
        return endOf(client, handle, stop.signal);
      },
      worst: async () => ({ worstPico: await worstIn(store), costPico: simulator.stats().costPico }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServer(folder: string, env: Environment, onProgress: RehearsalOptions['onProgress']) {
  const cli = await resolveTemporalCli({ env, onProgress });
  const ports = { port: 0, uiPort: 0, headless: true, fastTimers: true } as const;
  return startTemporalServer({ cli: cli.path, env, logFile: path.join(folder, 'temporal.log'), onSpawned: loadWorker, ...ports });
}

interface WorkerPlace {
  readonly folder: string;
  readonly store: string;
  readonly env: Environment;
  readonly temporal: string;
  readonly claude: string;
}

/** Resolves when it polls, with what ends it. */
async function startWorker({ folder, store, env, temporal, claude }: WorkerPlace): Promise<() => Promise<void>> {
  const stop = new AbortController();
  let polls = (): void => undefined;
  const ready = new Promise<void>((resolve) => (polls = resolve));
  const ended = loadWorker().runWorker({
    env: {
      ...Object.fromEntries(PASSED_ON.map((name) => [name, env[name]])),
      TEMPORAL_ADDRESS: temporal,
      // A file that is not there is no profile.
      TEMPORAL_CONFIG_FILE: path.join(folder, 'no-profile.toml'),
      ANTHROPIC_BASE_URL: claude,
      TROUPE_SIMULATED: '1',
      TROUPE_STORE: store,
    },
    stop: stop.signal,
    onReady: polls,
    log: () => undefined,
    // What fails in a rehearsal is for the estimate to tell.
    logLevel: 'ERROR',
  });
  await Promise.race([ready, ended]);
  return async () => {
    stop.abort();
    await ended;
  };
}

/** What a request may cost at most stands in the name of its intent. */
async function worstIn(store: string): Promise<PicoUsd> {
  const names = (await (await openStore(store)).list('calls')).map(parseRecordKey);
  return names.reduce((sum, name) => sum + (name?.kind === 'intent' ? name.worstPico : 0), 0);
}

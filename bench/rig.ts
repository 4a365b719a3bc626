import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { connect, type Troupe } from '../client/index';
import { resolveTemporalCli } from '../worker/local/resolve-temporal-cli';
import { startTemporalServer } from '../worker/local/temporal-server';
import type { App, AppName } from './app';
import { bareApp } from './bare-app';
import { bundleBareWorkflow } from './bare/bundle';
import { startBenchProcess, type BenchProcess } from './bench-process';
import { simulatorAdmin, type SimulatorAdmin } from './simulator-admin';
import { troupeApp } from './troupe-app';

/** Both apps, ready: the tuned server on a file, one simulator, and a worker for each app, every one a process of its own. */
export interface Rig {
  readonly apps: Readonly<Record<AppName, App>>;
  readonly client: Client;
  readonly troupe: Troupe;
  readonly simulator: SimulatorAdmin;
  readonly pids: Readonly<Record<RigProcess, number>>;
  close(): Promise<void>;
}

export type RigProcess = 'server' | 'simulator' | 'bareWorker' | 'troupeWorker';

export interface RigOptions {
  /** Everything is kept here: database, store, bill, logs. */
  readonly folder: string;
  /** Folder for CPU profiles. @default none are made */
  readonly profile?: string | undefined;
}

const STOP_MS = 10_000;

/** @throws Error when one of the processes does not start; none of them is left then. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const steps: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    for (const step of steps.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await assemble(options, (step) => steps.push(step))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble({ folder, profile }: RigOptions, onClose: (step: () => Promise<void>) => void): Promise<Omit<Rig, 'close'>> {
  const cli = await resolveTemporalCli({ env: process.env, onProgress: (line) => process.stderr.write(`${line}\n`) });
  const server = await startTemporalServer({
    cli: cli.path,
    env: process.env,
    logFile: join(folder, 'server.log'),
    databaseFile: join(folder, 'temporal.db'),
    port: 0,
    uiPort: 0,
    headless: true,
  });
  onClose(() => server.stop());
  const start = async <Report>(process: BenchProcess<Report>) => {
    const started = await startBenchProcess(process, { logs: folder, profile });
    onClose(() => started.child.stop(STOP_MS));
    return started;
  };
  const state = join(folder, 'simulator');
  const simulator = await start({
    name: 'the simulator',
    script: ['simulator/main.js', '--json', '--state', state],
    env: {},
    report: urlIn,
  });
  const store = join(folder, 'store');
  const shared = { TEMPORAL_ADDRESS: server.address, ANTHROPIC_BASE_URL: simulator.report };
  const bareBundle = join(folder, 'bare-bundle.js');
  await bundleBareWorkflow(bareBundle);
  const [bareWorker, troupeWorker] = await Promise.all([
    start({ name: 'the bare worker', script: ['bench/bare/worker.js', bareBundle], env: shared, report: isReady }),
    start({
      name: 'the Troupe worker',
      script: ['worker/main.js'],
      env: { ...shared, TROUPE_SIMULATED: '1', TROUPE_STORE: store },
      report: isReady,
    }),
  ]);
  const connection = await Connection.connect({ address: server.address });
  onClose(() => connection.close());
  const client = new Client({ connection });
  const troupe = await connect({ address: server.address, store, simulated: true });
  onClose(() => troupe.close());
  return {
    apps: { bare: bareApp(client), troupe: troupeApp(troupe) },
    client,
    troupe,
    simulator: simulatorAdmin(simulator.report),
    pids: {
      server: server.process.pid,
      simulator: simulator.child.pid,
      bareWorker: bareWorker.child.pid,
      troupeWorker: troupeWorker.child.pid,
    },
  };
}

export function urlIn(line: unknown): string | undefined {
  const { url } = (line ?? {}) as { url?: unknown };
  return typeof url === 'string' ? url : undefined;
}

export function isReady(line: unknown): true | undefined {
  return (line as { ready?: unknown } | undefined)?.ready === true ? true : undefined;
}

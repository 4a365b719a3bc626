import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { connect, type Troupe } from '../client/index';
import { startS3Gateway, type S3Gateway } from '../test/helpers/s3-gateway';
import { resolveTemporalCli } from '../worker/local/resolve-temporal-cli';
import { startTemporalServer } from '../worker/local/temporal-server';
import { startBenchProcess, type BenchProcess } from './bench-process';
import { isReady, urlIn } from './rig';
import { simulatorAdmin, type SimulatorAdmin } from './simulator-admin';

/** Troupe as it is spread over machines: a server, a simulator, a store in S3 and workers that share it, each a process of its own. */
export interface ScaleRig {
  readonly client: Client;
  readonly troupe: Troupe;
  readonly simulator: SimulatorAdmin;
  readonly gateway: S3Gateway;
  /** Process ids of all but the workers. */
  readonly pids: Readonly<Record<'server' | 'simulator' | 'store', number>>;
  /** Process ids of the workers, in the order of their start. */
  readonly workers: readonly number[];
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

const STOP_MS = 10_000;

/** @throws Error when one of the processes does not start; none of them is left then. */
export async function startScaleRig(folder: string): Promise<ScaleRig> {
  const steps: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    for (const step of steps.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await assemble(folder, (step) => steps.push(step))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(folder: string, onClose: (step: () => Promise<void>) => void): Promise<Omit<ScaleRig, 'close'>> {
  const cli = await resolveTemporalCli({ env: process.env, onProgress: (line) => process.stderr.write(`${line}\n`) });
  const [logFile, databaseFile] = [join(folder, 'server.log'), join(folder, 'temporal.db')];
  const server = await startTemporalServer({ cli: cli.path, env: process.env, logFile, databaseFile, port: 0, uiPort: 0, headless: true });
  onClose(() => server.stop());
  const gateway = await startS3Gateway();
  onClose(() => gateway.close());
  const start = async <Report>(program: BenchProcess<Report>) => {
    const started = await startBenchProcess(program, { logs: folder, profile: undefined });
    onClose(() => started.child.stop(STOP_MS));
    return started;
  };
  const script: [string, ...string[]] = ['simulator/main.js', '--json', '--state', join(folder, 'simulator')];
  const simulator = await start({ name: 'the simulator', script, env: {}, report: urlIn });
  const store = `s3://${gateway.bucket}/store`;
  const shared = { TEMPORAL_ADDRESS: server.address, ANTHROPIC_BASE_URL: simulator.report, TROUPE_SIMULATED: '1', TROUPE_STORE: store };
  const connection = await Connection.connect({ address: server.address });
  onClose(() => connection.close());
  // The client reads and writes the store as the workers do.
  Object.assign(process.env, gateway.env);
  const troupe = await connect({ address: server.address, store, simulated: true });
  onClose(() => troupe.close());
  const workers: number[] = [];
  return {
    client: new Client({ connection }),
    troupe,
    simulator: simulatorAdmin(simulator.report),
    gateway,
    pids: { server: server.process.pid, simulator: simulator.child.pid, store: gateway.pid },
    workers,
    startWorker: async () => {
      const name = `worker ${workers.length + 1}`;
      const { child } = await start({ name, script: ['worker/main.js'], env: { ...shared, ...gateway.env }, report: isReady });
      workers.push(child.pid);
    },
  };
}

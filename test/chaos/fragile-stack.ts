import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import type { BillRecord } from '../../simulator/bill-record';
import { openStore } from '../../storage/open-store';
import type { Store } from '../../storage/store';
import { freePorts } from '../../worker/local/free-ports';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { packageRoot } from '../../worker/local/package-root';
import { startReporting } from '../../worker/local/reporting-process';
import { resolveTemporalCli } from '../../worker/local/resolve-temporal-cli';
import { startTemporalServer, type TemporalServer } from '../../worker/local/temporal-server';
import { storeFolder } from '../helpers/worker-process';
import { KeptWorker } from './kept-worker';

/** A whole stack of separate processes, each of which can be killed and comes back with its state. */
export interface FragileStack {
  readonly client: Client;
  readonly store: Store;
  readonly worker: KeptWorker;
  /** Of the Temporal server, which keeps it. */
  readonly address: string;
  /** Kills the Temporal server; resolves when it is back with its database. */
  killServer(): Promise<void>;
  /** Kills the simulator; resolves when it is back with its bill. */
  killSimulator(): Promise<void>;
  /** @param workflowId @default of all runs */
  readBill(workflowId?: string): Promise<BillRecord[]>;
  close(): Promise<void>;
}

export interface FragileOptions {
  /** Folder of everything that survives a kill. */
  readonly folder: string;
  readonly latencyMs: number;
  readonly seed: number;
  /** Milliseconds until a Message Batch is done. @default as `latencyMs` has it */
  readonly batchMs?: number | undefined;
  /** Timers of the server fire within 10 ms instead of 1 s. @default false */
  readonly fastTimers?: boolean | undefined;
}

export async function startFragileStack(options: FragileOptions): Promise<FragileStack> {
  const { folder, fastTimers } = options;
  const cli = await resolveTemporalCli({ env: process.env, onProgress: (line) => process.stderr.write(`${line}\n`) });
  const [port = 0, simulatorPort = 0] = await freePorts([0, 0]);
  const startServer = () =>
    startTemporalServer({
      cli: cli.path,
      env: process.env,
      port,
      uiPort: 0,
      exactPorts: true,
      headless: true,
      fastTimers,
      databaseFile: path.join(folder, 'temporal.db'),
      logFile: path.join(folder, 'temporal.log'),
    });
  const startSimulator = () => simulatorProcess({ ...options, port: simulatorPort });
  let [server, simulator]: [TemporalServer, GuardedProcess] = await Promise.all([startServer(), startSimulator()]);
  const claude = `http://127.0.0.1:${simulatorPort}`;
  const { address, namespace } = server;
  const worker = new KeptWorker({ address, namespace, claude, folder });
  const [connection, store] = await Promise.all([Connection.connect({ address }), openStore(storeFolder(folder)), worker.replace()]);
  return {
    client: new Client({ connection, namespace }),
    store,
    worker,
    address,
    async killServer() {
      server.process.kill();
      await server.process.ended;
      server = await startServer();
    },
    async killSimulator() {
      simulator.kill();
      await simulator.ended;
      simulator = await startSimulator();
    },
    async readBill(workflowId) {
      const which = workflowId === undefined ? '' : `?workflow=${encodeURIComponent(workflowId)}`;
      const response = await fetch(`${claude}/__sim/requests${which}`);
      const { requests } = (await response.json()) as { requests: BillRecord[] }; // the simulator's own format
      return requests;
    },
    async close() {
      await worker.close();
      await connection.close();
      simulator.kill();
      await Promise.all([simulator.ended, server.stop()]);
    },
  };
}

function simulatorProcess(options: FragileOptions & { readonly port: number }): Promise<GuardedProcess> {
  const { folder, latencyMs, batchMs, seed, port } = options;
  const flags = [
    `--port=${port}`,
    `--latency-ms=${latencyMs}`,
    `--seed=${seed}`,
    `--state=${path.join(folder, 'simulator')}`,
    ...(batchMs === undefined ? [] : [`--batch-ms=${batchMs}`]),
  ];
  return startReporting({
    name: 'the simulator',
    command: [process.execPath, path.join(packageRoot(), 'dist', 'simulator', 'main.js'), '--json', '--exit-with-stdin', ...flags],
    env: { PATH: process.env['PATH'] },
    logFile: path.join(folder, 'simulator.log'),
    report: (line) => (typeof line === 'object' && line !== null && 'url' in line ? true : undefined),
  }).then(({ child }) => child);
}

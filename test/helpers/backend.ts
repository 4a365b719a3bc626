import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { repeatQueries } from '../../common/repeat-queries';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { makeNamespaces } from './namespaces';
import { startTestServer } from './temporal';
import { startWorkerProcess, storeFolder } from './worker-process';

/** A namespace with built workers as processes of their own, that may be killed, and a simulator in this process. */
export interface Backend {
  readonly client: Client;
  readonly simulator: Simulator;
  readonly namespace: string;
  /** Everything is kept here. */
  readonly folder: string;
  /** The store of its workers. */
  readonly store: string;
  /** What the command line needs to be a client of it. */
  readonly env: Readonly<Record<string, string>>;
  startWorker(): Promise<GuardedProcess>;
  close(): Promise<void>;
}

/** @param name Begins the namespace. */
export async function startBackend(name: string, options: SimulatorOptions = { latency: 0 }): Promise<Backend> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `troupe-${name}-`));
  const [server, simulator] = await Promise.all([startTestServer(), startSimulator(options)]);
  const connection = await Connection.connect({ address: server.address });
  const namespace = `${name}-${process.pid}`;
  await makeNamespaces(connection, [namespace]);
  const workers: GuardedProcess[] = [];
  const store = storeFolder(folder);
  return {
    client: new Client({ connection, namespace, interceptors: { workflow: [repeatQueries(connection)] } }),
    simulator,
    namespace,
    folder,
    store,
    env: { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: namespace, TROUPE_STORE: store },
    startWorker: async () => {
      const worker = await startWorkerProcess({ address: server.address, namespace, claude: simulator.url, folder });
      workers.push(worker);
      return worker;
    },
    close: async () => {
      for (const worker of workers) worker.kill();
      await Promise.all(workers.map((worker) => worker.ended));
      await Promise.all([connection.close(), simulator.close(), server.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

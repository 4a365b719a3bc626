import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { resolveTemporalCli } from '../../worker/local/resolve-temporal-cli';
import { startTemporalServer } from '../../worker/local/temporal-server';

/** Set by the global set-up of the "server" project: the address of the server that all its files share. */
export const SHARED_SERVER = 'TROUPE_TEST_TEMPORAL';

export interface TestServer {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  readonly namespace: string;
  /** Ends the server if it is this caller's own; the shared one stays. */
  close(): Promise<void>;
}

/**
 * A tuned in-memory server with fast timers and Troupe's search attributes: the shared one of the test run if there is one,
 * else an own one. It dies with the process, however that ends. Files share a namespace: use ids and task queues of your own.
 */
export async function startTestServer(): Promise<TestServer> {
  const shared = process.env[SHARED_SERVER];
  if (shared) return { address: shared, namespace: 'default', close: () => Promise.resolve() };
  return startOwnTestServer();
}

/** A server of the caller's own, for tests that break it. */
export async function startOwnTestServer(): Promise<TestServer> {
  const onProgress = (line: string) => process.stderr.write(`${line}\n`);
  const cli = await resolveTemporalCli({ env: process.env, onProgress });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-test-server-'));
  const options = { cli: cli.path, env: process.env, logFile: path.join(folder, 'temporal.log') };
  const server = await startTemporalServer({ ...options, port: 0, uiPort: 0, headless: true, fastTimers: true });
  return {
    address: server.address,
    namespace: server.namespace,
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

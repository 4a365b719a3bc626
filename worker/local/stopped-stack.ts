import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { lock } from 'proper-lockfile';

import type { Environment } from './cache-dir';
import { resolveTemporalCli } from './resolve-temporal-cli';
import { stackFiles, type StackFiles } from './stack-files';
import { connectTo } from './supervisor-socket';
import { startTemporalServer } from './temporal-server';

/** A server that knows what a stopped stack knew. */
export interface StoppedStack {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  readonly namespace: string;
  close(): Promise<void>;
}

/** A larger database takes longer to copy than what it tells is worth. */
const LARGEST_BYTES = 512 * 1_024 * 1_024;

/**
 * Opens a copy of what the local stack of a data folder keeps, for reading: no open run goes on by it, no schedule starts one.
 * @returns undefined when there is nothing to read, it is too large, or the stack is up or about to be
 */
export async function openStoppedStack(dataDir: string, env: Environment): Promise<StoppedStack | undefined> {
  if (!existsSync(path.join(dataDir, 'temporal.db'))) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-former-'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  // A command may end while nobody waits for it any more; a copy of hundreds of megabytes must not stay behind.
  process.once('exit', remove);
  const databaseFile = path.join(folder, 'temporal.db');
  try {
    if (!(await copyDatabase(stackFiles(path.resolve(dataDir)), databaseFile))) {
      remove();
      return undefined;
    }
    const cli = await resolveTemporalCli({ env });
    const place = { databaseFile, logFile: path.join(folder, 'temporal.log'), port: 0, uiPort: 0, headless: true } as const;
    const server = await startTemporalServer({ cli: cli.path, env, ...place });
    return {
      address: server.address,
      namespace: server.namespace,
      close: async () => {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Under the lock that every start takes, so that nobody writes meanwhile. False when it must not be copied. */
async function copyDatabase(files: StackFiles, target: string): Promise<boolean> {
  const unlock = await lock(files.dataDir, { lockfilePath: files.lock, stale: 5_000, update: 1_000 }).catch(() => undefined);
  if (unlock === undefined) return false;
  try {
    const up = await connectTo(files.socket);
    up?.destroy();
    const parts = ['', '-wal'].filter((ending) => existsSync(`${files.database}${ending}`));
    const bytes = parts.reduce((sum, ending) => sum + statSync(`${files.database}${ending}`).size, 0);
    if (up !== undefined || bytes > LARGEST_BYTES) return false;
    for (const ending of parts) copyFileSync(`${files.database}${ending}`, `${target}${ending}`);
    return true;
  } finally {
    await unlock().catch(() => undefined);
  }
}

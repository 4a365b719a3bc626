import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { lock } from 'proper-lockfile';

import { readSettings } from '../../common/settings';
import type { Environment } from './cache-dir';
import { packageRoot } from './package-root';
import { spawnSupervisor } from './spawn-supervisor';
import { digestWishes, type StackConfig } from './stack-config';
import { stackFiles, type StackFiles } from './stack-files';
import { joinOver, vanished, type LocalStack } from './stack-lease';
import { connectTo } from './supervisor-socket';

export type { LocalStack } from './stack-lease';

export interface JoinOptions {
  /** Folder of the stack; made if need be. @default TROUPE_DATA, `.troupe` */
  readonly dataDir?: string;
  /** Where settings and keys come from, usually `process.env`. */
  readonly env: Environment;
  /** Wanted port of the Temporal frontend, for a stack that is not up yet. @default TROUPE_PORT, 7233 */
  readonly port?: number;
  /** Wanted port of the Web UI. @default TROUPE_UI_PORT, 8233 */
  readonly uiPort?: number;
  /** Server and simulator only. @default false */
  readonly noWorker?: boolean;
  /** No worker: the server wakes functions. Unset: as the stack is, else with a worker. @default false */
  readonly serverless?: boolean;
  /** Join whatever stack runs, for commands that only look. @default false */
  readonly anySettings?: boolean;
  /** The command that joins, for the supervisor's log. @default 'a command' */
  readonly command?: string;
  /** A line for a person: what takes long, what died and was started again. */
  readonly onProgress?: (line: string) => void;
  /** A line about a function that has started or ended. */
  readonly onFunction?: (line: string) => void;
  /** Programs to run instead of the built worker and simulator. */
  readonly scripts?: { readonly worker?: string; readonly simulator?: string; readonly function?: string };
}

/** Longest wait for other commands that start or stop the stack at the same moment. */
const CROWD_MS = 120_000;

/**
 * Joins the local stack of a data folder, starting it when it is not up, and holds it until the lease ends: by `release()`,
 * `detach()`, `interrupt()`, or with this process. Resolves when Temporal, Claude and the worker are ready.
 * @throws Error `Cannot …` when the environment is wrong, when a part does not start (then nothing is left running), or when a
 *   stack with other settings is in use.
 */
export async function joinLocalStack(options: JoinOptions): Promise<LocalStack> {
  if (process.platform === 'win32') {
    throw new Error('Cannot start the local stack: Windows itself is not supported; use WSL, or set TEMPORAL_ADDRESS to a running server');
  }
  const settings = readSettings(options.env);
  const files = stackFiles(path.resolve(options.dataDir ?? settings.TROUPE_DATA));
  const root = packageRoot();
  const code = path.join(root, 'dist', 'function', 'index.js');
  if (options.serverless === true && !existsSync(code))
    throw new Error(`Cannot start the local stack: "${code}", the code of its functions, is missing; run "npm run build"`);
  const config: StackConfig = {
    dataDir: files.dataDir,
    port: options.port ?? settings.TROUPE_PORT,
    uiPort: options.uiPort ?? settings.TROUPE_UI_PORT,
    noWorker: (options.noWorker ?? false) || (options.serverless ?? false),
    serverless: options.serverless ?? false,
    workerScript: options.scripts?.worker ?? path.join(root, 'dist', 'worker', 'main.js'),
    functionScript: options.scripts?.function ?? path.join(root, 'dist', 'worker', 'lambda-local.js'),
    simulatorScript: options.scripts?.simulator ?? path.join(root, 'dist', 'simulator', 'main.js'),
  };
  const joining = {
    settings: digestWishes(options.env, options.serverless),
    anySettings: options.anySettings ?? false,
    who: `${options.command ?? 'a command'} (process ${process.pid})`,
    onProgress: options.onProgress,
    onFunction: options.onFunction,
  };
  let deaths = 0;
  for (const end = Date.now() + CROWD_MS; Date.now() < end;) {
    const socket = (await connectTo(files.socket)) ?? (await startOnce(files, config, options.env));
    const stack = socket && (await joinOver(socket, files, joining));
    if (typeof stack === 'object') return stack;
    // It closes the connection when it is gone: then it is this command's turn to start one. One that was just killed may be met once.
    if (stack === 'vanished' && ++deaths === 3) throw vanished(files);
  }
  throw new Error(`Cannot join the local stack in "${files.dataDir}": it keeps stopping; see "${files.log('supervisor')}"`);
}

/** Starts a supervisor and connects to it; undefined when another process does so right now. */
async function startOnce(files: StackFiles, config: StackConfig, env: Environment): Promise<Socket | undefined> {
  // A laptop that slept may lose its lock; the socket then still admits only one supervisor, so that is no reason to throw.
  const options = { lockfilePath: files.lock, stale: 5_000, update: 1_000, onCompromised: () => undefined };
  const unlock = await lock(files.dataDir, options).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  });
  if (unlock === undefined) {
    await delay(20);
    return undefined;
  }
  try {
    return (await connectTo(files.socket)) ?? (await spawnSupervisor(files, config, env));
  } finally {
    await unlock().catch(() => undefined);
  }
}

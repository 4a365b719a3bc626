import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { z } from 'zod';

import { defaultStore } from '../../storage/default-location';
import { makeDataDir } from './data-dir';

/** Everything that one local stack keeps, all in its data folder. */
export interface StackFiles {
  readonly dataDir: string;
  readonly database: string;
  readonly simulatorState: string;
  readonly store: string;
  /** Unix socket of the supervisor; an open connection to it is a lease on the stack. */
  readonly socket: string;
  /** What runs where, for people and tools; no secrets. */
  readonly info: string;
  readonly lock: string;
  log(name: 'supervisor' | 'temporal' | 'simulator' | 'worker' | 'function'): string;
}

/** Socket addresses hold 104 bytes on macOS and 108 on Linux, the closing zero included. */
const LONGEST_SOCKET = 100;

/**
 * The files of the stack in a data folder, which is made if need be.
 * @throws Error `Cannot use the data folder "…"` when it cannot be made.
 */
export function stackFiles(folder: string): StackFiles {
  const dataDir = makeDataDir(folder);
  const at = (...parts: string[]) => path.join(dataDir, ...parts);
  return {
    dataDir,
    database: at('temporal.db'),
    simulatorState: at('simulator'),
    store: defaultStore(dataDir),
    socket: socketPath(dataDir),
    info: at('stack.json'),
    lock: at('stack.lock'),
    log: (name) => at('logs', `${name}.log`),
  };
}

function socketPath(dataDir: string): string {
  const near = path.join(dataDir, 'stack.sock');
  if (Buffer.byteLength(near) <= LONGEST_SOCKET) return near;
  const user = process.getuid?.() ?? 0;
  const folder = path.join(os.tmpdir(), `troupe-${user}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A shared temporary folder: what another user prepared under this name must not receive our commands.
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== user) {
    throw new Error(`Cannot use the folder "${folder}": it belongs to somebody else; use a data folder with a shorter path`);
  }
  return path.join(folder, `${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}.sock`);
}

const functionsSchema = z.object({
  /** Process ids of those that run now. */
  running: z.array(z.number()),
  /** Since the stack started. */
  started: z.number(),
  /** Of those that have ended, from the start of the process to its end. */
  busySeconds: z.number(),
});

/** What functions have done. */
export type FunctionsView = z.infer<typeof functionsSchema>;

const infoSchema = z.object({
  pid: z.number(),
  socket: z.string(),
  temporal: z.string(),
  namespace: z.string(),
  ui: z.string().nullable(),
  claude: z.string().nullable(),
  simulated: z.boolean(),
  store: z.string(),
  processes: z.object({ temporal: z.number(), simulator: z.number().nullable(), worker: z.number().nullable() }),
  /** Functions that the server has woken in place of a worker; null: there is a worker. */
  functions: functionsSchema.nullable().default(null),
  serverless: z.string().nullable().default(null),
});

/** Content of `stack.json`. */
export type StackInfo = z.infer<typeof infoSchema>;

/** What the running, or the last, supervisor recorded; undefined when there is none or it is not readable. */
export function readStackInfo(files: StackFiles): StackInfo | undefined {
  try {
    return infoSchema.parse(JSON.parse(readFileSync(files.info, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeStackInfo(files: StackFiles, info: StackInfo): void {
  const part = `${files.info}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify(info, null, 2)}\n`, { mode: 0o600 });
  renameSync(part, files.info);
}

import { spawn } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Environment } from './cache-dir';
import { withNothingElse } from './inherited-files';
import { lastLines, openLog } from './log-file';
import { packageRoot } from './package-root';
import type { StackConfig } from './stack-config';
import type { StackFiles } from './stack-files';
import { connectTo } from './supervisor-socket';

const LISTENING_MS = 20_000;

/**
 * Starts the supervisor, in a session of its own so that it outlives this command and its terminal, and waits until it listens.
 * @returns a connection to it; undefined when another supervisor was faster.
 * @throws Error `Cannot start the local stack: …`.
 */
export async function spawnSupervisor(files: StackFiles, config: StackConfig, env: Environment): Promise<Socket | undefined> {
  const script = path.join(packageRoot(), 'dist', 'worker', 'local', 'supervisor.js');
  if (!existsSync(script)) throw new Error(`Cannot start the local stack: "${script}" is missing; run "npm run build"`);
  const logFile = files.log('supervisor');
  const log = openLog(logFile);
  const child = withNothingElse(['ignore', log, log], (stdio) =>
    spawn(process.execPath, [script, JSON.stringify(config)], { env: { ...env }, detached: true, stdio }),
  );
  closeSync(log);
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = signal ?? `code ${code}`));
  child.unref();
  for (const end = Date.now() + LISTENING_MS; Date.now() < end; await delay(5)) {
    const socket = await connectTo(files.socket);
    if (socket !== undefined) return socket;
    if (ended === 'code 0') return undefined;
    if (ended !== undefined) {
      throw new Error(`Cannot start the local stack: its supervisor ended with ${ended}: ${lastLines(logFile)}; see "${logFile}"`);
    }
  }
  child.kill('SIGKILL');
  throw new Error(`Cannot start the local stack: its supervisor does not answer; see "${logFile}"`);
}

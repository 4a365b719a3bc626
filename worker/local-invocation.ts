import { createWriteStream } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

import { readSettings } from '../common/settings';
import { FUNCTION_ENVIRONMENT, FUNCTION_SOCKET } from './local/function-environment';
import { openLog as openLogFile } from './local/log-file';
import { onReplies, say } from './local/stack-messages';
import { connectTo } from './local/supervisor-socket';
import { buildIdOf } from './serverless/build-id';

/** The server kills what it has started after a minute. */
const LONGEST_MS = 58_000;
/** After the stack has gone, open calls may still journal what they know. */
const ORPHAN_MS = 2_000;

/** What serves, and most of the code: loaded only when it is needed, for many a function is not. */
export const loadServe = () => require('./serverless/serve') as typeof import('./serverless/serve');

/**
 * A local function: one invocation with a deadline, as AWS would make it. The local server starts its process
 * and keeps neither its output nor its exit code, so it reports to the stack's supervisor and logs to a file.
 */
export async function invokeOnce(): Promise<void> {
  const startedAt = performance.timeOrigin;
  // The server hands on its own environment; ours travels in one variable of it, so that none of ours steers the server.
  Object.assign(process.env, JSON.parse(process.env[FUNCTION_ENVIRONMENT] ?? '{}'));
  const settings = readSettings(process.env);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  const buildId = buildIdOf(settings.TROUPE_BUILD_ID, __dirname, path.join(__dirname, '..', 'workflow-bundle.js'));
  const supervisor = await reportTo(process.env[FUNCTION_SOCKET], { buildId, startedAt, stop });
  const log = openLog(path.join(settings.TROUPE_DATA, 'logs', 'function.log'));
  try {
    const serve = loadServe().createServe({ env: { ...process.env, TROUPE_BUILD_ID: buildId }, folder: __dirname, log });
    const onDrain = (): void => {
      if (supervisor !== undefined) say(supervisor, { type: 'functionDrains' });
    };
    // As on AWS, the time of the start itself is not the invocation's.
    const deadline = Math.min(Date.now() + settings.TROUPE_FUNCTION_SECONDS * 1_000, startedAt + LONGEST_MS);
    const remainingMs = (): number => deadline - Date.now();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), remainingMs());
    const { reason, workflowTasks, activities, busyMs } = await serve({ remainingMs, stop: stop.signal, onDrain });
    log({ visit: { reason, workflowTasks, activities, busyMs, buildId } });
    if (supervisor !== undefined) say(supervisor, { type: 'functionEnds', reason, workflowTasks, activities });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log({ error: message });
    if (supervisor !== undefined) say(supervisor, { type: 'functionEnds', reason: message, workflowTasks: 0, activities: 0 });
  }
  await Promise.all([hangUp(supervisor), log.end()]);
}

interface Reported {
  readonly buildId: string;
  readonly startedAt: number;
  readonly stop: AbortController;
}

/** An open connection to the supervisor says that this function runs, and ends it when the stack goes: nothing else would. Ends the process when it is not needed. */
async function reportTo(socketPath: string | undefined, { buildId, startedAt, stop }: Reported): Promise<Socket | undefined> {
  if (socketPath === undefined) return undefined;
  const socket = await connectTo(socketPath);
  // A function that outlives its stack is nobody's.
  if (socket === undefined) process.exit(0);
  const needed = new Promise<boolean>((resolve) => {
    onReplies(socket, (reply) => {
      if (reply.type === 'functionIs') resolve(reply.needed);
    });
    socket.once('close', () => {
      resolve(false);
      stop.abort();
      setTimeout(() => process.exit(1), ORPHAN_MS).unref();
    });
  });
  say(socket, { type: 'function', pid: process.pid, buildId, startedAt });
  if (!(await needed)) process.exit(0);
  return socket;
}

function openLog(file: string): ((line: object) => void) & { end(): Promise<void> } {
  const stream = createWriteStream(file, { fd: openLogFile(file) });
  stream.on('error', () => undefined);
  const end = (): Promise<void> => new Promise((resolve) => stream.end(resolve));
  return Object.assign((line: object) => void stream.write(`${JSON.stringify(line)}\n`), { end });
}

function hangUp(socket: Socket | undefined): Promise<void> {
  return new Promise((resolve) => (socket === undefined ? resolve() : socket.end(resolve)));
}

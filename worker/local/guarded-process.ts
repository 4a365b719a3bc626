import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';

import type { Environment } from './cache-dir';
import { openLog } from './log-file';

export interface GuardedOptions {
  readonly command: readonly [string, ...string[]];
  /** Exactly what the process sees of the environment. */
  readonly env: Environment;
  readonly logFile: string;
  /** Seconds between SIGTERM and SIGKILL when the owner has died. @default 0 */
  readonly orphanGraceSeconds?: number;
  /** `lines`: stdout is read by the owner (and logged by it). `log`: it goes to the log file. @default 'log' */
  readonly stdout?: 'lines' | 'log';
  /** Like `stdout`. @default 'log' */
  readonly stderr?: 'lines' | 'log';
  /** @default the owner's */
  readonly cwd?: string;
  /** Keeps an open pipe on stdin, for programs that end with it. @default false */
  readonly stdin?: boolean;
}

/** A child process that cannot outlive its owner. */
export interface GuardedProcess {
  readonly pid: number;
  readonly logFile: string;
  /** What the owner reads itself. */
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Resolves once it is gone, with a phrase like `code 1` or `SIGKILL`. Never rejects. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** SIGTERM, then SIGKILL after `graceMs`; resolves once it is gone. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

/*
 * The guard. A process that is killed with -9 cannot tell its children, so each child has a watcher that blocks on a pipe (fd 3)
 * whose other end only the owner holds: the kernel closes it however the owner dies, and the watcher then ends the child and all
 * it started. The shell forks the watcher first and then becomes the child itself (exec), so there is no moment without a guard,
 * and the owner sees the child's own pid and exit. Child and watcher form a process group of their own: Ctrl-C in the owner's
 * terminal passes them by, and the pid cannot be reused for as long as the watcher lives, so it never hits a stranger.
 */
const WATCH = 'read -r _ <&3; kill -TERM $$; n=$0; while [ "$n" -gt 0 ] && kill -0 $$; do sleep 1; n=$((n-1)); done; kill -KILL -$$';
const GUARD = `{ ${WATCH}; } </dev/null >/dev/null 2>&1 & exec "$@" 3<&-`;

/**
 * Starts a process that ends when this process ends, in whatever way.
 * @throws Error `Cannot start "…"` when the program cannot be run at all.
 */
export async function startGuarded(options: GuardedOptions): Promise<GuardedProcess> {
  const log = openLog(options.logFile);
  const out = (kind?: 'lines' | 'log') => (kind === 'lines' ? 'pipe' : log);
  const grace = String(options.orphanGraceSeconds ?? 0);
  const child = spawn('/bin/sh', ['-c', GUARD, grace, ...options.command], {
    env: { ...options.env },
    cwd: options.cwd,
    detached: true,
    stdio: [options.stdin === true ? 'pipe' : 'ignore', out(options.stdout), out(options.stderr), 'pipe'],
  });
  closeSync(log);
  const pid = child.pid;
  if (pid === undefined) {
    const reason = await new Promise<Error>((resolve) => child.once('error', resolve));
    throw new Error(`Cannot start "${options.command[0]}": ${reason.message}; a POSIX shell at /bin/sh is needed`);
  }
  return control(child, pid, options.logFile);
}

function control(child: ChildProcess, pid: number, logFile: string): GuardedProcess {
  let running = true;
  // Writing to a dead child's pipe is no news: its exit is.
  for (const stream of child.stdio) stream?.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      killGroup(pid);
      resolve(signal ?? `code ${code}`);
    });
  });
  const kill = () => {
    if (running) child.kill('SIGKILL');
  };
  const stop = async (graceMs: number) => {
    if (!running) return;
    child.kill('SIGTERM');
    const timer = setTimeout(kill, graceMs);
    await ended;
    clearTimeout(timer);
  };
  return { pid, logFile, stdout: child.stdout, stderr: child.stderr, ended, isRunning: () => running, stop, kill };
}

/** Ends the watcher, and whatever the child may have left in its group. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

import { setTimeout as delay } from 'node:timers/promises';

import type { GuardedProcess } from './guarded-process';
import { lastLines } from './log-file';

export interface KeepAliveOptions {
  /** For messages: `the worker`. */
  readonly name: string;
  /** The process as it runs now. */
  readonly first: GuardedProcess;
  /** Starts it again, on the same ports. */
  readonly restart: () => Promise<GuardedProcess>;
  /** Ends the care: a process that ends after this is meant to. */
  readonly signal: AbortSignal;
  /** Whether a process was ended in order to be started again: that is no death. @default it never is */
  readonly isMeant?: (child: GuardedProcess) => boolean;
  /** Called with each process, the first one included, and with a line about each death. */
  readonly onRunning: (child: GuardedProcess) => void;
  readonly onDeath: (line: string) => void;
  /** @default 100 */
  readonly firstDelayMs?: number;
}

/** Deaths within a minute after which something is wrong that a restart does not cure. */
export const MOST_DEATHS = 5;
const WINDOW_MS = 60_000;
const LONGEST_DELAY_MS = 5_000;

/**
 * Restarts a process whenever it dies, after 0.1 s, then twice as long each time. Resolves when the signal fires.
 * @throws Error `Cannot keep <name> running: …` after five deaths within a minute.
 */
export async function keepAlive(options: KeepAliveOptions): Promise<void> {
  const deaths: number[] = [];
  let child: GuardedProcess | undefined = options.first;
  while (!options.signal.aborted) {
    const how = await lifeOf(child, options);
    if (options.signal.aborted) return;
    if (child === undefined || options.isMeant?.(child) !== true) {
      deaths.push(Date.now());
      const recent = deaths.filter((at) => at > Date.now() - WINDOW_MS).length;
      if (recent >= MOST_DEATHS) throw tooMany(options, how, recent);
      options.onDeath(`${options.name} died (${how}) and is started again`);
      const pause = Math.min((options.firstDelayMs ?? 100) * 2 ** (recent - 1), LONGEST_DELAY_MS);
      await delay(pause, undefined, { signal: options.signal }).catch(() => undefined);
    }
    if (!options.signal.aborted) child = await options.restart().catch(() => undefined);
  }
  // Stopped in the middle of a restart.
  child?.kill();
}

/** Waits for the end of a process, and tells how that was. */
async function lifeOf(child: GuardedProcess | undefined, options: KeepAliveOptions): Promise<string> {
  if (child === undefined) return 'it did not start';
  options.onRunning(child);
  return `it ended with ${await child.ended}`;
}

function tooMany({ name, first }: KeepAliveOptions, how: string, times: number): Error {
  const log = first.logFile;
  return new Error(`Cannot keep ${name} running: ${how}, ${times} deaths within a minute: ${lastLines(log)}; see "${log}"`);
}

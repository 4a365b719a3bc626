import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface WorkLoop {
  /** There may be work. */
  wake(): void;
  /** Resolves when everything that is due is done, or after five seconds. */
  caughtUp(): Promise<void>;
  close(): void;
}

interface Options {
  readonly now: () => number;
  /** When there is work next, epoch milliseconds; Infinity without any. */
  readonly nextAt: () => number;
  /** Does a small part of what is due; false when nothing was. */
  readonly step: () => boolean;
}

/** Work goes on so long before others get their turn. */
const WORK_MS = 10;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const CATCH_UP_MS = 5_000;

/** Does work when it is due, in small parts between which requests are answered. */
export function createWorkLoop({ now, nextAt, step }: Options): WorkLoop {
  let closed = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    let since = -Infinity;
    do {
      if (performance.now() - since < WORK_MS) continue;
      await nextTurn();
      since = performance.now();
    } while (!closed && step());
  };
  const wake = (): void => {
    if (closed || running !== undefined) return;
    clearTimeout(timer);
    running = run().then(rest, fail);
  };
  const rest = (): void => {
    running = undefined;
    const wait = nextAt() - now();
    if (!closed && wait !== Infinity) timer = setTimeout(wake, Math.min(LONGEST_TIMER_MS, Math.max(0, wait))).unref();
  };
  const fail = (error: unknown): void => {
    // Half of a part may be done: going on could bill it twice.
    closed = true;
    process.emitWarning(error instanceof Error ? error : String(error));
  };

  return {
    wake,
    caughtUp: async () => {
      wake();
      let limit: NodeJS.Timeout | undefined;
      await Promise.race([running, new Promise((resolve) => (limit = setTimeout(resolve, CATCH_UP_MS)))]);
      clearTimeout(limit);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

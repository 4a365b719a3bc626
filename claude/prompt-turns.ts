/** What Claude says of the prompt when an answer begins. */
export interface BegunUsage {
  readonly cache_creation_input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
}

/** One request on its way. */
export interface PromptTurn {
  /** Its answer has begun: from now on others read what it has written to the prompt cache. */
  begun(usage: BegunUsage): void;
  /** It has ended, with or without an answer. */
  ended(): void;
}

/** Lets one request write the beginning of a prompt to Claude's cache before others that share it go. One per process. */
export interface PromptTurns {
  /**
   * Resolves when a request may go. One that waits does so until the request that writes has begun to be answered, at most
   * `LONGEST_WAIT_MS`; when that one fails, another writes.
   * @param prefix Names the shared beginning; see `RenderedRequest.prefix`.
   * @param waits Whether nobody minds. A request that does not wait still writes for those that do.
   */
  take(prefix: string, options: { readonly waits: boolean; readonly signal: AbortSignal }): Promise<PromptTurn>;
}

export interface PromptTurnsOptions {
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default LONGEST_WAIT_MS */
  readonly longestWaitMs?: number;
}

/** Answers begin within a second or two; a slower one is not worth more patience. */
export const LONGEST_WAIT_MS = 5_000;
/** Of an entry from the start of the request that wrote or read it last, less what the way to Claude may take. */
const WARM_MS = 5 * 60_000 - 10_000;
const PREFIXES_KEPT = 1_000;

interface Prefix {
  /** Epoch milliseconds up to which nobody needs to wait. */
  warmUntil: number;
  /** Resolves when the request that writes has begun to be answered, or has failed; null when none is on its way. */
  writing: Promise<void> | null;
}

export function createPromptTurns({ now = Date.now, longestWaitMs = LONGEST_WAIT_MS }: PromptTurnsOptions = {}): PromptTurns {
  const prefixes = new Map<string, Prefix>();

  const find = (name: string): Prefix => {
    const prefix = prefixes.get(name) ?? { warmUntil: 0, writing: null };
    // The one that was used last is the last.
    prefixes.delete(name);
    prefixes.set(name, prefix);
    for (const oldest of prefixes.keys()) if (prefixes.size > PREFIXES_KEPT) prefixes.delete(oldest);
    return prefix;
  };

  const turnOf = (prefix: Prefix, writes: boolean): PromptTurn => {
    const sentAt = now();
    let release = (): void => undefined;
    if (writes) {
      const writing = new Promise<void>((resolve) => (release = resolve));
      prefix.writing = writing;
    }
    const ended = (): void => {
      if (writes) prefix.writing = null;
      writes = false;
      release();
    };
    return {
      begun: ({ cache_creation_input_tokens: written, cache_read_input_tokens: read }) => {
        const cached = (written ?? 0) + (read ?? 0) > 0;
        // Not cached although it was asked for: it is too short after all, and waiting brings nothing.
        prefix.warmUntil = cached ? sentAt + WARM_MS : Infinity;
        ended();
      },
      ended,
    };
  };

  return {
    take: async (name, { waits, signal }) => {
      const until = now() + longestWaitMs;
      for (;;) {
        const prefix = find(name);
        const left = until - now();
        if (prefix.warmUntil > now() || (prefix.writing !== null && (!waits || left <= 0 || signal.aborted))) return turnOf(prefix, false);
        if (prefix.writing === null) return turnOf(prefix, true);
        await settledWithin(prefix.writing, left, signal);
      }
    },
  };
}

/** Resolves when `settled` does, the time is over or the signal is given. */
function settledWithin(settled: Promise<void>, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    void settled.then(done);
  });
}

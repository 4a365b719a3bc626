/** A clock that jumps to the next timer as soon as nothing else is left to do. */
export interface VirtualClock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Runs `body`; rejects when it waits for something that no timer brings. */
  readonly run: <Output>(body: () => Promise<Output>) => Promise<Output>;
}

export function virtualClock(): VirtualClock {
  let now = 0;
  const timers: Array<{ at: number; wake: () => void }> = [];
  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => timers.push({ at: now + ms, wake })),
    async run(body) {
      let settled = false;
      const outcome = body().finally(() => (settled = true));
      outcome.catch(() => undefined); // whoever awaits what this returns hears of it
      for (;;) {
        await new Promise(setImmediate); // every promise that can go on has done so
        if (settled) return outcome;
        const next = timers.sort((a, b) => a.at - b.at).shift();
        if (next === undefined) throw new Error(`Nothing happens any more at ${now} ms`);
        now = next.at;
        next.wake();
      }
    },
  };
}

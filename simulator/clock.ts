/** Wall clock that can be moved forward, so that lifetimes of minutes and hours can be tested at once. Timers stay real. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** @throws RangeError when `ms` is negative or not finite. */
  advance(ms: number): void;
}

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      if (!Number.isFinite(ms) || ms < 0)
        throw new RangeError(`Cannot advance the clock: ${ms} is not a positive number of milliseconds; time only moves forward`);
      offset += ms;
    },
  };
}

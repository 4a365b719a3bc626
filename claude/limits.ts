/**
 * Whether a request to a model may be sent now. One per process here; a fleet-wide one has the same shape, which is why
 * both answer with promises.
 */
export interface RateLimits {
  /** Milliseconds after which to ask again; 0 means send. */
  waitFor(model: string): Promise<number>;
  /** Claude answered 429 and asked to stay away for `retryAfterMs`. */
  limited(model: string, retryAfterMs: number): Promise<void>;
}

/** Calls that wait for the same moment come back spread over this part of their wait, or over this many milliseconds. */
const SPREAD = 0.25;
const MAX_SPREAD_MS = 5_000;

/** Adds a random part to a wait, so that callers who were refused together do not come back together. */
export function spread(waitMs: number, random: () => number = Math.random): number {
  return Math.ceil(waitMs + random() * Math.min(waitMs * SPREAD, MAX_SPREAD_MS));
}

/**
 * After a 429, further requests to that model would only be refused too: they fail at once, unsent, and Temporal waits.
 */
export function createProcessLimits(now: () => number = Date.now, random: () => number = Math.random): RateLimits {
  const closedUntil = new Map<string, number>();
  return {
    async waitFor(model) {
      const remaining = (closedUntil.get(model) ?? 0) - now();
      return remaining > 0 ? spread(remaining, random) : 0;
    },
    async limited(model, retryAfterMs) {
      closedUntil.set(model, Math.max(closedUntil.get(model) ?? 0, now() + retryAfterMs));
    },
  };
}

import { apiError, type ApiError } from '../api-error';
import type { Clock } from '../clock';
import type { BatchLimits, LimitsOption } from '../limits';

const PRESETS: Readonly<Record<'start' | 'build' | 'scale', BatchLimits>> = {
  start: { requests: 1_000, queued: 200_000 },
  build: { requests: 2_000, queued: 300_000 },
  scale: { requests: 4_000, queued: 500_000 },
};

export interface BatchLimiter {
  /** Takes one request to an endpoint of batches, or says why not. */
  admit(): ApiError | undefined;
  /** Says why so many items more may not wait. */
  enqueue(count: number, queued: number): ApiError | undefined;
  headers(): Record<string, string>;
  configure(limits: LimitsOption): void;
}

/** Limits of their own: requests to the endpoints of batches per minute, refilled continuously, and items that wait. */
export function createBatchLimiter(clock: Clock, initial: LimitsOption): BatchLimiter {
  let limits = PRESETS.scale;
  let enforced = false;
  let level = 0;
  let at = 0;

  const configure = (option: LimitsOption): void => {
    enforced = option !== 'off';
    limits = option === 'off' ? PRESETS.scale : typeof option === 'string' ? PRESETS[option] : (option.batches ?? PRESETS.scale);
    level = limits.requests;
    at = clock.now();
  };
  configure(initial);

  const refill = (): void => {
    const now = clock.now();
    level = Math.min(limits.requests, level + ((now - at) / 60_000) * limits.requests);
    at = now;
  };
  const secondsUntil = (wanted: number): number => Math.ceil(((wanted - level) / limits.requests) * 60);

  return {
    configure,
    admit: () => {
      if (!enforced) return undefined;
      refill();
      if (level >= 1) {
        level -= 1;
        return undefined;
      }
      const message = `This request would exceed your organization's rate limit of ${limits.requests} requests per minute for Message Batches`;
      return apiError(429, { message, headers: { 'retry-after': String(Math.max(1, secondsUntil(1))) } });
    },
    enqueue: (count, queued) => {
      if (!enforced || queued + count <= limits.queued) return undefined;
      const message = `This batch would exceed your organization's limit of ${limits.queued} batch requests in the processing queue`;
      return apiError(429, { message, headers: { 'retry-after': '60' } });
    },
    headers: () => {
      refill();
      const reset = Math.ceil(clock.now() / 1_000 + Math.max(0, secondsUntil(limits.requests))) * 1_000;
      return {
        'anthropic-ratelimit-requests-limit': String(limits.requests),
        'anthropic-ratelimit-requests-remaining': String(Math.max(0, Math.floor(level))),
        'anthropic-ratelimit-requests-reset': `${new Date(reset).toISOString().slice(0, 19)}Z`,
      };
    },
  };
}

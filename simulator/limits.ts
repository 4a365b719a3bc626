import { apiError, type ApiError } from './api-error';
import type { Clock } from './clock';
import type { SimulatedModel } from './models';

/** Rate limits of one model class, per minute. */
export interface RateLimits {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Limits of Message Batches. */
export interface BatchLimits {
  /** Requests to the endpoints of batches, per minute. */
  readonly requests: number;
  /** Items of all batches that wait to be answered. */
  readonly queued: number;
}

export interface CustomLimits extends RateLimits {
  /** @default those of the tier scale */
  readonly batches?: BatchLimits;
  /** Own row of the Fable models. @default the same as the others */
  readonly fable?: RateLimits;
  /** Requests answered at once; more get 529. @default no limit */
  readonly concurrency?: number;
  /** Requests within one second; more get 429 `ramp_limit_exceeded`. @default no limit */
  readonly perSecond?: number;
}

export type LimitsOption = 'off' | 'start' | 'build' | 'scale' | CustomLimits;

const PRESETS: Readonly<Record<'start' | 'build' | 'scale', CustomLimits>> = {
  start: { requests: 1_000, inputTokens: 2e6, outputTokens: 400e3, fable: { requests: 1_000, inputTokens: 500e3, outputTokens: 100e3 } },
  build: { requests: 5_000, inputTokens: 5e6, outputTokens: 1e6, fable: { requests: 2_000, inputTokens: 1.5e6, outputTokens: 300e3 } },
  scale: { requests: 10_000, inputTokens: 10e6, outputTokens: 2e6, fable: { requests: 4_000, inputTokens: 4e6, outputTokens: 800e3 } },
};

export const LIMIT_NAMES = ['off', ...Object.keys(PRESETS)] as const;

interface Bucket {
  readonly perMinute: number;
  level: number;
  at: number;
}

interface ClassState {
  readonly requests: Bucket;
  readonly inputTokens: Bucket;
  readonly outputTokens: Bucket;
  second: number;
  inSecond: number;
}

export interface RateLimiter {
  /**
   * Takes one request and its input tokens (cache reads excluded) or says why not.
   * @param inFlight Requests being answered now, this one included.
   */
  admit(key: string, model: SimulatedModel, demand: { readonly inputTokens: number; readonly inFlight: number }): ApiError | undefined;
  /** Takes output tokens once they are produced; the level may go below zero. */
  produced(key: string, model: SimulatedModel, outputTokens: number): void;
  headers(key: string, model: SimulatedModel): Record<string, string>;
  configure(limits: LimitsOption): void;
}

/** Token buckets per key and model class, refilled continuously. */
export function createRateLimiter(clock: Clock, initial: LimitsOption): RateLimiter {
  let limits: CustomLimits = PRESETS.scale;
  let enforced = false;
  let classes = new Map<string, ClassState>();

  const configure = (option: LimitsOption): void => {
    enforced = option !== 'off';
    limits = option === 'off' ? PRESETS.scale : typeof option === 'string' ? PRESETS[option] : option;
    classes = new Map();
  };
  configure(initial);

  const stateOf = (key: string, model: SimulatedModel): ClassState => {
    const name = `${key}\n${model.limitClass}`;
    const known = classes.get(name);
    if (known !== undefined) return known;
    const row = model.limitRow === 'fable' ? (limits.fable ?? limits) : limits;
    const at = clock.now();
    const full = (perMinute: number): Bucket => ({ perMinute, level: perMinute, at });
    const state = {
      requests: full(row.requests),
      inputTokens: full(row.inputTokens),
      outputTokens: full(row.outputTokens),
      second: 0,
      inSecond: 0,
    };
    classes.set(name, state);
    return state;
  };

  const refill = (bucket: Bucket): Bucket => refillBucket(bucket, clock.now());

  return {
    configure,
    admit: (key, model, { inputTokens, inFlight }) => {
      if (!enforced) return undefined;
      if (limits.concurrency !== undefined && inFlight > limits.concurrency) return apiError(529);
      const state = stateOf(key, model);
      const ramp = rampError(state, limits.perSecond, clock.now());
      if (ramp !== undefined) return ramp;
      // A request larger than the whole bucket is let through when the bucket is full, or it could never run.
      const input = refill(state.inputTokens);
      const short = [
        { what: 'requests per minute', bucket: refill(state.requests), need: 1 },
        { what: 'input tokens per minute', bucket: input, need: Math.min(inputTokens, input.perMinute) },
        { what: 'output tokens per minute', bucket: refill(state.outputTokens), need: 1 },
      ].filter(({ bucket, need }) => bucket.level < need);
      if (short.length > 0) return exhausted(model, short);
      state.requests.level -= 1;
      state.inputTokens.level -= inputTokens;
      return undefined;
    },
    produced: (key, model, outputTokens) => {
      if (enforced) refill(stateOf(key, model).outputTokens).level -= outputTokens;
    },
    headers: (key, model) => {
      const { requests, inputTokens, outputTokens } = stateOf(key, model);
      return limitHeaders(clock.now(), {
        requests: refill(requests),
        inputTokens: refill(inputTokens),
        outputTokens: refill(outputTokens),
      });
    },
  };
}

function rampError(state: ClassState, perSecond: number | undefined, now: number): ApiError | undefined {
  if (perSecond === undefined) return undefined;
  const second = Math.floor(now / 1_000);
  if (state.second !== second) Object.assign(state, { second, inSecond: 0 });
  state.inSecond += 1;
  if (state.inSecond <= perSecond) return undefined;
  const message = 'Your request rate rose too fast; increase it gradually';
  return apiError(429, { message, errorCode: 'ramp_limit_exceeded', headers: { 'retry-after': '1' } });
}

function refillBucket(bucket: Bucket, now: number): Bucket {
  bucket.level = Math.min(bucket.perMinute, bucket.level + ((now - bucket.at) / 60_000) * bucket.perMinute);
  bucket.at = now;
  return bucket;
}

function exhausted(model: SimulatedModel, short: ReadonlyArray<{ what: string; bucket: Bucket; need: number }>): ApiError {
  const seconds = short.map(({ bucket, need }) => Math.ceil(((need - bucket.level) / bucket.perMinute) * 60));
  const { what, bucket } = short[0] as { what: string; bucket: Bucket };
  return apiError(429, {
    message: `This request would exceed your organization's rate limit of ${bucket.perMinute} ${what} for ${model.id}`,
    headers: { 'retry-after': String(Math.max(1, ...seconds)) },
  });
}

const toThousands = (tokens: number): number => Math.round(Math.max(0, tokens) / 1_000) * 1_000;

/** The twelve `anthropic-ratelimit-*` headers; `reset` is when the bucket will be full, token counts are rounded to thousands. */
function limitHeaders(now: number, buckets: Record<'requests' | 'inputTokens' | 'outputTokens', Bucket>): Record<string, string> {
  const { requests, inputTokens, outputTokens } = buckets;
  const fullAt = (bucket: Bucket): number => now + ((bucket.perMinute - bucket.level) / bucket.perMinute) * 60_000;
  const rfc3339 = (at: number): string => `${new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
  const headers: Record<string, string> = {};
  const rows = [
    { name: 'requests', limit: requests.perMinute, remaining: Math.max(0, Math.floor(requests.level)), resetAt: fullAt(requests) },
    { name: 'input-tokens', limit: inputTokens.perMinute, remaining: toThousands(inputTokens.level), resetAt: fullAt(inputTokens) },
    { name: 'output-tokens', limit: outputTokens.perMinute, remaining: toThousands(outputTokens.level), resetAt: fullAt(outputTokens) },
    {
      name: 'tokens',
      limit: inputTokens.perMinute + outputTokens.perMinute,
      remaining: toThousands(inputTokens.level) + toThousands(outputTokens.level),
      resetAt: Math.max(fullAt(inputTokens), fullAt(outputTokens)),
    },
  ];
  for (const { name, limit, remaining, resetAt } of rows) {
    headers[`anthropic-ratelimit-${name}-limit`] = String(limit);
    headers[`anthropic-ratelimit-${name}-remaining`] = String(remaining);
    headers[`anthropic-ratelimit-${name}-reset`] = rfc3339(resetAt);
  }
  return headers;
}

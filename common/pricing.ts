import type { PicoUsd } from './money';

/** Claude's own usage fields, the part that is billed. Spelled as on the wire. */
export interface TokenUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  /** Part of `cache_creation_input_tokens` written with the one-hour lifetime. */
  readonly cache_creation_1h_input_tokens?: number;
  readonly web_search_requests?: number;
}

/** Pico-dollars per token (per request for web search) of one price band. */
export interface PriceBand {
  readonly input: PicoUsd;
  readonly output: PicoUsd;
  readonly cacheWrite5m: PicoUsd;
  readonly cacheWrite1h: PicoUsd;
  readonly cacheRead: PicoUsd;
}

/** What one model costs. `long` applies to the whole request when its prompt is over `long.overTokens`. */
export interface ModelRates extends PriceBand {
  readonly long?: PriceBand & { readonly overTokens: number };
  readonly webSearch: PicoUsd;
}

export const NO_USAGE: TokenUsage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
};

/** Tokens of the whole prompt: fresh, written to and read from the cache. */
export function promptTokens(usage: TokenUsage): number {
  return usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens;
}

export function totalTokens(usage: TokenUsage): number {
  return promptTokens(usage) + usage.output_tokens;
}

export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  const oneHour = (a.cache_creation_1h_input_tokens ?? 0) + (b.cache_creation_1h_input_tokens ?? 0);
  const searches = (a.web_search_requests ?? 0) + (b.web_search_requests ?? 0);
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    cache_creation_input_tokens: a.cache_creation_input_tokens + b.cache_creation_input_tokens,
    cache_read_input_tokens: a.cache_read_input_tokens + b.cache_read_input_tokens,
    ...(oneHour > 0 && { cache_creation_1h_input_tokens: oneHour }),
    ...(searches > 0 && { web_search_requests: searches }),
  };
}

/** The price band that a prompt of this size falls into. */
export function bandFor(rates: ModelRates, prompt: number): PriceBand {
  return rates.long && prompt > rates.long.overTokens ? rates.long : rates;
}

/** List price of one answered request. `factor` is 0.5 for the batch lane. @default 1 */
export function costOf(usage: TokenUsage, rates: ModelRates, factor = 1): PicoUsd {
  const band = bandFor(rates, promptTokens(usage));
  const oneHour = usage.cache_creation_1h_input_tokens ?? 0;
  const tokens =
    usage.input_tokens * band.input +
    usage.output_tokens * band.output +
    (usage.cache_creation_input_tokens - oneHour) * band.cacheWrite5m +
    oneHour * band.cacheWrite1h +
    usage.cache_read_input_tokens * band.cacheRead;
  return Math.round(tokens * factor) + (usage.web_search_requests ?? 0) * rates.webSearch;
}

/** What bounds the bill of one request. */
export interface RequestSize {
  readonly inputBytes: number;
  readonly maxTokens: number;
  /** Whether it asks for a (five-minute) cache entry; only then can a cache write be billed. */
  readonly cacheWrites: boolean;
  readonly webSearches?: number;
}

/**
 * The most that one request can cost: every input byte counted as a token at the dearest price that can apply, and all of
 * `maxTokens` produced. Nothing that Claude can bill for this request is more.
 */
export function worstCaseOf(request: RequestSize, rates: ModelRates): PicoUsd {
  const band = bandFor(rates, request.inputBytes);
  const dearest = request.cacheWrites ? Math.max(band.input, band.cacheWrite5m) : band.input;
  return request.inputBytes * dearest + request.maxTokens * band.output + (request.webSearches ?? 0) * rates.webSearch;
}

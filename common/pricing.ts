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
  /** Whether it asks for a (five-minute) cache entry; only then, or with server tools, can a cache write be billed. */
  readonly cacheWrites: boolean;
  /** Uses of tools that Claude's side carries out within the request. */
  readonly serverTools?: ServerToolUses;
}

/** The most uses that a request allows. */
export interface ServerToolUses {
  /** Each has a price of its own. */
  readonly searches: number;
  /** Pages cost no more than their tokens. */
  readonly fetches: number;
}

/**
 * Tokens that the results of one search or one page are counted as. The API states no limit for them: this is about twice what searches are
 * seen to bring, and more than twice what is asked for of a page.
 */
export const WEB_RESULT_TOKENS = 25_000;
/** What Claude is told of how to use its own tools, in tokens; it stands in the prompt of every request that offers them. */
export const SERVER_TOOLS_TOKENS = 8_192;
/** A use beyond the limit is refused, and Claude goes on from there; and there is the answer itself. */
const MORE_SAMPLINGS = 2;

/**
 * The most tokens that the prompt of one request is billed for. With server tools Claude is run again after each use, and every one of these
 * samplings is billed for all that was said and found before it.
 */
export function worstPromptTokens({ inputBytes, maxTokens, serverTools }: RequestSize): number {
  const uses = serverTools === undefined ? 0 : serverTools.searches + serverTools.fetches;
  if (uses === 0) return inputBytes;
  const samplings = uses + MORE_SAMPLINGS;
  const resultsRead = (uses * (uses + 1)) / 2 + uses;
  return samplings * inputBytes + resultsRead * WEB_RESULT_TOKENS + (samplings - 1) * maxTokens;
}

/** The most tokens, prompt and answer, that one request is billed for. */
export function worstTokensOf(request: RequestSize): number {
  return worstPromptTokens(request) + request.maxTokens;
}

/**
 * The most that one request can cost: every input byte counted as a token at the dearest price that can apply, all of `maxTokens` produced
 * and every allowed search made. Without server tools nothing that Claude can bill for this request is more; with them it rests on
 * `WEB_RESULT_TOKENS`. `factor` is 0.5 for the batch lane.
 */
export function worstCaseOf(request: RequestSize, rates: ModelRates, factor = 1): PicoUsd {
  const prompt = worstPromptTokens(request);
  const band = bandFor(rates, prompt);
  // The loop over server tools leaves cache entries of its own accord.
  const writes = request.cacheWrites || request.serverTools !== undefined;
  const dearest = writes ? Math.max(band.input, band.cacheWrite5m) : band.input;
  const tokens = prompt * dearest + request.maxTokens * band.output;
  return Math.ceil(tokens * factor) + (request.serverTools?.searches ?? 0) * rates.webSearch;
}

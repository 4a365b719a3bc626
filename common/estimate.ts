import { bandFor, costOf, promptTokens, type ModelRates, type TokenUsage } from './pricing';
import type { PicoUsd } from './money';

/** What something will come to. */
export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** What a sum is made over. */
export interface Sampling {
  /** How many there are in all. */
  readonly rows: number;
  /** Those that were seen are not among them. @default false */
  readonly apart?: boolean;
  /**
   * Part of a row's amount by which what was seen may be off all the same: it was seen in a rehearsal and not for what it will be.
   * @default 0
   */
  readonly spread?: number;
  /** Earlier runs that `spread` was found in; it says less of each further row then. @default 1 */
  readonly from?: number;
  /** What part each that was seen has in the mean, 1 together. @default the same for each */
  readonly weights?: readonly number[];
  /** What was seen, before `withLongerInput` brought it to the size of the rows. @default as it is */
  readonly unsized?: readonly number[];
}

/** Of 100 ranges, 98 or 99 are meant to hold. */
const QUANTILE = 2.6;
/** By how much rows differ before any two have been seen: part of their mean. Counts as one observation, as in `spreadAround`. */
const ROWS_DIFFER = 0.5;
/** How far what was reckoned by size, and not seen, may be off: part of it. */
const SIZED_DIFFERS = 0.5;

/**
 * Range of a sum over many rows of which some have been seen: their mean for each, give or take what a mean of so few may be off by. With few
 * rows seen it is wide on purpose; when all have been, only `spread` is left.
 */
export function rangeOfSum(seen: readonly number[], sampling: Sampling): Range {
  const { rows, apart = false, spread = 0, from = 1, unsized = seen } = sampling;
  const weights = sampling.weights ?? seen.map(() => 1 / seen.length);
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
  const mean = meanOf(seen);
  const expected = mean * rows;
  if (expected === 0) return { low: 0, expected: 0, high: 0 };
  // So many of the same weight would tell as much.
  const part = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const unseen = apart ? part + 1 / rows : Math.max(0, part - 1 / rows);
  const sized = SIZED_DIFFERS * (1 - meanOf(unsized) / mean);
  const differ = meanOf(seen.map((value) => (value / mean - 1) ** 2)) + ROWS_DIFFER ** 2 * part;
  const variance = differ * unseen + spread ** 2 * (1 / Math.max(1, from) + 1 / rows) + sized ** 2;
  const margin = QUANTILE * Math.sqrt(variance);
  // Where next to nothing is known the low end is not nothing: something will be asked.
  return { low: expected * (margin < 0.5 ? 1 - margin : 0.25 / margin), expected, high: expected * (1 + margin) };
}

/**
 * Standard deviation of values as a part of `around`, where a first guess counts as one value: two that happen to be alike do not make a
 * narrow range.
 */
export function spreadAround(values: readonly number[], around: number, guess: number): number {
  const squares = values.reduce((sum, value) => sum + (value / around - 1) ** 2, 0);
  return Math.sqrt((guess ** 2 + squares) / Math.max(1, values.length));
}

/** What was estimated of a job before it began, and of its sample: dollars. */
export interface Forecast {
  /** Rows of the sample. */
  readonly sample: number;
  readonly sampleUsd: Range;
  readonly allUsd: Range;
}

/**
 * All rows by what the sample did cost: `reckoned` by the sizes of the rows, unless the forecast, whose rehearsals are of every size, clearly says
 * that the others differ by more than their size; then they are as much dearer than the sample as it had them.
 */
export function afterSample(sampleUsd: number, reckoned: Range, forecast: Forecast | undefined): Range {
  if (forecast === undefined || forecast.sampleUsd.expected === 0) return reckoned;
  const { sampleUsd: first, allUsd: all } = forecast;
  const expected = (sampleUsd * all.expected) / first.expected;
  const marginOf = ({ low, expected: about, high }: Range): number => (high - low) / 2 / about;
  const margin = Math.hypot(marginOf(first), marginOf(all));
  if (Math.abs(expected - reckoned.expected) <= (margin / 2) * Math.min(expected, reckoned.expected)) return reckoned;
  return { low: expected / (1 + margin), expected, high: expected * (1 + margin) };
}

/** Requests of one model that are priced together. */
export interface PricedUse {
  readonly requests: number;
  readonly usage: TokenUsage;
}

/** Bytes of a prompt for each of its tokens, about. */
const BYTES_A_TOKEN = 3.6;

/** The same requests for an input that has so many bytes more, or less: each prompt of theirs is taken to hold it once. */
export function withLongerInput<Use extends PricedUse>(use: Use, bytes: number): Use {
  const { requests, usage } = use;
  return { ...use, usage: { ...usage, input_tokens: Math.max(0, usage.input_tokens + (requests * bytes) / BYTES_A_TOKEN) } };
}

/** List price of many requests, each taken as large as their mean. `factor` is 0.5 for the batch lane. */
export function priceOfMany({ requests, usage }: PricedUse, rates: ModelRates, factor: number): PicoUsd {
  const { input, output, cacheWrite5m, cacheWrite1h, cacheRead } = bandFor(rates, promptTokens(usage) / Math.max(1, requests));
  return costOf(usage, { input, output, cacheWrite5m, cacheWrite1h, cacheRead, webSearch: rates.webSearch }, factor);
}

/** To as many digits as an estimate has any use for. */
export function roundedRange({ low, expected, high }: Range): Range {
  const rounded = (amount: number): number => Number(amount.toPrecision(6));
  return { low: rounded(low), expected: rounded(expected), high: rounded(high) };
}

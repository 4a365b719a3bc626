import { fromUsd } from './money';
import list from './price-list.json';
import type { ModelRates, PriceBand } from './pricing';

type ListedBand = Pick<(typeof list.models)[number], 'input' | 'output' | 'cache_write_5m' | 'cache_write_1h' | 'cache_read'>;

const TOKENS_PER_LISTED_PRICE = 1_000_000;
const perToken = (usdPerMillion: number): number => Math.round(fromUsd(usdPerMillion) / TOKENS_PER_LISTED_PRICE);

function band(listed: ListedBand): PriceBand {
  return {
    input: perToken(listed.input),
    output: perToken(listed.output),
    cacheWrite5m: perToken(listed.cache_write_5m),
    cacheWrite1h: perToken(listed.cache_write_1h),
    cacheRead: perToken(listed.cache_read),
  };
}

const DAY_MS = 86_400_000;
/** Every call asks three times for the same few. */
const looked = new Map<string, ModelRates | null>();
const MOST_LOOKED = 1_000;

/**
 * List price of a model on a day, from the dated file `price-list.json`. Exact id only: a price guessed from a similar
 * name would be wrong money.
 * @param on Epoch milliseconds of the call.
 * @returns null for a model that the list does not know.
 */
export function ratesFor(model: string, on: number): ModelRates | null {
  const key = `${Math.floor(on / DAY_MS)} ${model}`;
  const known = looked.get(key);
  if (known !== undefined) return known;
  if (looked.size >= MOST_LOOKED) looked.clear();
  const rates = lookUp(model, new Date(on).toISOString().slice(0, 10));
  looked.set(key, rates);
  return rates;
}

function lookUp(model: string, day: string): ModelRates | null {
  const listed = list.models
    .filter((entry) => entry.model === model && entry.effective_from <= day)
    .sort((a, b) => b.effective_from.localeCompare(a.effective_from))[0];
  if (listed === undefined) return null;
  const webSearch = Math.round(fromUsd(list.web_search_per_1000) / 1_000);
  if (listed.long === undefined) return { ...band(listed), webSearch };
  return { ...band(listed), webSearch, long: { ...band(listed.long), overTokens: listed.long.over_tokens } };
}

/** Part of the list price that the Message Batches lane costs. */
export const BATCH_FACTOR = list.batch_factor;

import { afterSample, priceOfMany, rangeOfSum, roundedRange, spreadAround, withLongerInput } from '../../common/estimate';
import type { ModelRates } from '../../common/pricing';

const mid = ({ low, high }: { low: number; high: number }): number => (low + high) / 2;

describe('rangeOfSum()', () => {
  it('has the mean of what was seen for each row in its middle', () => {
    const range = rangeOfSum([1.5, 2, 2.5, 2], { rows: 1_000 });
    expect(range.expected).toBe(2_000);
    expect(mid(range)).toBeCloseTo(2_000, 8);
    expect(range.low).toBeLessThan(2_000);
  });

  it('is exact once all rows have been seen, but for what a rehearsal does not tell', () => {
    expect(rangeOfSum([1, 2, 3], { rows: 3 })).toEqual({ low: 6, expected: 6, high: 6 });
    const rehearsed = rangeOfSum([2], { rows: 1, spread: 0.05 });
    expect(rehearsed.high).toBeCloseTo(2 * (1 + 2.6 * 0.05 * Math.SQRT2), 8);
  });

  it('gets narrower with every row seen and wider with every row apart from those', () => {
    const seen = (count: number) => Array.from({ length: count }, (_, at) => 1 + (at % 5) / 10);
    const width = (count: number, apart = false): number => {
      const { low, high, expected } = rangeOfSum(seen(count), { rows: 500, apart });
      return (high - low) / expected;
    };
    const widths = [1, 2, 5, 20, 100].map((count) => width(count));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(width(20)).toBeLessThan(0.3);
    expect(width(20, true)).toBeGreaterThan(width(20));
  });

  it('does not take two rows that are alike for proof that all are', () => {
    const { low, high } = rangeOfSum([1, 1], { rows: 100 });
    expect(high - low).toBeGreaterThan(50);
  });

  it('never goes down to nothing, and takes nothing for nothing', () => {
    const lows = [0.01, 0.1, 0.13, 0.14, 0.3, 3].map((spread) => rangeOfSum([1], { rows: 1, spread }).low);
    expect(lows).toEqual([...lows].sort((a, b) => b - a));
    expect(lows.at(-1)).toBeGreaterThan(0);
    expect(rangeOfSum([], { rows: 5 })).toEqual({ low: 0, expected: 0, high: 0 });
    expect(rangeOfSum([0, 0], { rows: 5 })).toEqual({ low: 0, expected: 0, high: 0 });
  });

  it('holds for the sum of all rows when some of them were drawn', () => {
    // A skewed population: one row in eight costs half as much again.
    let state = 3;
    const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const rows = Array.from({ length: 500 }, () => (random() < 0.125 ? 1.5 : 0.9 + random() / 5));
    const all = rows.reduce((sum, row) => sum + row, 0);
    const held = Array.from({ length: 400 }, () => {
      const seen = Array.from({ length: 20 }, () => rows[Math.floor(random() * rows.length)] ?? 0);
      const { low, high } = rangeOfSum(seen, { rows: rows.length });
      return low <= all && all <= high;
    });
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(388);
  });

  it('counts what was seen by its weight, and is as sure as so many of the same weight', () => {
    const seen = [1, 1.1, 0.9, 3, 3.1, 2.9];
    const even = rangeOfSum(seen, { rows: 500 });
    expect(rangeOfSum(seen, { rows: 500, weights: seen.map(() => 1 / 6) })).toEqual(even);
    const uneven = rangeOfSum(seen, { rows: 500, weights: [0.1, 0.1, 0.1, 0.5, 0.1, 0.1] });
    expect(uneven.expected).toBeCloseTo(500 * (0.3 + 1.5 + 0.6), 8);
    expect(uneven.high / uneven.low).toBeGreaterThan(even.high / even.low);
  });

  it('is the less sure the more of it was reckoned by size', () => {
    const width = (unsized?: readonly number[]): number => {
      const { low, high } = rangeOfSum([2, 2, 2, 2], { rows: 500, ...(unsized !== undefined && { unsized }) });
      return high / low;
    };
    expect(width([2, 2, 2, 2])).toBe(width());
    expect(width([1.8, 1.9, 1.8, 1.9])).toBeGreaterThan(width());
    // What a row was brought down by does not tell for what another was brought up by.
    expect(width([1.5, 2.5, 1.5, 2.5])).toBeCloseTo(width(), 8);
    expect(width([3, 3, 3, 3])).toBeGreaterThan(width([2.5, 2.5, 2.5, 2.5]));
  });

  it('is surer of many rows the more runs its spread was found in', () => {
    const width = (from: number): number => rangeOfSum([1], { rows: 1, spread: 0.3, from }).high;
    expect(width(1)).toBeGreaterThan(width(8));
    expect(width(8)).toBeGreaterThan(1 + 2.6 * 0.3);
  });
});

test('spreadAround() counts a first guess as one value', () => {
  expect(spreadAround([1], 1, 0.3)).toBeCloseTo(0.3, 8);
  expect(spreadAround([1, 1, 1, 1], 1, 0.3)).toBeCloseTo(0.15, 8);
  expect(spreadAround([0.5, 1.5], 1, 0)).toBeCloseTo(0.5, 8);
});

test('priceOfMany() prices each request as large as the mean of them, so that many small prompts are no long one', () => {
  const band = { input: 2, output: 10, cacheWrite5m: 3, cacheWrite1h: 4, cacheRead: 1 };
  const long = { ...band, input: 20, overTokens: 1_000 };
  const rates: ModelRates = { ...band, long, webSearch: 7 };
  const usage = {
    input_tokens: 900,
    output_tokens: 10,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 600,
    web_search_requests: 2,
  };
  expect(priceOfMany({ requests: 2, usage }, rates, 1)).toBe(900 * 2 + 100 + 600 + 14);
  expect(priceOfMany({ requests: 1, usage }, rates, 1)).toBe(900 * 20 + 100 + 600 + 14);
  // A batch halves tokens, not searches.
  expect(priceOfMany({ requests: 2, usage }, rates, 0.5)).toBe((900 * 2 + 100 + 600) / 2 + 14);
});

test('roundedRange() keeps six digits', () => {
  expect(roundedRange({ low: 1 / 3, expected: 12_345_678, high: 0 })).toEqual({ low: 0.333333, expected: 12_345_700, high: 0 });
});

test('withLongerInput() lets each request hold the input once, and takes no more away than there is', () => {
  const use = {
    requests: 2,
    usage: { input_tokens: 1_000, output_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 7 },
  };
  expect(withLongerInput(use, 360)).toEqual({ requests: 2, usage: { ...use.usage, input_tokens: 1_200 } });
  expect(withLongerInput(use, -360).usage.input_tokens).toBe(800);
  expect(withLongerInput(use, -36_000).usage).toEqual({ ...use.usage, input_tokens: 0 });
});

describe('afterSample()', () => {
  const about = (expected: number, part: number) => ({ low: expected * (1 - part), expected, high: expected * (1 + part) });
  const reckoned = about(10, 0.1);

  it('keeps to what the sample did cost as long as the forecast does not clearly differ, or when there is none', () => {
    expect(afterSample(2, reckoned, undefined)).toBe(reckoned);
    // As it had them, all would be 5.5 times the sample: 11 instead of 10.
    expect(afterSample(2, reckoned, { sample: 20, sampleUsd: about(1, 0.2), allUsd: about(5.5, 0.2) })).toBe(reckoned);
    expect(afterSample(2, reckoned, { sample: 20, sampleUsd: about(0, 0), allUsd: about(6, 0.2) })).toBe(reckoned);
  });

  it('takes the others for as much dearer, or cheaper, than the sample as the forecast had them when that is far from it', () => {
    const dearer = afterSample(2, reckoned, { sample: 20, sampleUsd: about(1, 0.2), allUsd: about(15, 0.2) });
    expect(dearer.expected).toBeCloseTo(30, 8);
    expect(dearer.low).toBeGreaterThan(reckoned.high);
    expect(dearer.high / dearer.low).toBeGreaterThan(1.2 / 0.8);
    expect(dearer.high / dearer.low).toBeLessThan(3);
    expect(afterSample(2, reckoned, { sample: 20, sampleUsd: about(1, 0.1), allUsd: about(2, 0.1) }).expected).toBeCloseTo(4, 8);
  });
});

import { median, quantile, summarize } from '../../bench/statistics';

describe('quantile()', () => {
  it('interpolates between neighbours, whatever the order', () => {
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([40, 10, 30, 20], 0)).toBe(10);
    expect(quantile([40, 10, 30, 20], 1)).toBe(40);
    expect(quantile([0, 100], 0.95)).toBe(95);
    expect(median([7])).toBe(7);
  });

  it('refuses an empty series', () => {
    expect(() => quantile([], 0.5)).toThrow('Cannot take a quantile: the series is empty; measure first');
  });
});

describe('summarize()', () => {
  it('leaves the series as it was', () => {
    const series = [3, 1, 2];
    expect(summarize(series)).toEqual({ count: 3, median: 2, p95: 2.9, min: 1, max: 3 });
    expect(series).toEqual([3, 1, 2]);
  });
});

import { runFaults } from '../chaos/faults';

describe('articles while every fifth request fails', () => {
  test('runFaults() all complete, their bills are within bounds, and Temporal waits for each 429', async () => {
    const report = await runFaults({ articles: 12, seed: 7 });
    expect(report.violations).toEqual([]);
    expect(report.completed).toBe(12);
    expect(report.degraded).toEqual([]);
    // Which requests are struck depends on their text, so the numbers are bounds: about 17 of 84 at this probability.
    expect(report.faults['429']).toBeGreaterThanOrEqual(1);
    expect(Object.values(report.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(6);
  }, 300_000);
});

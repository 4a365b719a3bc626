import { runFaults } from '../chaos/faults';

describe('articles while every fifth request fails', () => {
  test('runFaults() all complete, their bills are within bounds, and Temporal waits for each 429', async () => {
    const report = await runFaults({ articles: 12, seed: 7 });
    expect(report.violations).toEqual([]);
    expect(report.completed).toBe(12);
    expect(report.degraded).toEqual([]);
    expect(Object.keys(report.faults).sort()).toEqual(['429', '500', '529', 'bad_schema_output', 'malformed_json', 'reset_mid_stream']);
  }, 60_000);
});

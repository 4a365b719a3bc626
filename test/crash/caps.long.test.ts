import { runCaps } from '../chaos/caps';

describe('jobs at their cap while every eighth request fails', () => {
  test('runCaps() no bill is above its cap, each job is on hold and is done when the cap is raised', async () => {
    const report = await runCaps({ seed: 7, jobs: 3, rows: 12 });
    expect(report.violations).toEqual([]);
    expect(report.completed).toBe(report.rows);
    expect(report.counts['faults']).toBeGreaterThan(0);
    expect(report.audits).toHaveLength(3);
  }, 240_000);
});

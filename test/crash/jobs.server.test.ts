import { rmSync } from 'node:fs';

import { runJobs } from '../chaos/jobs';

describe('jobs of both lanes under kill -9 of everything', () => {
  test('runJobs() outputs are whole after each kill, every row is there once and no answer is paid twice', async () => {
    const report = await runJobs({
      seed: 4,
      kills: 10,
      rows: 12,
      concurrency: 6,
      latencyMs: 250,
      batchMs: 200,
      pauses: [50, 400],
      fastTimers: true,
      log: () => undefined,
    });
    expect(report.violations).toEqual([]);
    expect(report.completed).toBe(report.rows);
    expect(Object.values(report.kills).reduce((sum, count) => sum + count, 0)).toBe(10);
    expect(report.looks).toBeGreaterThanOrEqual(20);
    expect(report.audits.reduce((sum, { charged }) => sum + charged, 0)).toBeGreaterThanOrEqual(report.rows);
    rmSync(report.folder, { recursive: true, force: true });
  }, 480_000);
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { readStackInfo, stackFiles } from '../../worker/local/stack-files';
import { auditStack, billOf, killStack, processesOf, reportOf } from '../chaos/stack';
import { troupe } from '../helpers/troupe-command';
import { until } from '../helpers/until';

describe('kill -9 of the whole local stack in the middle of an article', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'troupe-crash-stack-'));
  /** Answers that take seconds: the kill finds the article under way. */
  const slow = { TROUPE_SIMULATOR_LATENCY: '0.2' };
  const quick = { TROUPE_SIMULATOR_LATENCY: '0.02' };
  const charged = () => billOf(dataDir).filter((record) => record.charged).length;

  afterAll(async () => {
    await killStack(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('troupe watch starts it again, the run goes on from its data folder, and no process stays', async () => {
    const started = await troupe(['run', 'article', 'Sourdough for a small bakery', '--id', 'loaf', '--detach', '--json'], dataDir, slow);
    expect(started).toMatchObject({ code: 0 });
    await until(() => charged() >= 2, { what: 'the first researchers should have answered' });
    expect(processesOf(dataDir)).not.toEqual([]);
    expect(await killStack(dataDir)).toEqual([]);
    expect(charged()).toBeLessThan(7);

    const watched = await troupe(['watch', 'loaf', '--json'], dataDir, quick);
    expect(watched).toMatchObject({ code: 0 });
    const report = reportOf(watched);
    expect(report).toMatchObject({ status: 'completed', degraded: [] });
    expect(report.result.findings).toHaveLength(3);
    expect((await auditStack(dataDir, report)).violations).toEqual([]);

    expect(readStackInfo(stackFiles(dataDir))).toBeUndefined();
    expect(processesOf(dataDir)).toEqual([]);
  }, 360_000);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ActivityDeps } from '../../../activities/deps';
import { sampleRows } from '../../../activities/jobs/sample-rows';
import type { RowOutcome } from '../../../common/job';
import { EMPTY_LEDGER } from '../../../common/ledger';
import { NO_USAGE } from '../../../common/pricing';
import { openStore } from '../../../storage/open-store';
import { putOutcome } from '../../../storage/jobs';

const FOLDER = 'jobs/ab/abc';

const outcomeOf = (row: number, costUsd: number): RowOutcome => ({
  row,
  key: `k${row}`,
  status: row % 7 === 0 ? 'failed' : 'done',
  workflowId: `job/k${row}`,
  runId: 'r',
  result: null,
  reason: row % 7 === 0 ? 'no' : null,
  degraded: [],
  ledger: { ...EMPTY_LEDGER, lines: [{ agent: 'a', model: 'm', requests: 1, usage: NO_USAGE, costPico: costUsd * 1e12 }] },
  simulated: true,
  endedAt: 1,
});

describe('sampleRows()', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-sample-'));
  let deps: ActivityDeps;
  beforeAll(async () => {
    const store = await openStore(folder);
    deps = { store } as ActivityDeps; // it uses nothing else
    for (let row = 1; row <= 30; row += 1) await putOutcome(store, FOLDER, outcomeOf(row, row % 2 === 0 ? 0.01 : 0.02));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('shows the first twenty and reckons with all of the sample, failed rows too', async () => {
    const { rows, allUsd } = await sampleRows(deps, { folder: FOLDER, last: 30, rows: 500 });
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(rows[6]).toEqual({ row: 7, key: 'k7', status: 'failed', costUsd: 0.02, reason: 'no' });
    expect(allUsd?.expected).toBeCloseTo(500 * 0.015, 8);
    expect(((allUsd?.low ?? 0) + (allUsd?.high ?? 0)) / 2).toBeCloseTo(500 * 0.015, 8);
    expect(allUsd?.low).toBeGreaterThan(500 * 0.01);
  });

  it('says nothing when no row of the sample has an outcome', async () => {
    await expect(sampleRows(deps, { folder: 'jobs/ab/none', last: 5, rows: 500 })).resolves.toEqual({ rows: [], allUsd: null });
  });
});

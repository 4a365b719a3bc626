import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ActivityDeps } from '../../../activities/deps';
import { sampleRows } from '../../../activities/jobs/sample-rows';
import type { RowOutcome } from '../../../common/job';
import { EMPTY_LEDGER } from '../../../common/ledger';
import { NO_USAGE } from '../../../common/pricing';
import { openStore } from '../../../storage/open-store';
import { keepRows, putForecast, putOutcome } from '../../../storage/jobs';

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

  describe('of a file that is sorted by length', () => {
    /** Two requests whose prompts hold the input, and an answer. */
    const bytesOf = (row: number): number => (row <= 20 ? 36 : 1_836);
    const tokensOf = (bytes: number): number => 1_000 + (2 * bytes) / 3.6;
    const spentOn = (bytes: number, factor: number): RowOutcome['ledger'] => {
      const usage = { ...NO_USAGE, input_tokens: tokensOf(bytes), output_tokens: 200 };
      const costPico = Math.round((usage.input_tokens * 2 + 200 * 10) * 1e6 * factor);
      return { ...EMPTY_LEDGER, lines: [{ agent: 'a', model: 'claude-sonnet-5-5', requests: 2, usage, costPico }] };
    };
    const endedAt = Date.UTC(2026, 10, 21);

    it.each([
      ['interactive', 1],
      ['batch', 0.5],
    ])('reckons what longer rows will cost in the %s lane, and is less sure of it', async (lane, factor) => {
      const place = `jobs/sorted/${lane}`;
      // As JSON, with its name, it has the bytes.
      const given = Array.from({ length: 60 }, (_, at) => ({ key: `k${at}`, input: { t: 'x'.repeat(bytesOf(at + 1) - 8) } }));
      const manifest = await keepRows(deps.store, 'brief', given);
      for (let row = 1; row <= 20; row += 1)
        await putOutcome(deps.store, place, { ...outcomeOf(row, 0), endedAt, ledger: spentOn(bytesOf(row), factor) });

      const { allUsd, othersAsLong } = await sampleRows(deps, { folder: place, last: 20, rows: 60, manifest });
      expect(othersAsLong).toBeCloseTo(1_836 / 36, 8);
      const usd = (bytes: number): number => ((tokensOf(bytes) * 2 + 2_000) / 1e6) * factor;
      const all = 20 * usd(36) + 40 * usd(1_836);
      expect(allUsd?.expected).toBeCloseTo(all, 6);
      const blind = await sampleRows(deps, { folder: place, last: 20, rows: 60 });
      expect(blind.allUsd?.high).toBeLessThan(all * 0.85);
      expect((allUsd?.high ?? 0) / (allUsd?.low ?? 0)).toBeGreaterThan((blind.allUsd?.high ?? 0) / (blind.allUsd?.low ?? 0));
      expect((allUsd?.high ?? 0) / (allUsd?.low ?? 0)).toBeLessThan(3);
    });
  });

  it('believes what was forecast of rows that differ by more than their size, if it was of this sample', async () => {
    const place = 'jobs/forecast/job';
    const given = Array.from({ length: 30 }, (_, at) => ({ key: `k${at}`, input: { topic: 'Tea' } }));
    const manifest = await keepRows(deps.store, 'brief', given);
    for (let row = 1; row <= 10; row += 1) await putOutcome(deps.store, place, outcomeOf(row, 0.01));
    const range = (expected: number) => ({ low: expected * 0.9, expected, high: expected * 1.1 });
    const gate = async (last: number) => (await sampleRows(deps, { folder: place, last, rows: 30, manifest })).allUsd?.expected;
    expect(await gate(10)).toBeCloseTo(0.3, 8);
    await putForecast(deps.store, place, { sample: 10, sampleUsd: range(0.2), allUsd: range(1.8) });
    expect(await gate(10)).toBeCloseTo(0.9, 8);
    expect(await gate(9)).toBeCloseTo(0.3, 8);
  });

  it('says nothing when no row of the sample has an outcome', async () => {
    await expect(sampleRows(deps, { folder: 'jobs/ab/none', last: 5, rows: 500 })).resolves.toEqual({ rows: [], allUsd: null });
  });
});

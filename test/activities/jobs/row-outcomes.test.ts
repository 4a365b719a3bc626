import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { keepRow, type KeepRowInput } from '../../../activities/jobs/row-outcomes';
import type { ActivityDeps } from '../../../activities/deps';
import { EMPTY_LEDGER } from '../../../common/ledger';
import { readOutcome, resultOf } from '../../../storage/jobs';
import { openStore } from '../../../storage/open-store';

const root = mkdtempSync(path.join(os.tmpdir(), 'troupe-outcomes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = `jobs/ab/${'c'.repeat(64)}`;

/** Keeps the outcome of row 3. */
async function kept(result: unknown, status: KeepRowInput['status'] = 'done') {
  const store = await openStore(root);
  const job = { job: 'j', folder, row: 3, key: 'k', page: 'p', at: 2 };
  const facts = { status, reason: null, degraded: [], ledger: EMPTY_LEDGER, simulated: true, runId: 'r' };
  const deps = { store, now: () => 7 } as ActivityDeps; // all that it uses
  const returned = await keepRow(deps, 'j/k', { ...facts, job, result, storeId: store.id });
  const outcome = await readOutcome(store, folder, 3);
  if (outcome === undefined) throw new Error('there is no outcome');
  return { returned, outcome, result: await resultOf(store, outcome) };
}

describe('keepRow()', () => {
  it('keeps a short result in the outcome itself', async () => {
    const result = { title: 'Tea' };
    expect(await kept(result)).toMatchObject({ returned: result, outcome: { result: null, value: result, endedAt: 7 }, result });
  });

  it('keeps a long result beside it', async () => {
    const result = { text: 'x'.repeat(2_000) };
    const end = await kept(result);
    expect(end.result).toEqual(result);
    expect(end.outcome).not.toHaveProperty('value');
    expect(end.returned).toEqual(end.outcome.result);
  });

  it('keeps none of a row that is not done', async () => {
    expect(await kept({ title: 'half' }, 'failed')).toMatchObject({
      returned: null,
      result: null,
      outcome: { status: 'failed', result: null },
    });
  });
});

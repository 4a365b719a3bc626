import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { keepOutcomes, keepRow, type DoneRow, type KeepRowInput } from '../../../activities/jobs/row-outcomes';
import type { ActivityDeps } from '../../../activities/deps';
import { EMPTY_LEDGER, viewLedger, type Ledger } from '../../../common/ledger';
import { putBlob } from '../../../storage/blobs';
import { putOutcome, readOutcome, resultOf } from '../../../storage/jobs';
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

describe('keepOutcomes()', () => {
  const usage = { input_tokens: 12, output_tokens: 3, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const ledger: Ledger = {
    ...EMPTY_LEDGER,
    lines: [{ agent: 'title', model: 'claude-haiku-5-5', requests: 1, usage: usage as Ledger['lines'][0]['usage'], costPico: 1_234_567 }],
    uncertainPico: 7,
    uncertainTokens: 2,
    uncertainRequests: 1,
  };
  const outcome = { result: { title: 'Tea' }, ledger: viewLedger(ledger), degraded: [], simulated: true };
  const doneRow = (row: number, runId = `run-${row}`): DoneRow => ({ row, key: `k${row}`, workflowId: `j/k${row}`, runId, outcome });

  it('keeps what the runs of rows have returned, to the last pico-dollar', async () => {
    const store = await openStore(root);
    const deps = { store, now: () => 9 } as ActivityDeps; // all that it uses
    await keepOutcomes(deps, { folder, storeId: store.id, rows: [doneRow(11), doneRow(12)] });
    expect(await readOutcome(store, folder, 12)).toEqual({
      row: 12,
      key: 'k12',
      status: 'done',
      workflowId: 'j/k12',
      runId: 'run-12',
      result: null,
      value: { title: 'Tea' },
      reason: null,
      degraded: [],
      ledger,
      simulated: true,
      endedAt: 9,
    });
    expect(await readOutcome(store, folder, 11)).toMatchObject({ row: 11, runId: 'run-11' });
  });

  it('keeps what a stand-in for a large output stands for', async () => {
    const store = await openStore(root);
    const deps = { store, now: () => 9 } as ActivityDeps; // all that it uses
    const large = { table: Array.from({ length: 3_000 }, (_, at) => at) };
    const result = { report: { ref: await putBlob(store, large), preview: '{"table":[0,1' } };
    await keepOutcomes(deps, { folder, storeId: store.id, rows: [{ ...doneRow(15), outcome: { ...outcome, result } }] });
    const kept = await readOutcome(store, folder, 15);
    expect(kept).not.toHaveProperty('value');
    expect(kept === undefined ? undefined : await resultOf(store, kept)).toEqual({ report: large });
  });

  it('adds what earlier runs of the row have cost, once', async () => {
    const store = await openStore(root);
    const deps = { store, now: () => 9 } as ActivityDeps; // all that it uses
    await keepOutcomes(deps, { folder, storeId: store.id, rows: [doneRow(13)] });
    const first = await readOutcome(store, folder, 13);
    if (first === undefined) throw new Error('there is no outcome');
    await putOutcome(store, folder, { ...first, status: 'failed', reason: 'x' });
    for (let times = 0; times < 2; times += 1) {
      await keepOutcomes(deps, { folder, storeId: store.id, rows: [doneRow(13, 'second')] });
      expect(await readOutcome(store, folder, 13)).toMatchObject({ status: 'done', runId: 'second', earlierPico: 1_234_567 });
    }
  });

  it('refuses to put them into another store than that of the job', async () => {
    const store = await openStore(root);
    const deps = { store, now: () => 9 } as ActivityDeps; // all that it uses
    await expect(keepOutcomes(deps, { folder, storeId: 'elsewhere', rows: [doneRow(14)] })).rejects.toMatchObject({
      type: 'StoreMismatch',
    });
    expect(await readOutcome(store, folder, 14)).toBeUndefined();
  });
});

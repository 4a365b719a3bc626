import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { endedRows } from '../../rows/ended-rows';
import { PAGE_ROWS, type RowOutcome } from '../../common/job';
import { EMPTY_LEDGER } from '../../common/ledger';
import { putBlob } from '../../storage/blobs';
import { jobFolder, keepRows, putOutcome } from '../../storage/jobs';
import { openStore } from '../../storage/open-store';

const root = mkdtempSync(path.join(os.tmpdir(), 'troupe-ended-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('endedRows() gives the first rows that have ended with input, result and cost, over pages, and counts the others', async () => {
  const store = await openStore(root);
  const rows = Array.from({ length: PAGE_ROWS + 5 }, (_, at) => ({ key: `k${at + 1}`, input: { topic: `t${at + 1}` } }));
  const manifest = await keepRows(store, 'brief', rows);
  const folder = jobFolder('default', 'job', manifest);
  const end = async (row: number, rest: Partial<RowOutcome>): Promise<void> => {
    const facts = {
      row,
      key: `k${row}`,
      workflowId: `job/k${row}`,
      runId: 'r',
      degraded: [],
      ledger: EMPTY_LEDGER,
      simulated: true,
      endedAt: 1,
    };
    await putOutcome(store, folder, { ...facts, status: 'done', result: null, reason: null, ...rest });
  };
  await end(2, { result: { ref: await putBlob(store, { paragraphs: ['p'] }), preview: '' }, earlierPico: 5e11 });
  await end(PAGE_ROWS + 1, { status: 'failed', reason: 'why' });
  await end(PAGE_ROWS + 2, {});

  const { rows: shown, more } = await endedRows(store, { manifest, folder }, 2);
  expect(more).toBe(1);
  expect(shown).toMatchObject([
    { given: { key: 'k2', input: { topic: 't2' } }, result: { paragraphs: ['p'] }, costUsd: 0.5, outcome: { status: 'done' } },
    { given: { key: `k${PAGE_ROWS + 1}` }, result: null, outcome: { status: 'failed', reason: 'why' } },
  ]);
  expect(await endedRows(store, { manifest, folder: `${folder}x` }, 2)).toEqual({ rows: [], more: 0 });
});

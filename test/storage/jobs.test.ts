import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { PAGE_ROWS, type GivenRow, type RowOutcome } from '../../common/job';
import { EMPTY_LEDGER } from '../../common/ledger';
import { jobFolder, keepRows, putOutcome, readManifest, readOutcome, readPage, rowsWithOutcome } from '../../storage/jobs';
import { openStore } from '../../storage/open-store';
import type { Store } from '../../storage/store';

const rowsOf = (count: number, name = 'k'): GivenRow[] =>
  Array.from({ length: count }, (_, at) => ({ key: `${name}${at + 1}`, input: { at } }));

const outcomeOf = (row: number): RowOutcome => ({
  row,
  key: `k${row}`,
  status: 'done',
  workflowId: `job/k${row}`,
  runId: 'r',
  result: null,
  reason: null,
  degraded: [],
  ledger: EMPTY_LEDGER,
  simulated: true,
  endedAt: 1,
});

describe('rows of a job in the store', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-jobs-'));
  let store: Store;
  let reads = 0;
  beforeAll(async () => {
    const opened = await openStore(folder);
    store = {
      ...opened,
      get: (key, options) => {
        reads += 1;
        return opened.get(key, options);
      },
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keepRows() cuts them into full pages and names the same rows the same', async () => {
    const rows = rowsOf(PAGE_ROWS * 2 + 1);
    const manifest = await keepRows(store, 'brief', rows);
    const { pages, count, pipeline } = await readManifest(store, manifest);
    expect([pages.length, count, pipeline]).toEqual([3, PAGE_ROWS * 2 + 1, 'brief']);
    const sizes = await Promise.all(pages.map(async (page) => (await readPage(store, page)).rows.length));
    expect(sizes).toEqual([PAGE_ROWS, PAGE_ROWS, 1]);
    expect((await readPage(store, pages[2] ?? '')).rows[0]).toEqual(rows.at(-1));
    await expect(keepRows(store, 'brief', rows)).resolves.toBe(manifest);
    await expect(keepRows(store, 'article', rows)).resolves.not.toBe(manifest);
    await expect(keepRows(store, 'brief', rows.slice(1))).resolves.not.toBe(manifest);
  });

  it('keepRows() takes rows as they come and holds no more than a page', async () => {
    let asked = 0;
    let behind = 0;
    const pagesKept = { ...store, put: (...put: Parameters<Store['put']>) => ((behind = asked), store.put(...put)) };
    async function* rows(): AsyncGenerator<GivenRow> {
      for (const row of rowsOf(PAGE_ROWS * 5)) {
        asked += 1;
        expect(asked - behind).toBeLessThanOrEqual(PAGE_ROWS);
        yield row;
      }
    }
    await keepRows(pagesKept, 'brief', rows());
    expect(asked).toBe(PAGE_ROWS * 5);
  });

  it('keepRows() keeps a job of no rows', async () => {
    const { pages, count } = await readManifest(store, await keepRows(store, 'brief', []));
    expect([pages, count]).toEqual([[], 0]);
  });

  it('readPage() reads a page once for the rows that follow each other, and one that is missing again', async () => {
    const { pages } = await readManifest(store, await keepRows(store, 'brief', rowsOf(PAGE_ROWS * 6, 'page')));
    reads = 0;
    for (const page of pages.slice(0, 4)) await Promise.all([readPage(store, page), readPage(store, page), readPage(store, page)]);
    expect(reads).toBe(4);
    for (const page of pages) await readPage(store, page);
    await readPage(store, pages[0] ?? '');
    // The fifth and sixth were new, and the first had made room.
    expect(reads).toBe(7);
    const missing = `blobs/00/${'0'.repeat(64)}`;
    for (const round of [1, 2]) {
      await expect(readPage(store, missing)).rejects.toThrow(/^Cannot read the rows of the job: store ".*" does not have "blobs\/00/);
      expect(reads).toBe(7 + round);
    }
  });

  it('jobFolder() is another for another job, namespace or rows', () => {
    const folders = [
      jobFolder('default', 'a', 'm'),
      jobFolder('default', 'b', 'm'),
      jobFolder('other', 'a', 'm'),
      jobFolder('default', 'a', 'n'),
    ];
    expect(new Set(folders).size).toBe(4);
    expect(jobFolder('default', 'a', 'm')).toBe(folders[0]);
    expect(folders[0]).toMatch(/^jobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/);
  });

  it('outcomes are found by row, in order, and the latest counts', async () => {
    const place = jobFolder('default', 'job', 'm');
    for (const row of [10_000, 3, 200]) await putOutcome(store, place, outcomeOf(row));
    await expect(rowsWithOutcome(store, place)).resolves.toEqual([3, 200, 10_000]);
    await putOutcome(store, place, { ...outcomeOf(3), status: 'failed', reason: 'x' });
    await expect(readOutcome(store, place, 3)).resolves.toMatchObject({ row: 3, status: 'failed', reason: 'x' });
    await expect(readOutcome(store, place, 4)).resolves.toBeUndefined();
    await expect(rowsWithOutcome(store, jobFolder('default', 'none', 'm'))).resolves.toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { parse } from 'csv-parse/sync';

import { openJobOutput, type JobOutput } from '../../rows/job-output';
import type { OutputOrder } from '../../rows/orders';
import type { BadRow, GivenRow, RowOutcome, RowStatus } from '../../common/job';
import { EMPTY_LEDGER } from '../../common/ledger';
import { randomFrom } from '../../simulator/random';
import { putBlob } from '../../storage/blobs';
import { jobFolder, keepRows, putOutcome, putSkipped } from '../../storage/jobs';
import { openStore } from '../../storage/open-store';
import type { Store } from '../../storage/store';

const root = mkdtempSync(path.join(os.tmpdir(), 'troupe-output-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let jobs = 0;

interface Rig {
  readonly file: string;
  readonly failedFile: string;
  /** For another process. */
  readonly job: Readonly<Record<'store' | 'file' | 'manifest' | 'folder', string>>;
  readonly open: (order?: OutputOrder, counts?: (outcome: RowOutcome) => boolean) => Promise<JobOutput>;
  readonly end: (row: number, status?: RowStatus, endedAt?: number) => Promise<void>;
  readonly skip: (rows: readonly BadRow[]) => Promise<void>;
  /** Numbers of the rows in the file, which must be whole. */
  readonly rows: () => number[];
}

async function rigOf(count: number, extension: '.csv' | '.jsonl' = '.csv'): Promise<Rig> {
  jobs += 1;
  const place = path.join(root, String(jobs));
  const store: Store = await openStore(path.join(place, 'store'));
  const rows = Array.from({ length: count }, (_, at): GivenRow => {
    const cells = extension === '.csv' ? { cells: { no: String(at + 1), note: 'a "b",\nc' } } : {};
    return { key: `k${at + 1}`, input: { topic: `t${at + 1}` }, ...cells };
  });
  const manifest = await keepRows(store, 'brief', rows);
  const folder = jobFolder('default', `job-${jobs}`, manifest);
  const file = path.join(place, `out${extension}`);
  return {
    file,
    failedFile: path.join(place, 'out.failed.csv'),
    job: { store: path.join(place, 'store'), file, manifest, folder },
    open: (order = 'input', counts) => openJobOutput({ store, file, order, manifest, folder, ...(counts !== undefined && { counts }) }),
    end: async (row, status = 'done', endedAt = 1) => {
      // Every other row has a result of each kind: beside the outcome, and in it.
      const value = { paragraphs: [`p${row}`, '=1+1', '"'], findings: { row } };
      const beside = status === 'done' && row % 2 === 0;
      const result = beside ? { ref: await putBlob(store, value), preview: '' } : null;
      const kept = beside ? { result } : { result, value: status === 'done' ? value : null };
      const reason = status === 'done' ? null : `why ${row}`;
      const facts = { key: `k${row}`, workflowId: `job/k${row}`, runId: 'r', degraded: [], ledger: EMPTY_LEDGER, simulated: true };
      await putOutcome(store, folder, { ...facts, ...kept, row, status, reason, endedAt });
    },
    skip: (skipped) => putSkipped(store, folder, skipped),
    rows: () => {
      const text = readFileSync(file, 'utf8');
      if (extension === '.jsonl')
        return text.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { row: number }).row]));
      const parsed = parse(text, { columns: true }); // throws for a row that is cut
      return (parsed as Array<{ no: string }>).map(({ no }) => Number(no));
    },
  };
}

describe('openJobOutput()', () => {
  it('writes input cells as they were, then the result, then the cost', async () => {
    const { file, open, end } = await rigOf(1);
    await end(1);
    const output = await open();
    await output.update(true);
    const [row] = parse(readFileSync(file, 'utf8'), { columns: true }) as unknown as Array<Record<string, string>>;
    expect(row).toEqual({ no: '1', note: 'a "b",\nc', paragraphs: 'p1\n=1+1\n"', findings: '{"row":1}', costUsd: '0', simulated: 'true' });
    expect(output.counts()).toEqual({ written: 1, failed: 0 });
  });

  it('in the order of the input waits for the row that comes next', async () => {
    const { open, end, rows } = await rigOf(5);
    const output = await open();
    await end(2);
    await end(4);
    await output.update(false);
    expect(rows()).toEqual([]);
    await end(1);
    await output.update(false);
    expect(rows()).toEqual([1, 2]);
    await end(3, 'failed');
    await output.update(false);
    expect(rows()).toEqual([1, 2, 4]);
    await end(5);
    await output.update(true);
    expect(rows()).toEqual([1, 2, 4, 5]);
  });

  it.each(['.csv', '.jsonl'] as const)('%s: has whole rows only when there is no room for all of them', async (extension) => {
    const { job, file, open, end, rows } = await rigOf(200, extension);
    for (let row = 1; row <= 200; row += 1) await end(row);
    // The limit of the size of a file stands for a disk that is full; it is one of the whole process.
    const script = `
      const { openJobOutput } = require(process.env.DIST + '/rows/job-output.js');
      const { openStore } = require(process.env.DIST + '/storage/open-store.js');
      const job = JSON.parse(process.env.JOB);
      let last = 3;
      openStore(job.store)
        .then((store) => openJobOutput({ ...job, store, order: 'input', counts: ({ row }) => row <= last }))
        .then(async (output) => {
          await output.update(false);
          last = 200;
          await output.update(false);
        })
        .then(() => console.log('all'), (error) => console.log(error.code, error.message));`;
    const env = { ...process.env, DIST: path.join(__dirname, '..', '..', 'dist'), JOB: JSON.stringify(job) };
    const said = execFileSync('sh', ['-c', 'ulimit -f 4; exec "$0" -e "$1"', process.execPath, script], { env, encoding: 'utf8' });
    expect(said).toMatch(/^EFBIG /);
    expect(rows()).toEqual([1, 2, 3]);
    expect(readdirSync(path.dirname(file)).sort()).toEqual([path.basename(file), 'store']);
    await (await open()).update(true);
    expect(rows()).toHaveLength(200);
  });

  it('as rows finish writes each as it comes, once', async () => {
    const { open, end, rows } = await rigOf(4, '.jsonl');
    const output = await open('finished');
    for (const row of [3, 1, 4]) {
      await end(row);
      await output.update(false);
    }
    await output.update(false);
    expect(rows()).toEqual([3, 1, 4]);
  });

  it.each(['input', 'finished'] as const)(
    'order %s: is whole after every update, whatever ends when, and has each row once in the end',
    async (order) => {
      const random = randomFrom(`order ${order}`);
      for (const extension of ['.csv', '.jsonl'] as const) {
        const count = 30;
        const { file, open, end, rows } = await rigOf(count, extension);
        let output = await open(order);
        const left = random.shuffle(Array.from({ length: count }, (_, at) => at + 1));
        for (const row of left) {
          await end(row, random.chance(0.2) ? 'failed' : 'done');
          if (random.chance(0.5)) await output.update(false);
          // Whoever watched is killed, and somebody else watches.
          if (random.chance(0.1)) output = await open(order);
          if (!existsSync(file)) continue;
          expect(new Set(rows()).size).toBe(rows().length);
        }
        await output.update(true);
        const { written, failed } = output.counts();
        expect(rows()).toHaveLength(written);
        expect(written + failed).toBe(count);
        if (order === 'input') expect(rows()).toEqual(rows().toSorted((a, b) => a - b));
      }
    },
  );

  it.each([
    ['is deleted', (file: string) => rmSync(file)],
    ['is changed', (file: string) => appendFileSync(file, 'a note\n')],
  ])('when the file %s meanwhile, the end writes all of it', async (_, change) => {
    const { file, open, end, rows } = await rigOf(3);
    const output = await open();
    await end(1);
    await output.update(false);
    change(file);
    await end(2);
    await output.update(false);
    expect(existsSync(file) && readFileSync(file, 'utf8').includes('k2')).toBe(false);
    await end(3, 'failed');
    await output.update(true);
    expect(rows()).toEqual([1, 2]);
    expect(output.counts()).toEqual({ written: 2, failed: 1 });
  });

  it('leaves what is there alone until it has something to put in its place', async () => {
    const { file, open, end, rows } = await rigOf(2);
    await end(1);
    await (await open()).update(false);
    const before = readFileSync(file, 'utf8');
    await open();
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(rows()).toEqual([1]);
  });

  it('names the rows that a job which has ended never came to', async () => {
    const { failedFile, open, end } = await rigOf(4);
    await end(2);
    await end(3, 'cancelled');
    const output = await open();
    // On hold: what is there is written, and the others may still come.
    await output.update(true, false);
    expect(output.counts()).toEqual({ written: 1, failed: 1 });
    await output.update(true);
    expect(output.counts()).toEqual({ written: 1, failed: 1, notStarted: 2 });
    expect(readFileSync(failedFile, 'utf8').split('\n').slice(1, -1)).toEqual([
      '3,k3,cancelled,why 3,job/k3,0',
      '1,k1,not started,the job ended before its turn,,0',
      '4,k4,not started,the job ended before its turn,,0',
    ]);
  });

  it.each(['input', 'finished'] as const)('order %s: has every row when a retry ends before it has come to all of them', async (order) => {
    const { open, end, rows } = await rigOf(3);
    for (const row of [1, 3]) await end(row, 'done', 1);
    await end(2, 'failed', 1);
    const output = await open(order, ({ endedAt }) => endedAt >= 5);
    await end(1, 'done', 6);
    await output.update(false);
    expect(rows()).toEqual([1]);
    await output.update(true);
    expect(rows()).toEqual([1, 3]);
    expect(output.counts()).toEqual({ written: 2, failed: 1 });
  });

  it('says why a row is not done now, though as many are not done as before', async () => {
    const { failedFile, open, end } = await rigOf(1);
    const output = await open('finished');
    await end(1, 'budget-reached', 1);
    await output.update(false);
    await end(1, 'failed', 2);
    await output.update(true);
    expect(readFileSync(failedFile, 'utf8')).toContain('1,k1,failed,why 1');
  });

  it('lists rows that are not done with reasons, and takes the list away when a retry has done them', async () => {
    const { file, failedFile, open, end, rows } = await rigOf(3);
    await end(1);
    await end(2, 'failed');
    await end(3, 'cancelled');
    const first = await open();
    // Before the job has ended, too: who stops watching then is told of the file.
    await first.update(false);
    expect(first.counts()).toEqual({ written: 1, failed: 2 });
    expect(readFileSync(failedFile, 'utf8')).toBe(
      'row,key,status,reason,run,costUsd\n2,k2,failed,why 2,job/k2,0\n3,k3,cancelled,why 3,job/k3,0\n',
    );
    await end(2, 'done', 10);
    await end(3, 'done', 10);
    const second = await open();
    await second.update(true);
    expect(rows()).toEqual([1, 2, 3]);
    expect(readdirSync(path.dirname(file))).toEqual(['out.csv', 'store']);
  });

  it('lists what was left out of the file beside the rows that are not done', async () => {
    const { failedFile, open, end, skip } = await rigOf(2);
    await skip([{ line: 9, reason: 'why not' }]);
    await skip([
      { line: 3, key: 'k', reason: '"topic" is missing' },
      { line: 7, reason: 'it has 1 cell, and the header has 3' },
    ]);
    await end(1);
    await end(2, 'failed');
    const output = await open();
    await output.update(true);
    expect(output.counts()).toEqual({ written: 1, failed: 1, skipped: 2 });
    expect(parse(readFileSync(failedFile, 'utf8'))).toEqual([
      ['row', 'key', 'status', 'reason', 'run', 'costUsd'],
      ['2', 'k2', 'failed', 'why 2', 'job/k2', '0'],
      ['', 'k', 'skipped', 'line 3: "topic" is missing', '', '0'],
      ['', '', 'skipped', 'line 7: it has 1 cell, and the header has 3', '', '0'],
    ]);
    // The same rows, from a file where there is nothing else.
    await skip([]);
    await end(2);
    const again = await open();
    await again.update(true);
    expect(again.counts()).toEqual({ written: 2, failed: 0 });
    expect(existsSync(failedFile)).toBe(false);
  });

  it('a retry waits in place of a row whose outcome is of the start before', async () => {
    const { open, end, rows } = await rigOf(3);
    await end(1);
    await end(2, 'failed', 1);
    await end(3);
    const output = await open('input', ({ status, endedAt }) => status === 'done' || endedAt >= 5);
    await output.update(false);
    expect(rows()).toEqual([1]);
    await end(2, 'done', 6);
    await output.update(false);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it('a row that had too little money keeps its place until it has an outcome that stays', async () => {
    const { open, end, rows } = await rigOf(2);
    const output = await open();
    await end(1, 'budget-reached');
    await end(2);
    await output.update(false);
    expect(rows()).toEqual([]);
    await end(1);
    await output.update(false);
    expect(rows()).toEqual([1, 2]);
    expect(output.counts()).toEqual({ written: 2, failed: 0 });
  });

  it.each(['input', 'finished'] as const)(
    'order %s: of two that write the same file at once neither doubles nor loses a row',
    async (order) => {
      const { open, end, rows } = await rigOf(6);
      await end(1);
      const first = await open(order);
      await first.update(false);
      const second = await open(order);
      for (const row of [2, 3, 4]) {
        await end(row);
        await Promise.all([first.update(false), second.update(false)]);
      }
      expect(rows()).toEqual([1, 2, 3, 4]);
      await end(5, 'failed');
      await end(6);
      await Promise.all([first.update(true), second.update(true)]);
      expect(rows()).toEqual([1, 2, 3, 4, 6]);
      for (const output of [first, second]) expect(output.counts()).toEqual({ written: 5, failed: 1 });
    },
  );

  it('makes the file whole in the end when the one that took it over was killed, or somebody has changed it', async () => {
    const { file, open, end, rows } = await rigOf(3);
    await end(1);
    const output = await open();
    await output.update(false);
    await (await open()).update(false); // writes no more
    for (const row of [2, 3]) await end(row);
    await output.update(false);
    expect(rows()).toEqual([1]);
    await output.update(true);
    expect(rows()).toEqual([1, 2, 3]);
    appendFileSync(file, 'k');
    await output.update(true);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it('a row that was taken for failed and is done in the end has its place', async () => {
    const { open, end, rows } = await rigOf(3);
    await end(1, 'failed');
    await end(2);
    const output = await open();
    await output.update(false);
    expect(rows()).toEqual([2]);
    await end(1);
    await end(3);
    await output.update(true);
    expect(rows()).toEqual([1, 2, 3]);
    expect(output.counts()).toEqual({ written: 3, failed: 0 });
  });

  it('begins anew at once when the file has been removed', async () => {
    const { file, open, end, rows } = await rigOf(3);
    const output = await open();
    await end(1);
    await output.update(false);
    rmSync(file);
    await end(2);
    await output.update(false);
    expect(rows()).toEqual([1, 2]);
    expect(output.counts()).toEqual({ written: 2, failed: 0 });
  });

  it('has in the end what an earlier start has left, where a retry was cancelled before it came to it', async () => {
    const { open, end, rows } = await rigOf(3);
    for (const row of [1, 2, 3]) await end(row, 'done', 1);
    await end(1, 'done', 6);
    const output = await open('input', ({ endedAt }) => endedAt >= 5);
    await output.update(false);
    expect(rows()).toEqual([1]);
    await output.update(true);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it('refuses names that say nothing of the format, before anything is written', async () => {
    const { open, file } = await rigOf(1);
    await open();
    const store = await openStore(path.join(path.dirname(file), 'store'));
    const manifest = await keepRows(store, 'brief', [{ key: '1', input: {} }]);
    const refused = openJobOutput({ store, file: `${file}.txt`, order: 'input', manifest, folder: 'jobs/x' });
    await expect(refused).rejects.toThrow(/^Cannot use ".*out.csv.txt" as --out: jobs write/);
    expect(readdirSync(path.dirname(file))).toEqual(['store']);
  });
});

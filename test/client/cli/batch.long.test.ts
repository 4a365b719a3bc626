import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { killStack } from '../../chaos/stack';
import { until } from '../../helpers/until';
import { troupe, type CommandEnd } from '../../helpers/troupe-command';

// These run the built program on a local stack: `npm run build` first, as `npm test` does.
let folder: string;
let dataDir: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-batch-'));
  dataDir = join(folder, 'data');
  const rows = Array.from({ length: 8 }, (_, at) => `p-${at + 1},"Tea, sort ${at + 1}","=note ""${at + 1}"""\r\n`);
  writeFileSync(join(folder, 'rows.csv'), `\uFEFFsku,Title,Note\r\n${rows.join('')}`);
  writeFileSync(join(folder, 'bad.csv'), 'sku,topic\na,Tea\nb,\na,Milk\n');
});
afterAll(async () => {
  // A job may be open when a test has failed.
  await killStack(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string): string => join(folder, name);
const command = (...args: readonly string[]): Promise<CommandEnd> => troupe(args, dataDir);
const csv = (name: string) => parse(readFileSync(file(name), 'utf8'), { columns: true }) as unknown as Array<Record<string, string>>;
const KEYS = Array.from({ length: 8 }, (_, at) => `p-${at + 1}`);

describe('troupe batch', () => {
  it('lists rows that do not fit and starts nothing, with exit code 2', async () => {
    const end = await command('batch', 'brief', '--input', file('bad.csv'), '--out', file('none.csv'));
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(`${file('bad.csv')}:3: row "b": "topic" is missing\n`);
    expect(end.stderr).toMatch(/bad.csv:4: row "a": its key, "sku", is that of line 2/);
    expect(end.stderr).toMatch(
      /Cannot start the job: 2 of 3 rows of ".*" do not fit; correct them, or leave them out with --skip-invalid\n$/,
    );
    expect(end.stderr).not.toContain('local stack');
  }, 60_000);

  it('leaves rows out that do not fit, and says so beside the output, also when that is written later', async () => {
    const start = ['batch', 'brief', '--input', file('bad.csv'), '--id', 'some', '--skip-invalid', '--no-estimate'];
    const end = await command(...start, '--out', file('some.csv'));
    expect(end.code).toBe(0);
    expect(end.stderr).toMatch(/1 row written to ".*some\.csv"\n2 rows of the input left out, with reasons: ".*some\.failed\.csv"\n$/);
    expect((await command('result', 'some', '--out', file('later.jsonl'))).code).toBe(0);
    for (const name of ['some.failed.csv', 'later.failed.csv'])
      expect(csv(name)).toMatchObject([
        { row: '', key: 'b', status: 'skipped', reason: 'line 3: "topic" is missing', costUsd: '0' },
        { row: '', key: 'a', status: 'skipped', reason: expect.stringMatching(/^line 4: its key, "sku", is that of line 2/) },
      ]);
  }, 120_000);

  it('does a sample, shows it, goes on when approved, and writes each row once with its own cells', async () => {
    const start = ['batch', 'brief', '--input', file('rows.csv'), '--map', 'topic=Title', '--id', 'tea', '--sample', '2'];
    const first = await command(...start, '--out', file('out.csv'), '--json');
    expect(first.code).toBe(6);
    expect(JSON.parse(first.stdout)).toMatchObject({ workflowId: 'tea', status: 'waiting', simulated: true });
    expect(first.stderr).toContain('Columns that no field of "brief" takes: Note');
    expect(csv('out.csv').map(({ sku }) => sku)).toEqual(KEYS.slice(0, 2));

    const review = await command('review', 'tea', '--json');
    const { reviews } = JSON.parse(review.stdout) as {
      reviews: Array<{ title: string; proposal: { rows: object[]; [figure: string]: unknown } }>;
    };
    const figures = ['dollars at least', 'dollars in all', 'dollars at most'].map((name) => Number(reviews[0]?.proposal[name]));
    expect(figures).toEqual([...figures].sort((a, b) => a - b));
    expect(figures[0]).toBeLessThan(figures[2] ?? 0);
    expect(reviews[0]?.title).toBe('Go on with the other 6 of 8 rows?');
    expect(reviews[0]?.proposal.rows).toMatchObject([
      { row: 1, key: 'p-1', status: 'done', result: { paragraphs: [expect.any(String), expect.any(String), expect.any(String)] } },
      { row: 2, key: 'p-2', status: 'done' },
    ]);
    const table = await command('review', 'tea');
    expect(table.stdout).toMatch(
      /\nrow +cost +result\np-1 +\$[\d.]+ {2}\S.*\np-2 +\$[\d.]+ {2}\S.*\n\n2 done · 0 failed · 6 to do\nabout \$/,
    );
    expect(table.stderr).toContain('--html sample.html');
    expect(table.stderr).not.toContain('--edit');
    const page = await command('review', 'tea', '--html', file('tea.html'));
    expect(page).toMatchObject({ code: 6, stdout: '' });
    expect(page.stderr).toContain(`Wrote 2 rows to ${file('tea.html')}: open it in a browser`);
    const shown = readFileSync(file('tea.html'), 'utf8');
    for (const text of ['Tea, sort 1', 'Tea, sort 2', 'The other 6 rows', 'npx troupe review tea --approve', 'Simulated.'])
      expect(shown).toContain(text);
    expect((await command('review', 'tea', '--approve')).code).toBe(0);

    const end = await command(...start, '--out', file('out.csv'));
    expect(end.code).toBe(0);
    expect(end.stderr).toContain('Attached to job tea');
    expect(end.stderr).toMatch(/8 rows written to ".*out.csv"/);
    expect(end.stdout).toContain('8 of 8 rows done');
    const rows = csv('out.csv');
    expect(rows.map(({ sku }) => sku)).toEqual(KEYS);
    expect(rows.map(({ Note }) => Note)).toEqual(KEYS.map((_, at) => `=note "${at + 1}"`));
    for (const { paragraphs = '', costUsd } of rows) {
      expect(paragraphs.length).toBeGreaterThan(100);
      expect(Number(costUsd)).toBeGreaterThan(0);
    }
  }, 180_000);

  it('retry --stale pays nothing when nothing has changed, and its flags are its own', async () => {
    const end = await command('batch', 'retry', 'tea', '--stale', '--out', file('again.jsonl'), '--order', 'finished', '--json');
    expect(end.code).toBe(0);
    expect(JSON.parse(end.stdout)).toMatchObject({ status: 'completed', costUsd: 0, result: { done: 8, before: 0, failed: 0 } });
    const lines = readFileSync(file('again.jsonl'), 'utf8').trimEnd().split('\n');
    const keys = lines.map((line) => (JSON.parse(line) as { key: string }).key);
    expect(keys.sort()).toEqual(KEYS);
  }, 180_000);

  it('a cancelled job started again writes every row in its place, and so do two commands that write the same file', async () => {
    const slow = { TROUPE_SIMULATOR_LATENCY: '0.5' };
    const slowly = (...args: readonly string[]): Promise<CommandEnd> => troupe(args, dataDir, slow);
    const to = ['--out', file('oolong.csv')];
    const start = ['batch', 'brief', '--input', file('rows.csv'), '--map', 'topic=Title', '--id', 'oolong', '--no-estimate', ...to];
    const running = slowly(...start, '--concurrency', '2');
    await until(() => existsSync(file('oolong.csv')) && csv('oolong.csv').length > 0, { limitMs: 120_000 });
    await slowly('cancel', 'oolong');
    expect((await running).code).toBe(1);
    expect(csv('oolong.failed.csv').map(({ status }) => status)).toContain('cancelled');

    const again = await slowly(...start, '--concurrency', '2');
    expect(again.code).toBe(0);
    expect(csv('oolong.csv').map(({ sku }) => sku)).toEqual(KEYS);
    expect(existsSync(file('oolong.failed.csv'))).toBe(false);

    const stale = ['batch', 'retry', 'oolong', '--stale', ...to];
    const both = await Promise.all([slowly(...stale), slowly(...stale)]);
    expect(both.map(({ code }) => code)).toContain(0);
    for (const { code, stderr } of both) if (code !== 0) expect(stderr).toMatch(/it is (still )?running; wait for it/);
    expect(csv('oolong.csv').map(({ sku }) => sku)).toEqual(KEYS);
    const retried = await command('status', 'oolong', '--json');
    expect(JSON.parse(retried.stdout)).toMatchObject({ job: { concurrency: 2, redo: true } });
    // What started it attaches to it although it has been started again since.
    const attached = await Promise.all([1, 2].map(() => command(...start, '--concurrency', '2')));
    for (const { code, stderr } of attached) expect([code, stderr]).toEqual([0, expect.stringContaining('Attached to job oolong')]);
    expect(csv('oolong.csv').map(({ sku }) => sku)).toEqual(KEYS);
  }, 240_000);

  it('ends with exit code 5 at its budget, says what is missing, and goes on when it is raised', async () => {
    writeFileSync(file('more.jsonl'), KEYS.map((key) => `${JSON.stringify({ key, topic: `Coffee ${key}` })}\n`).join(''));
    const start = ['batch', 'brief', '--input', file('more.jsonl'), '--id', 'coffee', '--budget-usd', '0.03', '--concurrency', '2'];
    const held = await command(...start);
    expect(held.code).toBe(5);
    expect(held.stderr.replaceAll('\n', ' ')).toMatch(/Job "coffee" is on hold: the budget of \$0.0300 does not cover another row/);
    expect((await command('status', 'coffee')).stdout).toContain('Job "coffee" is on hold');
    const enough = /To finish it: {2}npx troupe raise coffee --budget-usd ([\d.]+)\n/.exec(held.stderr)?.[1] ?? 'none';
    expect((await command('raise', 'coffee', '--budget-usd', enough, '--json')).stdout).toContain(`"budgetUsd":${enough}`);
    const end = await command('watch', 'coffee');
    expect(end.code).toBe(0);
    expect((await command('result', 'coffee', '--out', file('coffee.csv'))).code).toBe(0);
    expect(csv('coffee.csv').map(({ key }) => key)).toEqual(KEYS);
    const runs = JSON.parse((await command('list', '--job', 'coffee', '--json')).stdout) as Array<{ workflowId: string; status: string }>;
    // A row that had too little was started again under the same id.
    const done = runs.filter(({ status }) => status === 'completed').map(({ workflowId }) => workflowId);
    expect(done.sort()).toEqual(KEYS.map((key) => `coffee/${key}`));
  }, 240_000);
});

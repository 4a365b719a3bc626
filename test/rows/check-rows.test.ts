import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { checkRows, goodRows, type RowsOptions } from '../../rows/check-rows';
import type { BadRow, GivenRow } from '../../common/job';
import { outputForm } from '../../rows/output-form';

const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

function rowsOf(content: string, rest: Partial<RowsOptions> & { extension?: string } = {}): RowsOptions {
  const { extension = '.csv', ...options } = rest;
  files += 1;
  const file = path.join(folder, `rows-${files}${extension}`);
  writeFileSync(file, content);
  return { file, pipeline: 'brief', ...options };
}

async function good(options: RowsOptions, onBad?: (row: BadRow) => void): Promise<GivenRow[]> {
  const rows: GivenRow[] = [];
  for await (const row of goodRows(options, onBad)) rows.push(row);
  return rows;
}

describe('checkRows()', () => {
  it('counts rows that fit and names those that do not, by line and reason', async () => {
    const checked = await checkRows(rowsOf('sku,topic,note\n1,"Tea\nand more",x\n2,,y\n1,Coffee,z\n,Milk,\n3,Water,\n4\n'));
    expect(checked.good).toBe(2);
    expect(checked.unused).toEqual(['note']);
    expect(checked.bad.map(({ line, key }) => [line, key])).toEqual([
      [4, '2'],
      [5, '1'],
      [6, undefined],
      [8, undefined],
    ]);
    expect(checked.bad.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/"topic" is missing/),
      'its key, "sku", is that of line 2; another column can be the key with --key',
      'its key, "sku", is empty; another column can be the key with --key',
      'it has 1 cell, and the header has 3',
    ]);
  });

  it('stops looking after a thousand bad rows unless somebody listens to each', async () => {
    const rows = rowsOf(`topic\n${'" "\n'.repeat(3_000)}Tea\n`);
    const { bad, good: fits, stopped } = await checkRows(rows);
    expect([bad.length, fits, stopped]).toEqual([1_000, 0, true]);
    const lines: number[] = [];
    const { moreBad, ...heard } = await checkRows(rows, { onBad: ({ line }) => lines.push(line) });
    expect([heard.bad.length, moreBad, heard.good, heard.stopped]).toEqual([1_000, 2_000, 1, undefined]);
    expect(lines).toEqual(Array.from({ length: 3_000 }, (_, at) => at + 2));
  });

  it('counts what fits behind a thousand bad rows when those are left out', async () => {
    const rows = rowsOf(`topic\n${'" "\n'.repeat(3_000)}Tea\n`);
    const { bad, good: fits, moreBad, stopped } = await checkRows(rows, { skipInvalid: true });
    expect([bad.length, fits, moreBad, stopped]).toEqual([1_000, 1, 2_000, undefined]);
  });

  it('takes keys that look the same for the same', async () => {
    const { bad } = await checkRows(rowsOf('sku,topic\ncaf\u00e9,Tea\ncafe\u0301,Milk\n'));
    expect(bad).toEqual([{ line: 3, key: 'cafe\u0301', reason: expect.stringMatching(/^its key, "sku", is that of line 2/) as string }]);
  });

  it('takes a field that every row needs from a column, a map or --set', async () => {
    const ways: Array<Partial<RowsOptions>> = [{ map: { topic: 'Title' } }, { set: { topic: 'Tea' } }];
    for (const way of ways) await expect(checkRows(rowsOf('Title\nMilk\n', way))).resolves.toMatchObject({ good: 1, bad: [] });
  });

  it.each([
    ['an empty file', '', 0],
    ['a header alone', 'topic\n', 0],
  ])('finds no row in %s', async (_, content, count) => {
    await expect(checkRows(rowsOf(content))).resolves.toEqual({ good: count, bad: [], unused: [] });
  });

  it.each<[string, string, Partial<RowsOptions> & { extension?: string }, RegExp]>([
    [
      'a key column that is not there',
      'topic\nTea\n',
      { keyColumn: 'sku' },
      /^Cannot use column "sku" as key: ".*" has topic; choose one of them$/,
    ],
    [
      'a mapped column that is not there',
      'a\nTea\n',
      { map: { topic: 'b' } },
      /^Cannot use --map topic=b: ".*" has no column "b"; it has a$/,
    ],
    ['two columns for one field', 'topic,Topic\na,b\n', {}, /: columns "topic" and "Topic" fill the same field; choose one with --map$/],
    [
      'a file without a column for what every row needs',
      'sku,"The title"\n1,Tea\n2,Milk\n',
      {},
      /: it has no column for "topic", only sku, The title; say which it is, like --map topic="The title", or give all rows the same with --set topic=…$/,
    ],
    ['a map for JSON lines', '{"topic":"a"}\n', { map: { topic: 'a' }, extension: '.jsonl' }, /: --map is for columns of \.csv files;/],
    ['a pipeline that is not there', 'topic\na\n', { pipeline: 'breif' as 'brief' }, /no such pipeline \(did you mean "brief"\?\)/],
    ['a job of jobs', 'topic\na\n', { pipeline: 'batchJob' }, /this pipeline is not made for it; choose one of (?!.*batchJob)/],
  ])('refuses %s', async (_, content, options, message) => {
    await expect(checkRows(rowsOf(content, options))).rejects.toThrow(message);
  });
});

describe('goodRows()', () => {
  it('keeps the order of columns that are called like numbers for the output', async () => {
    const [row] = await good(rowsOf('topic,2024,key,10\nTea,a,k,b\n'));
    expect(row).toEqual(expect.objectContaining({ key: 'k', cells: { topic: 'Tea', '2024': 'a', key: 'k', '10': 'b' } }));
    expect(outputForm('brief', row, 'csv').head).toBe('topic,2024,key,10,paragraphs,findings,costUsd,simulated\n');
  });

  it('gives the rows that fit, in order, with their cells', async () => {
    const bad: BadRow[] = [];
    const options = rowsOf('id,Title\na,Tea\nb,\nc,Milk\n', { map: { topic: 'Title' } });
    await expect(good(options, (row) => bad.push(row))).resolves.toEqual([
      { key: 'a', input: { topic: 'Tea' }, cells: { id: 'a', Title: 'Tea' } },
      { key: 'c', input: { topic: 'Milk' }, cells: { id: 'c', Title: 'Milk' } },
    ]);
  });

  it('numbers rows that have no key, as they stand in the file', async () => {
    const rows = await good(rowsOf('topic\nTea\n" "\nMilk\n'));
    expect(rows.map(({ key }) => key)).toEqual(['1', '3']);
  });

  it('takes a key that the pipeline does not know out of JSON lines', async () => {
    const rows = await good(rowsOf('{"id":7,"topic":"Tea"}\n{"id":"x","topic":"Milk"}\n', { extension: '.jsonl' }));
    expect(rows).toEqual([
      { key: '7', input: { topic: 'Tea' } },
      { key: 'x', input: { topic: 'Milk' } },
    ]);
  });
});

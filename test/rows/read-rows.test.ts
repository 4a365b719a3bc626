import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import { formatOf, holdsRows, isRowFile, readRows, type FileRow } from '../../rows/read-rows';

const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1_024 * 1_024;

let files = 0;

function fileOf(content: string | Buffer, extension = '.csv'): string {
  files += 1;
  const file = path.join(folder, `rows-${files}${extension}`);
  writeFileSync(file, content);
  return file;
}

async function rowsIn(file: string, longestRow?: number): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of readRows(file, longestRow)) rows.push(row);
  return rows;
}

const read = (content: string | Buffer, extension?: string, longestRow?: number): Promise<FileRow[]> =>
  rowsIn(fileOf(content, extension), longestRow);

describe('readRows() of CSV', () => {
  it.each([
    ['line breaks, commas and quotes in quotes', 'a,b\n"x\ny, ""z""",2\n3,4\n', ['x\ny, "z"', '3'], [2, 4]],
    ['CRLF, also in quotes', 'a,b\r\n"x\r\ny",2\r\n3,4\r\n', ['x\r\ny', '3'], [2, 4]],
    ['a byte order mark', '\uFEFFa,b\n1,2\n', ['1'], [2]],
    ['a byte order mark before a quote', '\uFEFF"a",b\n1,2\n', ['1'], [2]],
    ['no line break at the end', 'a,b\n1,2', ['1'], [2]],
    ['empty lines between', 'a,b\n\n1,2\n\n3,4\n', ['1', '3'], [3, 5]],
    ['line ends of all kinds', 'a,b\r\n1,2\n3,4\r5,6', ['1', '3', '5'], [2, 3, 4]],
    ['spaces around cells, but not within quotes', 'a , b\n 1 ,2\n" q ", 4\n', ['1', ' q '], [2, 3]],
  ])('understands %s', async (_, content, cells, lines) => {
    const rows = await read(content);
    expect(rows.map(({ fields }) => fields?.['a'])).toEqual(cells);
    expect(rows.map(({ line }) => line)).toEqual(lines);
  });

  it.each([
    ['nothing', ''],
    ['empty lines', '\n\n'],
    ['a header', 'a,b\n'],
  ])('finds no rows in a file with %s', async (_, content) => {
    await expect(read(content)).resolves.toEqual([]);
  });

  it('tells which rows have too few or too many cells, and reads the others', async () => {
    const rows = await read('a,b\n1\n1,2,3\n4,5\n');
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'it has 1 cell, and the header has 2'],
      [3, 'it has 3 cells, and the header has 2'],
      [4, undefined],
    ]);
  });

  it.each([
    [
      'a quote that is never closed',
      'a,b\n1,2\n3,"x\n4,5\n',
      /: a quote is opened in the row from line 3 on and never closed; correct it$/,
    ],
    ['a quote within a cell', 'a,b\n1,x"y\n', /: a quote stands in the middle of a cell on line 2, column "b"; such a cell needs quotes/],
    ['text after a closing quote', 'a,b\n1,"x"y\n', /: a quote stands in the middle of a cell on line 2/],
    ['two columns of one name', 'a, a\n1,2\n', /: it has two columns "a"; rename one$/],
    ['semicolons', 'a;b\n1;2\n', /: its columns are separated by ";"; save it with commas$/],
    ['tabs', 'a\tb\n1\t2\n', /: its columns are separated by "\\t"; save it with commas$/],
    ['Latin-1', Buffer.from('a,b\ncaf\u00e9,1\n', 'latin1'), /: it is not UTF-8; save it as UTF-8$/],
    ['half a character at its end', Buffer.from([0x61, 0x0a, 0xc3]), /: it is not UTF-8/],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), /: it is UTF-16; save it as UTF-8$/],
    ['UTF-16 that does not say so', Buffer.from('a,b\n1,2\n', 'utf16le'), /: it is UTF-16; save it as UTF-8$/],
    ['UTF-16 in the other order', Buffer.from('a,b\n1,2\n', 'utf16le').swap16(), /: it is UTF-16; save it as UTF-8$/],
    ['a character with the code 0', 'a,b\n1,2\0\n', /: it is no text: it has a character with the code 0; save it as UTF-8 text$/],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), /: it is a workbook or another zip file; save its rows as CSV \(UTF-8\)$/],
    ['gzip', gzipSync('a,b\n1,2\n'), /: it is compressed; unpack it$/],
    ['a PDF', '%PDF-1.7\n', /: it is a PDF; save its rows as CSV/],
    ['semicolons between quotes', '"a";"b"\n"1";"2"\n', /: its columns are separated by ";"; save it with commas$/],
    ['JSON', '[{"a":1,"b":2},\n{"a":3,"b":4}]', /: it is JSON; name it \.json, or \.jsonl if each line is an object$/],
    [
      '100,000 columns',
      `${Array.from({ length: 100_000 }, (__, at) => `c${at}`).join(',')}\n`,
      /: it has 100000 columns, and 2000 are allowed/,
    ],
  ])('refuses %s in one line', async (_, content, message) => {
    const file = fileOf(content);
    // Once: the largest of them takes its time on a busy machine.
    const refusal: unknown = await rowsIn(file).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(message) as string });
    expect(refusal).toMatchObject({ message: expect.stringMatching(/^Cannot read input "[^\n]+$/) as string });
  });

  it('refuses a row and a header that are too long, before they are in memory', async () => {
    const refusal = (text: string) => read(text, '.csv', MIB / 4);
    const long = 'x'.repeat(MIB);
    await expect(refusal(`a,b\n1,2\n3,${long}\n`)).rejects.toThrow(
      /: the row from line 3 on is longer than 0.25 MiB, and a quote may be missing/,
    );
    await expect(refusal(`a,${long}\n1,2\n`)).rejects.toThrow(
      /: its header is longer than 0.25 MiB, and 2000 columns are allowed; leave some/,
    );
    // The limits of their own.
    await expect(read(`a,b\n1,2\n3,${long}\n`)).resolves.toHaveLength(2);
    await expect(read(`a,${long}\n1,2\n`)).rejects.toThrow(/: its header is longer than 1 MiB/);
  });

  it.each([
    ['empty lines', '\n'],
    ['spaces', ' '],
  ])('refuses as many %s as no row has, whether they come before the header or below it', async (_, filler) => {
    const filling = filler.repeat(2 * MIB);
    await expect(read(`a,b\n1,2\n3,4${filling}`, '.csv', MIB / 4)).rejects.toThrow(/: the row from line [234] on is longer than 0.25 MiB/);
    await expect(read(`${filling}a,b\n1,2\n`, '.csv', MIB / 4)).rejects.toThrow(/longer than 0.25 MiB/);
  });

  it('refuses a row with more cells than a header may have, rather than list each of them', async () => {
    await expect(read(`a,b\n1,2\n${'x,'.repeat(2_000)}\n`)).rejects.toThrow(
      /: the row from line 3 on has 2001 cells, and 2000 are allowed; correct it$/,
    );
  });

  it('names columns that have no name, and keeps names that objects have of themselves', async () => {
    const [row] = await read('a,,constructor\n1,2,3\n');
    expect(row?.fields).toEqual({ a: '1', 'column 2': '2', constructor: '3' });
  });

  it('keeps no more of 50,000 rows in memory than it works on', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const file = path.join(folder, 'large.csv');
    const out = createWriteStream(file);
    const rows = 50_000;
    for (let row = 0; row <= rows; row += 1) {
      if (!out.write(row === 0 ? 'key,text\n' : `${row},"${'some words, '.repeat(15)}"\n`)) await once(out, 'drain');
    }
    out.end();
    await once(out, 'close');
    collect();
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    let seen = 0;
    for await (const { fields } of readRows(file)) {
      seen += 1;
      if (seen % 10_000 !== 0) continue;
      expect(fields?.['key']).toBe(String(seen));
      collect();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(seen).toBe(rows);
    // The file has 9 MB.
    expect(most).toBeLessThan(5 * MIB);
  });
});

describe('readRows() of JSON lines', () => {
  it('reads an object a line, with a byte order mark, CRLF and empty lines', async () => {
    await expect(read('\uFEFF{"a":1}\r\n\r\n{"a":{"b":[2]}}', '.jsonl')).resolves.toEqual([
      { line: 1, fields: { a: 1 } },
      { line: 3, fields: { a: { b: [2] } } },
    ]);
  });

  it('tells what is wrong with a line, and reads the others', async () => {
    const rows = await read('[1]\n{bad\n"x"\nnull\n{"a":2}\n', '.ndjson');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map(({ problem }) => problem?.replace(/\(.*/, '('))).toEqual([
      'not a JSON object',
      'not valid JSON (',
      'not a JSON object',
      'not a JSON object',
      undefined,
    ]);
  });

  it('refuses a line that is too long, and one with too many fields', async () => {
    const text = `{"a":1}\n{"a":"${'x'.repeat(MIB)}"}\n`;
    await expect(read(text, '.jsonl')).resolves.toHaveLength(2);
    await expect(read(text, '.jsonl', MIB / 2)).rejects.toThrow(/: line 2 is longer than 0.5 MiB; put one object on each line$/);
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 2_001 }, (_, at) => [`c${at}`, at])));
    for (const [text, extension] of [
      [wide, '.jsonl'],
      [`[${wide}]`, '.json'],
    ] as const)
      await expect(read(text, extension)).rejects.toThrow(/: the row from line 1 on has 2001 fields, and 2000 are allowed; correct it$/);
  });
});

describe('readRows() of what is no file', () => {
  it('refuses a folder, a missing file and a pipe at once', async () => {
    const inner = path.join(folder, 'folder.csv');
    mkdirSync(inner);
    await expect(rowsIn(inner)).rejects.toThrow(/^Cannot read input ".*folder.csv": it is a folder; name a file in it$/);
    await expect(rowsIn(path.join(folder, 'none.csv'))).rejects.toThrow(/: no such file; check the path$/);
    const pipe = path.join(folder, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    await expect(rowsIn(pipe)).rejects.toThrow(/: it is a pipe or a device, and rows are read twice; save them into a file first$/);
  });

  it('formatOf() knows files by their name', () => {
    const once = /^Cannot read input ".+": rows are read twice, and from a pipe or a device only once; save them into a file first$/;
    for (const file of ['-', '/dev/stdin', '/dev/fd/63', '/proc/self/fd/0']) expect(() => formatOf(file, '--input')).toThrow(once);
    expect(['a.csv', 'B.CSV', 'c.jsonl', 'd.ndjson'].map((file) => formatOf(file, '--input'))).toEqual(['csv', 'csv', 'jsonl', 'jsonl']);
    expect(() => formatOf('a.xlsx', '--out')).toThrow('Cannot use "a.xlsx" as --out: jobs write .csv and .jsonl; name the file so');
    expect([isRowFile('a.csv'), isRowFile('a.md')]).toEqual([true, false]);
  });

  it('holdsRows() tells the rows of a .json file from the input of one run', async () => {
    const held = (content: string) => holdsRows(fileOf(content, '.json'));
    await expect(Promise.all(['[{"a":1}]', '[]', '{"value":[{"a":1}]}', '[{"a":1},'].map(held))).resolves.toEqual([true, true, true, true]);
    await expect(Promise.all(['{"topic":"Tides","list":[1]}', '{', '7'].map(held))).resolves.toEqual([false, false, false]);
    await expect(Promise.all(['a.csv', 'a.JSONL', '-', '/no/such.json'].map(holdsRows))).resolves.toEqual([true, true, false, false]);
    const examples = path.join(__dirname, '..', '..', 'examples');
    const inputs = readdirSync(examples).filter((name) => name.endsWith('.json'));
    const rows = await Promise.all(inputs.map((name) => holdsRows(path.join(examples, name))));
    expect(inputs.filter((_, at) => rows[at])).toEqual(['reso-listings.json']);
  });
});

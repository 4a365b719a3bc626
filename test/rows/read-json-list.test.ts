import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';

import fc from 'fast-check';

import { readRows, type FileRow } from '../../rows/read-rows';

const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-list-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

async function read(content: string): Promise<FileRow[]> {
  files += 1;
  const file = path.join(folder, `list-${files}.json`);
  writeFileSync(file, content);
  const rows: FileRow[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

describe('readRows() of a JSON list', () => {
  it('gives each object with the line that it begins on', async () => {
    const rows = await read('\uFEFF[\n {"a": {"value": [1]}},\n 7,\n {\n "b": "x\\ny"}\n]\n\n');
    expect(rows).toEqual([
      { line: 2, fields: { a: { value: [1] } } },
      { line: 3, problem: 'not a JSON object' },
      { line: 4, fields: { b: 'x\ny' } },
    ]);
  });

  it('finds the list in an answer, and says when there are further pages', async () => {
    const answer = '{"@odata.context":{"value":[1]},\n"value":[\n{"a":1},\n{"a":2}],\n"@odata.nextLink":"https://x/2"}';
    expect(await read(answer)).toEqual([
      { line: 3, fields: { a: 1 } },
      { line: 4, fields: { a: 2 } },
      { line: 5, problem: 'the list goes on at "@odata.nextLink": put all pages into the file' },
    ]);
    await expect(read('{"value":[],"@odata.nextLink":null}')).resolves.toEqual([]);
    await expect(read('[]')).resolves.toEqual([]);
  });

  it('reads what JSON.parse reads, wherever the file is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 }), fc.boolean(), async (list, wide) => {
        const rows = await read(JSON.stringify(list, null, wide ? 2 : 0));
        expect(rows.map(({ fields }) => fields)).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['half a list', '[{"a":1},\n{"a":', /: it breaks off on line 2; save it whole$/],
    ['brackets without end', '['.repeat(1_000_000), /: what begins on line 1 is nested more than 100 deep; make it flatter$/],
    ['a comma too many', '[{"a":1},]', /: it is not valid JSON on line 1 \(/],
    [
      'two documents',
      '{"a":1}\n{"a":2}\n',
      /: it is not valid JSON on line 2 .*; correct it, or name it \.jsonl if each line is an object$/,
    ],
    ['no list', '{"rows":[{"a":1}]}', /: it holds no list, and no object with one as "value"; save the rows as a list$/],
    ['a text', '"a"', /: it holds no list/],
    ['nothing', '', /: it (?:is not valid JSON|holds no list)/],
    [
      'an object of 17 MiB',
      `[{"a":1},\n{"a":"${'x'.repeat(17 * 1_024 * 1_024)}"}]`,
      /: what begins on line 2 is longer than 16 MiB; make it/,
    ],
  ])('refuses %s', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(message) as string });
  });

  it('has a few objects of a long list in memory, not all', async () => {
    const file = path.join(folder, 'long.json');
    const out = createWriteStream(file);
    out.write('{"value":[');
    for (let row = 0; row < 20_000; row += 1)
      if (!out.write(`${row === 0 ? '' : ','}{"row":${row},"text":"${'word '.repeat(80)}"}`)) await once(out, 'drain');
    out.end(']}');
    await once(out, 'close');
    const before = process.memoryUsage().heapUsed;
    let rows = 0;
    let most = 0;
    for await (const { fields } of readRows(file)) {
      expect(fields?.['row']).toBe(rows);
      rows += 1;
      if (rows % 2_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(rows).toBe(20_000);
    // Garbage included; all of it would be about 1 KiB a row in the file and more in memory.
    expect(most).toBeLessThan(200 * 1_024 * 1_024);
  });
});

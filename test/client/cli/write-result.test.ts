import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checkOut, writeResult } from '../../../client/cli/write-result';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-out-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const article = {
  title: 'T',
  seoDescription: 'S',
  outline: Array.from({ length: 5 }, () => ({ heading: 'H', purpose: 'p', points: [] })),
  draft: 'D',
  findings: [],
};

describe('writeResult()', () => {
  test('writes Markdown to .md and JSON to anything else, and leaves nothing beside it', async () => {
    const run = { pipeline: 'article', result: article, simulated: false };
    await writeResult(join(folder, 'a.md'), run);
    await writeResult(join(folder, 'a.json'), run);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe(
      '# T\n\n> S\n\n## Outline\n\n1. H: p\n2. H: p\n3. H: p\n4. H: p\n5. H: p\n\n## Draft\n\nD\n',
    );
    expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toEqual(article);
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.md']);
  });

  test('begins the Markdown of a simulated run with a line that says so, and leaves JSON as the result is', async () => {
    const run = { pipeline: 'article', result: article, simulated: true };
    await writeResult(join(folder, 'a.md'), run);
    await writeResult(join(folder, 'a.json'), run);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toMatch(/^> \*\*Simulated: made up by the simulator of Troupe[^\n]*\n\n# T\n/);
    expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toEqual(article);
  });
});

describe('checkOut()', () => {
  test('takes a new file in a folder that is there', async () => {
    await expect(checkOut(join(folder, 'a.md'))).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['a folder that is not there', () => join(folder, 'none', 'a.md'), 'there is no folder'],
    ['a folder', () => folder, 'it is a folder'],
    ['an empty name', () => '', 'the name is empty'],
    ['a name that is too long', () => join(folder, `${'x'.repeat(230)}.csv`), 'the name is too long'],
    ['a file in a file', () => join(__filename, 'a.csv'), 'there is no folder'],
    ['a device', () => '/dev/null', 'it is a pipe or a device'],
    ['a folder of the system', () => '/proc/a.csv', 'there is no folder "/proc"|nothing can be written in "/proc"'],
  ])('refuses %s', async (_what, path, message) => {
    await expect(checkOut(path())).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(message) as string });
  });
});

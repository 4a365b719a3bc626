import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readInput } from '../../../client/cli/read-input';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, 'input.json');
  writeFileSync(path, content);
  return path;
}

describe('readInput()', () => {
  test('puts the subject into the field that the pipeline names', async () => {
    expect(await readInput('article', 'RAG', undefined)).toEqual({ topic: 'RAG' });
  });

  test('reads a file, with a byte order mark too', async () => {
    expect(await readInput('article', undefined, file('\uFEFF{"topic":"RAG"}'))).toEqual({ topic: 'RAG' });
  });

  test('completes a file with the subject', async () => {
    expect(await readInput('article', 'RAG', file('{"audience":"all"}'))).toEqual({ topic: 'RAG', audience: 'all' });
  });

  test('leaves an unknown pipeline to the check of the start', async () => {
    expect(await readInput('artikel', undefined, undefined)).toEqual({});
  });

  test.each([
    ['neither subject nor file', () => readInput('article', undefined, undefined), 'Cannot start "article": no topic is given'],
    ['a subject in both places', () => readInput('article', 'RAG', file('{"topic":"x"}')), 'the topic is given twice'],
    ['a file that is not there', () => readInput('article', undefined, join(folder, 'none.json')), 'no such file; check the path'],
    ['a folder', () => readInput('article', undefined, folder), 'it is a folder'],
    ['an empty file', () => readInput('article', undefined, file(' \n')), 'it is empty'],
    ['broken JSON', () => readInput('article', undefined, file('{"topic":\n "x"')), 'not valid JSON'],
  ])('refuses %s in one line', async (_what, read, message) => {
    const error: unknown = await read().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(message) });
    expect((error as Error).message).not.toContain('\n');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { keepCompiled, loadCompiled } from '../../../worker/serverless/compiled';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-compiled-'));
  file = path.join(folder, 'code.js');
});
afterEach(() => rmSync(folder, { recursive: true }));

const answerOf = (exported: unknown): number => (exported as { readonly answer: () => number }).answer();

describe('loadCompiled()', () => {
  it('loads a file like require, from its own folder', () => {
    writeFileSync(path.join(folder, 'other.js'), 'module.exports = 2;');
    writeFileSync(file, "exports.answer = [1, require('./other'), __dirname, __filename, '’'.length]; // the end");
    expect(loadCompiled(file)).toEqual({ answer: [1, 2, folder, file, 1] });
  });

  it('takes what had run when it was kept instead of the text', () => {
    writeFileSync(file, 'exports.answer = () => 1;');
    keepCompiled(file, (exported) => expect(answerOf(exported)).toBe(1));
    // Of the same length, which is all that the engine compares.
    writeFileSync(file, 'exports.answer = () => 2;');
    expect(answerOf(loadCompiled(file))).toBe(1);
  });

  it.each([
    ['belongs to another text', () => writeFileSync(file, 'exports.answer = () => 2_000;')],
    ['is damaged', () => writeFileSync(`${file}.compiled`, 'nothing')],
  ])('compiles the text when what was kept %s', (_, spoil) => {
    writeFileSync(file, 'exports.answer = () => 1;');
    keepCompiled(file, () => undefined);
    writeFileSync(file, 'exports.answer = () => 2_000;');
    spoil();
    expect(answerOf(loadCompiled(file))).toBe(2_000);
  });
});

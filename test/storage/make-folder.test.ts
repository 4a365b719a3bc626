import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeFolder } from '../../storage/make-folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-make-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('makeFolder()', () => {
  test('makes a folder with those above it, and leaves one that is there', () => {
    const deep = join(folder, 'a', 'b', 'c');
    makeFolder(deep);
    makeFolder(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  test('throws at once where no folder can be made', () => {
    expect(() => makeFolder('/proc/x/y')).toThrow(/mkdir/);
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolder(join(folder, 'file'))).toThrow(/^it is a file$/);
    expect(() => makeFolder(join(folder, 'file', 'a'))).toThrow(/ENOTDIR/);
  });
});

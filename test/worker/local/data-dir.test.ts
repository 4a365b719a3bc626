import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeDataDir } from '../../../worker/local/data-dir';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'troupe-data-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('makeDataDir()', () => {
  test('makes the folder and those above it, and takes one that is there', () => {
    const deep = join(folder, 'a', 'b', 'c');
    expect(makeDataDir(deep)).toBe(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
    expect(makeDataDir(deep)).toBe(deep);
  });

  test('refuses a file, and a folder below a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => makeDataDir(file)).toThrow(/^Cannot use the data folder ".*file": it is a file; choose a folder/);
    expect(() => makeDataDir(join(file, 'a', 'b'))).toThrow(/a part of its path is a file; choose/);
  });

  test('refuses a place where no folder can be made, at once', () => {
    expect(() => makeDataDir('/proc/x/y')).toThrow(/^Cannot use the data folder "\/proc\/x\/y": .*; choose a folder you may write to/);
  });
});

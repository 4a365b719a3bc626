import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { ActivityDeps } from '../../../activities/deps';
import { listSource, MOST_FILES } from '../../../activities/files/list-source';
import { putSeen } from '../../../storage/file-records';
import { openStore } from '../../../storage/open-store';
import type { Store } from '../../../storage/store';

const root = mkdtempSync(path.join(os.tmpdir(), 'troupe-list-source-'));
const source = path.join(root, 'in');
const outDir = path.join(root, 'out');
let store: Store;

beforeAll(async () => {
  store = await openStore(path.join(root, 'store'));
  for (const folder of [source, outDir, path.join(source, 'folder.csv')]) mkdirSync(folder);
  for (const name of ['b.csv', 'a.CSV', 'a+b.csv', 'c.jsonl', 'd.json', 'notes.txt', '.x.csv', 'b.failed.csv', 'b.invalid.csv'])
    writeFileSync(path.join(source, name), 'key\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function list(from: string, name = 'series') {
  const deps = { store } as ActivityDeps; // all that it uses
  const input = { pipeline: 'brief', source: from, outDir, name, storeId: store.id };
  const listed = await listSource(deps, 'default', input);
  return { ...listed, files: listed.files.map((file) => ('url' in file ? file.url : path.basename(file.path))) };
}

describe('listSource()', () => {
  it.each([
    ['a folder', '', ['a+b.csv', 'a.CSV', 'b.csv', 'c.jsonl', 'd.json']],
    ['a pattern', '*.csv', ['a+b.csv', 'b.csv']],
    ['one character', '?.json*', ['c.jsonl', 'd.json']],
    ['signs of expressions', 'a+?.csv', ['a+b.csv']],
    ['nothing that fits', 'x*', []],
    ['a file', 'b.csv', ['b.csv']],
  ])('finds the files of %s', async (_, name, files) => {
    await expect(list(path.join(source, name))).resolves.toMatchObject({ files, left: 0 });
  });

  it('takes an address as it is', async () => {
    await expect(list('https://shop.example/products.csv')).resolves.toMatchObject({ files: ['https://shop.example/products.csv'] });
  });

  it('leaves out what is done for runs of the same name, until it changes', async () => {
    const file = path.join(source, 'b.csv');
    utimesSync(file, 1_000, 1_000);
    const series = { namespace: 'default', name: 'once', pipeline: 'brief' };
    await putSeen(store, series, { path: file, size: 4, mtimeMs: 1_000_000 });
    await expect(list(file, 'once')).resolves.toMatchObject({ files: [] });
    await expect(list(file, 'other')).resolves.toMatchObject({ files: ['b.csv'] });
    utimesSync(file, 1_000, 1_001);
    await expect(list(file, 'once')).resolves.toMatchObject({ files: ['b.csv'] });
  });

  it('lets one of the files whose outputs would be the same go first: the one that is done, else the first by name', async () => {
    const alike = path.join(root, 'alike');
    mkdirSync(alike);
    for (const name of ['a.jsonl', 'a.csv', 'a.json', 'b.csv']) writeFileSync(path.join(alike, name), '');
    const rivals = async (from: string): Promise<unknown[]> => {
      const deps = { store } as ActivityDeps;
      const { files } = await listSource(deps, 'default', { pipeline: 'brief', source: from, outDir, name: 'alike', storeId: store.id });
      return files.map((file) => ('url' in file ? file : [path.basename(file.path), file.rival]));
    };
    await expect(rivals(alike)).resolves.toEqual([
      ['a.csv', undefined],
      ['a.json', 'a.csv'],
      ['a.jsonl', 'a.csv'],
      ['b.csv', undefined],
    ]);
    await expect(rivals(path.join(alike, '*.jsonl'))).resolves.toEqual([['a.jsonl', undefined]]);
    const done = path.join(alike, 'a.jsonl');
    utimesSync(done, 1_000, 1_000);
    await putSeen(store, { namespace: 'default', name: 'alike', pipeline: 'brief' }, { path: done, size: 0, mtimeMs: 1_000_000 });
    await expect(rivals(alike)).resolves.toEqual([
      ['a.csv', 'a.jsonl'],
      ['a.json', 'a.jsonl'],
      ['b.csv', undefined],
    ]);
  });

  it('leaves what is too much for one run to the next', async () => {
    const many = path.join(root, 'many');
    mkdirSync(many);
    for (let file = 0; file < MOST_FILES + 3; file += 1) writeFileSync(path.join(many, `${file}.csv`), '');
    const { files, left } = await list(many);
    expect([files.length, left]).toEqual([MOST_FILES, 3]);
  });

  it('refuses to write where it reads, under whatever name', async () => {
    const sameFolder = path.join(root, 'link');
    symlinkSync(outDir, sameFolder);
    for (const from of [outDir, path.join(outDir, '*.csv'), sameFolder])
      await expect(list(from)).rejects.toThrow(/its output would be taken for new files; choose another folder for the output$/);
  });

  it('refuses to write over the one file that it reads', async () => {
    const file = path.join(outDir, 'rows.csv');
    writeFileSync(file, 'key\n');
    await expect(list(file)).rejects.toThrow(/its output would take its place; choose another folder for the output$/);
  });
});

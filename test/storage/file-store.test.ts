import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { getBlob, putBlob } from '../../storage/blobs';
import { openFileStore } from '../../storage/file-store';
import { openStore } from '../../storage/open-store';

const folder = mkdtempSync(join(tmpdir(), 'troupe-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFolder = (): string => mkdtempSync(join(folder, 's-'));

describe('openFileStore()', () => {
  it('gives every opener of a new folder the same id, also when they race', async () => {
    const root = join(newFolder(), 'new', 'store');
    const stores = await Promise.all(Array.from({ length: 20 }, () => openFileStore(root)));
    expect(new Set(stores.map((store) => store.id)).size).toBe(1);
    expect((await openFileStore(root)).id).toBe(stores[0]?.id);
    expect((await openFileStore(newFolder())).id).not.toBe(stores[0]?.id);
    expect(readdirSync(root)).toEqual(['.id']);
  });

  it('says in one line why it cannot', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await expect(openFileStore(file)).rejects.toThrow(
      /^Cannot open store ".*file": it is a file; set TROUPE_STORE to a folder that can be written$/,
    );
  });

  it('says at once where no folder can be made', async () => {
    await expect(openFileStore('/proc/x')).rejects.toThrow(
      /^Cannot open store "\/proc\/x": .+; set TROUPE_STORE to a folder that can be written$/,
    );
  });
});

describe('Store over a folder', () => {
  it.each([true, false])('returns what was put, durable: %s', async (durable) => {
    const root = newFolder();
    const store = await openFileStore(root);
    await store.put('a/b/c.json', Buffer.from('one'), { durable });
    await store.put('a/b/c.json', Buffer.from('two'), { durable });
    expect(String(await store.get('a/b/c.json'))).toBe('two');
    expect(String(await (await openFileStore(root)).get('a/b/c.json'))).toBe('two');
    expect(readdirSync(join(root, 'a/b'))).toEqual(['c.json']);
  });

  it('returns the same bytes when they must be durable, and nothing for an absent key', async () => {
    const root = newFolder();
    const store = await openFileStore(root);
    await store.put('a/b', Buffer.from('x'), { durable: false });
    const other = await openFileStore(root);
    expect(String(await other.get('a/b', { durable: true }))).toBe('x');
    expect(await other.get('a/c', { durable: true })).toBeUndefined();
  });

  it('lets one of many racing puts under a new key win, whole', async () => {
    const root = newFolder();
    const store = await openFileStore(root);
    await Promise.all(['b', 'c', 'd'].map((letter) => store.put('n/k', Buffer.from(letter.repeat(20_000)))));
    const text = String(await store.get('n/k'));
    expect([text.length, new Set(text).size]).toEqual([20_000, 1]);
    expect(readdirSync(join(root, 'n'))).toEqual(['k']);
  });

  it('has nothing under an unknown key, a folder or below a file', async () => {
    const store = await openFileStore(newFolder());
    await store.put('a/b', Buffer.from('x'));
    expect(await store.get('nothing')).toBeUndefined();
    expect(await store.get('a')).toBeUndefined();
    expect(await store.get('a/b/c')).toBeUndefined();
  });

  it('lists full keys below a folder, sorted, without what is being written', async () => {
    const root = newFolder();
    const store = await openFileStore(root);
    for (const key of ['b/2', 'b/1/x', 'a', 'bb/1']) await store.put(key, Buffer.from('x'), { durable: false });
    writeFileSync(join(root, 'b', '.0123'), 'left by a killed process');
    expect(await store.list('b')).toEqual(['b/1/x', 'b/2']);
    expect(await store.list('')).toEqual(['a', 'b/1/x', 'b/2', 'bb/1']);
    expect(await store.list('nothing')).toEqual([]);
  });

  it('copies over what was there, and does nothing for an absent key', async () => {
    const root = newFolder();
    const store = await openFileStore(root);
    await store.put('a', Buffer.from('one'));
    await store.put('b/c', Buffer.from('old'));
    for (let round = 0; round < 2; round += 1) await store.copy('a', 'b/c');
    await store.copy('nothing', 'b/d');
    expect(String(await store.get('b/c'))).toBe('one');
    await store.put('a', Buffer.from('two'));
    expect(String(await store.get('b/c'))).toBe('one');
    expect(readdirSync(join(root, 'b'))).toEqual(['c']);
  });

  it('deletes, and does not mind an absent key', async () => {
    const store = await openFileStore(newFolder());
    await store.put('a', Buffer.from('x'));
    await store.delete('a');
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });

  it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', '.id', 'a/.b', 'a b', 'ü', 'a\0'])('refuses the key %j', async (key) => {
    const store = await openFileStore(newFolder());
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(/^Cannot use store key/);
    await expect(store.get(key)).rejects.toThrow(/^Cannot use store key/);
    await expect(store.delete(key)).rejects.toThrow(/^Cannot use store key/);
  });

  it('shows readers old or new bytes while many write, never a mixture', async () => {
    const store = await openFileStore(newFolder());
    const bytes = (letter: string): Buffer => Buffer.from(letter.repeat(20_000));
    await store.put('k', bytes('a'));
    const writes = ['b', 'c', 'd'].map((letter) => store.put('k', bytes(letter)));
    for (let i = 0; i < 20; i += 1) expect(new Set(String(await store.get('k'))).size).toBe(1);
    await Promise.all(writes);
    expect((await store.get('k'))?.length).toBe(20_000);
  });

  it('reports a failed write with the key and leaves no litter', async () => {
    const root = newFolder();
    const store = await openFileStore(root);
    await store.put('a', Buffer.from('x'));
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toThrow(/^Cannot write "a\/b" to store ".*": .*; check the disk$/);
    expect(readdirSync(root).sort()).toEqual(['.id', 'a']);
  });
});

describe('putBlob()', () => {
  it('keeps equal values under one key', async () => {
    const store = await openFileStore(newFolder());
    const key = await putBlob(store, { a: [1, 'ü'] });
    expect(await putBlob(store, { a: [1, 'ü'] })).toBe(key);
    expect(await putBlob(store, { a: [2] })).not.toBe(key);
    expect(await getBlob(store, key)).toEqual({ a: [1, 'ü'] });
    expect(await getBlob(store, 'blobs/00/none')).toBeUndefined();
  });
});

describe('openStore()', () => {
  it('opens a folder', async () => {
    const root = newFolder();
    expect((await openStore(root)).location).toBe(root);
  });

  it('refuses other addresses with what to do', async () => {
    await expect(openStore('gs://bucket')).rejects.toThrow(
      /^Cannot open store "gs:\/\/bucket": only folders and s3:\/\/ addresses are supported/,
    );
  });
});

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import { openStore } from '../../storage/open-store';
import type { Store } from '../../storage/store';
import { startRig } from '../helpers/rig';
import { startS3Gateway, type S3Gateway } from '../helpers/s3-gateway';

/** The first start on a machine builds the server. */
const BUILD_MS = 900_000;

describe('Store in a bucket', () => {
  let gateway: S3Gateway;
  const before = { ...process.env };
  beforeAll(async () => {
    gateway = await startS3Gateway();
    Object.assign(process.env, gateway.env);
  }, BUILD_MS);
  afterAll(async () => {
    process.env = before;
    await gateway.close();
  });

  let stores = 0;
  const newPlace = (): string => `s3://${gateway.bucket}/store-${++stores}`;
  const newStore = (): Promise<Store> => openStore(newPlace());

  it('gives every opener of a new place the same id, also when they race', async () => {
    const place = newPlace();
    const opened = await Promise.all(Array.from({ length: 10 }, () => openStore(place)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect((await openStore(place)).id).toBe(opened[0]?.id);
    expect((await newStore()).id).not.toBe(opened[0]?.id);
    expect(await opened[0]?.list('')).toEqual([]);
  });

  it('returns what was put last, and nothing for an absent key', async () => {
    const store = await newStore();
    await store.put('a/b/c.json', Buffer.from('one'));
    await store.put('a/b/c.json', Buffer.from('two'));
    expect(String(await store.get('a/b/c.json'))).toBe('two');
    expect(String(await (await openStore(store.location)).get('a/b/c.json', { durable: true }))).toBe('two');
    expect(await store.get('nothing')).toBeUndefined();
    const bytes = Buffer.alloc(6_000_000, 7);
    await store.put('large', bytes);
    expect((await store.get('large'))?.equals(bytes)).toBe(true);
    await store.put('empty', Buffer.alloc(0));
    expect((await store.get('empty'))?.length).toBe(0);
  });

  it('lists full keys below a folder, sorted, over as many pages as it takes', async () => {
    const store = await newStore();
    for (const key of ['b/2', 'b/1/x', 'a', 'bb/1']) await store.put(key, Buffer.from('x'));
    expect(await store.list('b')).toEqual(['b/1/x', 'b/2']);
    expect(await store.list('')).toEqual(['a', 'b/1/x', 'b/2', 'bb/1']);
    expect(await store.list('nothing')).toEqual([]);
    const many = Array.from({ length: 1_030 }, (_, at) => `many/${String(at).padStart(5, '0')}`);
    for (let at = 0; at < many.length; at += 50) await Promise.all(many.slice(at, at + 50).map((key) => store.put(key, Buffer.from('x'))));
    expect(await store.list('many')).toEqual(many);
  });

  it('copies over what was there, and does nothing for an absent key', async () => {
    const store = await newStore();
    await store.put('a', Buffer.from('one'));
    await store.put('b/c', Buffer.from('old'));
    for (let round = 0; round < 2; round += 1) await store.copy('a', 'b/c');
    await store.copy('nothing', 'b/d');
    expect(String(await store.get('b/c'))).toBe('one');
    expect(await store.get('b/d')).toBeUndefined();
  });

  it('deletes, and does not mind an absent key', async () => {
    const store = await newStore();
    await store.put('a', Buffer.from('x'));
    await store.delete('a');
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });

  it('shows readers old or new bytes while many write, never a mixture', async () => {
    const store = await newStore();
    const bytes = (letter: string): Buffer => Buffer.from(letter.repeat(20_000));
    await store.put('k', bytes('a'));
    const writes = ['b', 'c', 'd'].map((letter) => store.put('k', bytes(letter)));
    for (let i = 0; i < 20; i += 1) expect(new Set(String(await store.get('k'))).size).toBe(1);
    await Promise.all(writes);
    expect((await store.get('k'))?.length).toBe(20_000);
  });

  it.each(['', '/a', '../a', 'a/../b', '.id', 'a b'])('refuses the key %j', async (key) => {
    const store = await newStore();
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(/^Cannot use store key/);
    await expect(store.get(key)).rejects.toThrow(/^Cannot use store key/);
  });

  it('keeps to its prefix', async () => {
    const store = await newStore();
    const s3 = new S3Client({ forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: gateway.bucket, Key: 'elsewhere/a', Body: 'x' }));
    expect(await store.list('')).toEqual([]);
    const whole = await openStore(`s3://${gateway.bucket}`);
    expect(String(await whole.get('elsewhere/a'))).toBe('x');
  });

  it('says in one line why it cannot', async () => {
    await expect(openStore('s3://no-such-bucket-here/x')).rejects.toThrow(
      /^Cannot open store "s3:\/\/no-such-bucket-here\/x": .*bucket.*; check bucket, region and credentials$/,
    );
    await expect(openStore('s3://')).rejects.toThrow(/^Cannot open store "s3:\/\/": it is no place in S3; write/);
    const store = await newStore();
    await gateway.close();
    await expect(store.put('a', Buffer.from('x'))).rejects.toThrow(/^Cannot write "a" to store "s3:.*ECONNREFUSED.*; check bucket/);
    gateway = await startS3Gateway();
    Object.assign(process.env, gateway.env);
  }, 60_000);

  it('holds the journal of a run: its ledger is the bill, and a second run reuses every answer', async () => {
    const rig = await startRig({ maxCachedWorkflows: 100, deps: { store: await newStore() } });
    try {
      const first = await rig.start('brief', { topic: 'Tea' });
      const { ledger } = await first.outcome();
      expect(ledger.requests).toBe(first.bill().length);
      expect(ledger.requests).toBe(2);
      const second = await rig.start('brief', { topic: 'Tea' }, { reuse: true });
      expect((await second.outcome()).result).toEqual((await first.outcome()).result);
      expect(second.bill()).toEqual([]);
    } finally {
      await rig.close();
    }
  }, 60_000);
});

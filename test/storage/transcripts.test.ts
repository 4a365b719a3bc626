import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openFileStore } from '../../storage/file-store';
import type { Store } from '../../storage/store';
import { beginTranscript, extendTranscript, loadTranscript } from '../../storage/transcripts';

describe('transcripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-transcripts-'));
  let store: Store;
  let reads = 0;
  let written = 0;
  beforeAll(async () => {
    const files = await openFileStore(folder);
    store = {
      ...files,
      get: (key) => (reads++, files.get(key)),
      put: (key, bytes, options) => ((written += bytes.length), files.put(key, bytes, options)),
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const grown = async (turns: number, message: (turn: number) => unknown = (turn) => ({ turn })): Promise<string> => {
    let { key } = await beginTranscript(store, { system: 'Be brief' }, [message(0)]);
    for (let turn = 1; turn < turns; turn++) {
      const loaded = await loadTranscript(store, key);
      if (loaded === undefined) throw new Error('lost');
      key = (await extendTranscript(store, loaded, [message(turn)])).key;
    }
    return key;
  };

  it.each([1, 2, 3, 7, 8, 33])('of %s messages are read as they were written, byte for byte', async (turns) => {
    const odd = (turn: number): unknown => ({ thinking: '', signature: `+/=${turn}`, 'ünï\u2028': [turn, null, 1e21] });
    const loaded = await loadTranscript(store, await grown(turns, odd));
    expect(JSON.stringify(loaded?.messages)).toBe(JSON.stringify(Array.from({ length: turns }, (_, turn) => odd(turn))));
    expect(loaded?.head).toEqual({ system: 'Be brief' });
  });

  it('have the same key for the same messages, and keep what was said before a fork', async () => {
    const key = await grown(5);
    expect(await grown(5)).toBe(key);
    const loaded = await loadTranscript(store, key);
    if (loaded === undefined) throw new Error('lost');
    const [left, right] = await Promise.all([extendTranscript(store, loaded, ['left']), extendTranscript(store, loaded, ['right'])]);
    expect((await loadTranscript(store, left.key))?.messages.at(-1)).toBe('left');
    expect((await loadTranscript(store, right.key))?.messages.at(-1)).toBe('right');
    expect((await loadTranscript(store, key))?.messages).toHaveLength(5);
    expect((await extendTranscript(store, loaded, [])).key).toBe(key);
  });

  it('of 200 messages of 1 kB are read from few blobs and take far less than the square of their number', async () => {
    written = 0;
    const key = await grown(200, (turn) => `${turn} `.padEnd(1_000, 'x'));
    reads = 0;
    await loadTranscript(store, key);
    expect(reads).toBeLessThanOrEqual(10);
    expect(written).toBeLessThan(200 * 1_000 * 10);
  });

  it('are undefined when the store lacks a part of them', async () => {
    const key = await grown(3);
    await store.delete(key);
    expect(await loadTranscript(store, key)).toBeUndefined();
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findAnswer, offerAnswer } from '../../claude/content-index';
import { openCall, pathOf, type CallJournal, type CallKey } from '../../claude/journal';
import type { IntentRecord } from '../../claude/journal-records';
import { createModels } from '../../claude/models';
import { createTemplate, renderRequest } from '../../claude/request';
import { readSettings } from '../../common/settings';
import { openFileStore } from '../../storage/file-store';
import type { PutOptions, Store } from '../../storage/store';

const folder = mkdtempSync(join(tmpdir(), 'troupe-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY: CallKey = { namespace: 'default', workflowId: 'run', firstRunId: 'r1', step: 'writer', generation: 0 };
const template = createTemplate({ model: createModels(readSettings({})).forTier('fast'), system: 's', maxTokens: 10, effort: 'low' });
const request = renderRequest(template, 'Say "it"\n');

const intent = (turn = 0): IntentRecord => ({ turn, model: 'm', requestHash: request.hash, worstPico: 1_000, worstTokens: 50, sentAt: 1 });
const usage = { input_tokens: 3, output_tokens: 4, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
const answer = (text: string, answeredAt = 1) => ({
  model: 'm',
  requestHash: request.hash,
  requestId: 'req',
  usage,
  costPico: 70,
  answeredAt,
  message: { model: 'm', stop_reason: 'end_turn', content: [{ type: 'text', text }] } as never,
});
const textOf = (journal: CallJournal, turn = 0) => (journal.answerTo(turn)?.message.content[0] as { text: string } | undefined)?.text;

let store: Store;
beforeEach(async () => {
  store = await openFileStore(mkdtempSync(join(folder, 's-')));
});

describe('openCall()', () => {
  it('knows nothing of a new call', async () => {
    const journal = await openCall(store, KEY);
    expect(journal.answerTo(0)).toBeUndefined();
    expect(journal.spend()).toEqual({ settled: [], uncertainPico: 0, uncertainTokens: 0, uncertainRequests: 0 });
    expect(await store.list('')).toEqual([]);
  });

  it('counts an intent at its worst until it is answered or voided, in every process', async () => {
    const journal = await openCall(store, KEY);
    const first = await journal.intend(intent());
    await journal.intend(intent());
    expect((await openCall(store, KEY)).spend()).toMatchObject({ uncertainPico: 2_000, uncertainTokens: 100, uncertainRequests: 2 });
    await journal.void(first);
    expect((await openCall(store, KEY)).spend()).toMatchObject({ uncertainPico: 1_000, uncertainRequests: 1 });
    const third = await journal.intend(intent());
    await journal.answered(third, request, answer('it'));
    const settled = [{ model: 'm', requests: 1, usage: expect.objectContaining(usage), costPico: 70 }];
    expect(journal.spend()).toEqual({ settled, uncertainPico: 1_000, uncertainTokens: 50, uncertainRequests: 1 });
    expect((await openCall(store, KEY)).spend()).toEqual(journal.spend());
  });

  it('reads an answer back as it was written, request included', async () => {
    const journal = await openCall(store, KEY);
    const written = await journal.answered(await journal.intend(intent(2)), request, answer('quote " and ü'));
    const read = (await openCall(store, KEY)).answerTo(2);
    expect(read).toEqual(written);
    expect(read?.request).toEqual(request.params);
  });

  it('stays with the first answer when a second attempt gets one, and counts both', async () => {
    const [one, two] = [await openCall(store, KEY), await openCall(store, KEY)];
    const [slow, fast] = [await one.intend(intent()), await two.intend(intent())];
    await two.answered(fast, request, answer('first', 10));
    await one.answered(slow, request, answer('second', 20));
    expect(textOf(one)).toBe('second');
    await one.refresh();
    const later = await openCall(store, KEY);
    expect([textOf(one), textOf(later)]).toEqual(['first', 'first']);
    expect(later.spend()).toMatchObject({ settled: [{ requests: 2, costPico: 140 }], uncertainRequests: 0 });
  });

  it('adopts an answer of another run for all attempts, free of charge', async () => {
    const other = await openCall(store, { ...KEY, firstRunId: 'r0' });
    const { key } = await other.answered(await other.intend(intent()), request, answer('bought'));
    const journal = await openCall(store, KEY);
    expect(await journal.adopt(0, key)).toMatchObject({ reused: true, key });
    const later = await openCall(store, KEY);
    expect(textOf(later)).toBe('bought');
    expect(later.spend().settled).toEqual([]);
    expect(await journal.adopt(1, 'calls/no/such/answer')).toBeUndefined();
    expect((await openCall(store, KEY)).answerTo(1)).toBeUndefined();
  });

  it('makes answers durable and spends no fsync on anything else', async () => {
    const durable: string[] = [];
    const watched: Store = {
      ...store,
      put: (key, bytes, options?: PutOptions) => {
        if (options?.durable !== false) durable.push(key);
        return store.put(key, bytes, options);
      },
    };
    const journal = await openCall(watched, KEY);
    const { key } = await journal.answered(await journal.intend(intent()), request, answer('it'));
    await journal.reject({ key, turn: 0, reused: false, request: request.params, ...answer('it') }, ['too short']);
    await offerAnswer(watched, { requestHash: request.hash, sample: 0, simulated: false }, key);
    expect(durable).toEqual([key]);
  });

  it('keeps the reasons of a rejected answer next to it', async () => {
    const journal = await openCall(store, KEY);
    const written = await journal.answered(await journal.intend(intent()), request, answer('it'));
    await journal.reject(written, ['too short']);
    const [key] = (await store.list('calls')).filter((each) => each.startsWith(pathOf(KEY)) && each.endsWith('.rejected.json'));
    expect(JSON.parse(String(await store.get(String(key))))).toEqual({ turn: 0, stopReason: 'end_turn', reasons: ['too short'] });
    expect(textOf(await openCall(store, KEY))).toBe('it');
  });
});

describe('openCall() of one among many', () => {
  it('does not take the records of another call of the run for its own', async () => {
    const other = { ...KEY, step: 'writer#2' };
    const journal = await openCall(store, other);
    await journal.answered(await journal.intend(intent()), request, answer('theirs'));
    expect((await openCall(store, KEY)).answerTo(0)).toBeUndefined();
    expect(textOf(await openCall(store, other))).toBe('theirs');
  });

  it('takes a record that a power cut has emptied as never written', async () => {
    const journal = await openCall(store, KEY);
    const { key } = await journal.answered(await journal.intend(intent()), request, answer('it'));
    await store.put(key, Buffer.alloc(0));
    const later = await openCall(store, KEY);
    expect(later.answerTo(0)).toBeUndefined();
    expect(later.spend()).toMatchObject({ settled: [], uncertainRequests: 1 });
  });
});

describe('an intent', () => {
  it('that a power cut has emptied counts at its worst all the same, from its name', async () => {
    const journal = await openCall(store, KEY);
    const { key } = await journal.intend(intent());
    await store.put(key, Buffer.alloc(0));
    expect((await openCall(store, KEY)).spend()).toMatchObject({ uncertainPico: 1_000, uncertainTokens: 50, uncertainRequests: 1 });
  });

  it('of another attempt is seen by refresh(), and so is that it was voided', async () => {
    const [one, two] = [await openCall(store, KEY), await openCall(store, KEY)];
    const sent = await two.intend(intent());
    expect(one.spend().uncertainRequests).toBe(0);
    await one.refresh();
    expect(one.spend()).toMatchObject({ uncertainPico: 1_000, uncertainRequests: 1 });
    await two.void(sent);
    await one.refresh();
    expect(one.spend()).toMatchObject({ uncertainPico: 0, uncertainRequests: 0 });
  });
});

describe('pathOf()', () => {
  it('differs in every part of the key and is a valid store key for any step', () => {
    const keys: CallKey[] = [
      KEY,
      { ...KEY, namespace: 'n' },
      { ...KEY, workflowId: 'x' },
      { ...KEY, firstRunId: 'x' },
      { ...KEY, step: 'x' },
      { ...KEY, generation: 1 },
      { ...KEY, step: '../ü:1' },
      { ...KEY, step: '../ü/1' },
      { ...KEY, step: 'x'.repeat(500) },
    ];
    const paths = keys.map(pathOf);
    expect(new Set(paths).size).toBe(keys.length);
    for (const each of paths) expect(each).toMatch(/^calls\/[0-9a-f]{2}\/[0-9a-f]{32}\/[A-Za-z0-9_][A-Za-z0-9_-]{1,90}$/);
  });
});

describe('findAnswer()', () => {
  it('finds by request and sample', async () => {
    expect(await findAnswer(store, { requestHash: 'h', sample: 0, simulated: false })).toBeUndefined();
    for (const text of ['older', 'newer']) {
      await store.put(`calls/${text}`, Buffer.from(text));
      await offerAnswer(store, { requestHash: 'h', sample: 0, simulated: false }, `calls/${text}`);
    }
    const key = await findAnswer(store, { requestHash: 'h', sample: 0, simulated: false });
    expect(String(await store.get(String(key)))).toBe('newer');
    expect(await findAnswer(store, { requestHash: 'h', sample: 1, simulated: false })).toBeUndefined();
    expect(await findAnswer(store, { requestHash: 'i', sample: 0, simulated: false })).toBeUndefined();
  });

  it('finds what a store has from before, where folders had longer names', async () => {
    const content = { requestHash: 'h', sample: 0, simulated: false };
    await store.put('calls/kept', Buffer.from('kept'));
    await offerAnswer(store, content, 'calls/kept');
    const key = String(await findAnswer(store, content));
    const hash = String(key.split('/').at(-1));
    await store.copy(key, `content/${hash.slice(0, 2)}/${hash}`);
    await store.delete(key);
    expect(String(await store.get(String(await findAnswer(store, content))))).toBe('kept');
  });

  it('keeps simulated answers from real runs, and the other way round', async () => {
    await store.put('calls/made-up', Buffer.from('made up'));
    await offerAnswer(store, { requestHash: 'h', sample: 0, simulated: true }, 'calls/made-up');
    expect(await findAnswer(store, { requestHash: 'h', sample: 0, simulated: false })).toBeUndefined();
    expect(await findAnswer(store, { requestHash: 'h', sample: 0, simulated: true })).toBeDefined();
  });
});

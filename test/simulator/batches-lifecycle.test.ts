import Anthropic from '@anthropic-ai/sdk';

import { HOUR, idsOf, itemRecords, items, resultsOf } from './batch-harness';
import { clientOf, eventually, rejection, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

describe('cancel()', () => {
  test('keeps what is done, cancels the rest and charges it nothing', async () => {
    const simulator = await simulatorFor({ batchMs: 100_000 });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(10) });
    simulator.advanceClock(35_000);
    const canceling = await claude.messages.batches.cancel(id);
    expect(canceling).toMatchObject({
      processing_status: 'canceling',
      request_counts: { processing: 10, succeeded: 0, canceled: 0 },
      cancel_initiated_at: expect.any(String),
      ended_at: null,
      results_url: null,
    });
    expect((await claude.messages.batches.retrieve(id)).processing_status).toBe('canceling');
    simulator.advanceClock(2_000);
    const ended = await claude.messages.batches.retrieve(id);
    expect(ended).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 3, errored: 0, canceled: 7, expired: 0 },
      cancel_initiated_at: canceling.cancel_initiated_at,
    });
    const results = await resultsOf(claude, id);
    expect(results.size).toBe(10);
    expect(idsOf(results, 'succeeded')).toHaveLength(3);
    expect(idsOf(results, 'canceled')).toHaveLength(7);
    const records = itemRecords(simulator, id);
    expect(
      records
        .filter((record) => record.charged)
        .map((record) => record.customId)
        .sort(),
    ).toEqual(idsOf(results, 'succeeded'));
    expect(records.filter((record) => record.outcome === 'canceled').every((record) => record.costPico === 0)).toBe(true);
    expect(records).toHaveLength(10);
  });

  test('lets items finish that were nearly done', async () => {
    const simulator = await simulatorFor({ batchMs: 100_000 });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(10) });
    simulator.advanceClock(39_000);
    await claude.messages.batches.cancel(id);
    simulator.advanceClock(2_000);
    expect((await claude.messages.batches.retrieve(id)).request_counts).toMatchObject({ succeeded: 4, canceled: 6 });
  });

  test('twice changes nothing; of an ended batch it is an error; of an unknown one too', async () => {
    const simulator = await simulatorFor({ batchMs: HOUR });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(2) });
    const first = await claude.messages.batches.cancel(id);
    simulator.advanceClock(1_000);
    expect(await claude.messages.batches.cancel(id)).toEqual(first);
    simulator.advanceClock(HOUR);
    expect((await claude.messages.batches.retrieve(id)).processing_status).toBe('ended');
    expect(await rejection(claude.messages.batches.cancel(id))).toBeInstanceOf(Anthropic.BadRequestError);
    expect(await rejection(claude.messages.batches.cancel('msgbatch_nobody'))).toBeInstanceOf(Anthropic.NotFoundError);
  });
});

describe('expiry', () => {
  test('after 24 hours what is not done expires, without charge, and the batch ends', async () => {
    const simulator = await simulatorFor({ batchMs: 48 * HOUR });
    const claude = clientOf(simulator);
    const { id, expires_at } = await claude.messages.batches.create({ requests: items(8) });
    simulator.advanceClock(24 * HOUR - 60_000);
    expect((await claude.messages.batches.retrieve(id)).processing_status).toBe('in_progress');
    simulator.advanceClock(60_000);
    expect(await claude.messages.batches.retrieve(id)).toMatchObject({
      processing_status: 'ended',
      ended_at: expires_at,
      request_counts: { processing: 0, succeeded: 4, errored: 0, canceled: 0, expired: 4 },
    });
    const results = await resultsOf(claude, id);
    const unpaid = itemRecords(simulator, id).filter((record) => !record.charged);
    expect(unpaid.map((record) => record.customId).sort()).toEqual(idsOf(results, 'expired'));
    expect(unpaid.every((record) => record.outcome === 'expired' && record.status === 0 && record.costPico === 0)).toBe(true);
  });

  test('can be brought nearer', async () => {
    const simulator = await simulatorFor({ batchMs: HOUR, batchExpiryMs: 30_000 });
    const claude = clientOf(simulator);
    const { id, created_at, expires_at } = await claude.messages.batches.create({ requests: items(3) });
    expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(30_000);
    simulator.advanceClock(30_000);
    expect((await claude.messages.batches.retrieve(id)).request_counts).toMatchObject({ expired: 3 });
  });

  test('of a batch that is being cancelled shortly before: what is left is expired, not canceled', async () => {
    const simulator = await simulatorFor({ batchMs: 100 * HOUR });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(4) });
    simulator.advanceClock(24 * HOUR - 1_000);
    await claude.messages.batches.cancel(id);
    simulator.advanceClock(1_000);
    expect((await claude.messages.batches.retrieve(id)).request_counts).toMatchObject({ canceled: 0, expired: 4 });
  });
});

describe('list()', () => {
  const created = async (count: number) => {
    const simulator = await simulatorFor({ batchMs: HOUR });
    const claude = clientOf(simulator);
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.unshift((await claude.messages.batches.create({ requests: items(1) })).id);
    return { simulator, claude, ids };
  };
  const idsIn = (page: { data: ReadonlyArray<{ id: string }> }) => page.data.map(({ id }) => id);

  test('shows the newest first, 20 to a page, and the SDK turns the pages', async () => {
    const { claude, ids } = await created(45);
    const page = await claude.messages.batches.list();
    expect(idsIn(page)).toEqual(ids.slice(0, 20));
    expect(page).toMatchObject({ has_more: true, first_id: ids[0], last_id: ids[19] });
    const all: string[] = [];
    for await (const { id } of claude.messages.batches.list({ limit: 7 })) all.push(id);
    expect(all).toEqual(ids);
  });

  test('turns pages both ways by after_id and before_id', async () => {
    const { claude, ids } = await created(6);
    const after = await claude.messages.batches.list({ after_id: ids[1] as string, limit: 2 });
    expect([idsIn(after), after.has_more]).toEqual([ids.slice(2, 4), true]);
    const before = await claude.messages.batches.list({ before_id: ids[4] as string, limit: 3 });
    expect([idsIn(before), before.has_more]).toEqual([ids.slice(1, 4), true]);
    const last = await claude.messages.batches.list({ after_id: ids[3] as string, limit: 2 });
    expect([idsIn(last), last.has_more]).toEqual([ids.slice(4), false]);
    const backwards: string[] = [];
    for await (const { id } of claude.messages.batches.list({ before_id: ids[5] as string, limit: 2 })) backwards.push(id);
    expect(backwards.sort()).toEqual(ids.slice(0, 5).sort());
  });

  test('is empty at first, and refuses limits and cursors that mean nothing', async () => {
    const { claude } = await created(0);
    expect(await claude.messages.batches.list()).toMatchObject({ data: [], has_more: false, first_id: null, last_id: null });
    for (const query of [
      { limit: 0 },
      { limit: 1_001 },
      { limit: 1.5 },
      { after_id: 'msgbatch_nobody' },
      { after_id: 'a', before_id: 'b' },
    ])
      expect(await rejection(Promise.resolve(claude.messages.batches.list(query)))).toBeInstanceOf(Anthropic.BadRequestError);
  });

  test('has no deleted batch, and a page may still start at one', async () => {
    const { simulator, claude, ids } = await created(4);
    simulator.advanceClock(HOUR);
    await claude.messages.batches.delete(ids[1] as string);
    expect(idsIn(await claude.messages.batches.list())).toEqual([ids[0], ids[2], ids[3]]);
    expect(idsIn(await claude.messages.batches.list({ after_id: ids[1] as string }))).toEqual([ids[2], ids[3]]);
  });
});

describe('delete()', () => {
  test('takes ended batches only, and after it there is no batch and there are no results', async () => {
    const simulator = await simulatorFor({ batchMs: HOUR });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(1) });
    expect(await rejection(claude.messages.batches.delete(id))).toBeInstanceOf(Anthropic.BadRequestError);
    simulator.advanceClock(HOUR);
    const results = (await claude.messages.batches.retrieve(id)).results_url as string;
    expect(await claude.messages.batches.delete(id)).toEqual({ id, type: 'message_batch_deleted' });
    for (const gone of [claude.messages.batches.retrieve(id), claude.messages.batches.delete(id), claude.get(results)])
      expect(await rejection(gone)).toBeInstanceOf(Anthropic.NotFoundError);
    expect(simulator.stats()).toMatchObject({ charged: 1 });
  });
});

describe('everything else', () => {
  test('unknown batches, paths and methods are told in errors of the API', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const error = (await rejection(claude.messages.batches.retrieve('msgbatch_nobody'))) as Anthropic.NotFoundError;
    expect(error).toBeInstanceOf(Anthropic.NotFoundError);
    expect(error).toMatchObject({ type: 'not_found_error', requestID: expect.stringMatching(/^req_/) });
    expect(await rejection(claude.get('/v1/messages/batches/x/y'))).toBeInstanceOf(Anthropic.NotFoundError);
    expect(((await rejection(claude.put('/v1/messages/batches'))) as { status?: number }).status).toBe(405);
    expect(((await rejection(claude.post('/v1/messages/batches/x'))) as { status?: number }).status).toBe(405);
  });

  test('the results_url is where the client came in', async () => {
    const simulator = await simulatorFor();
    const byName = clientOf(simulator, { baseURL: simulator.url.replace('127.0.0.1', 'localhost') });
    const { id } = await byName.messages.batches.create({ requests: items(1) });
    expect((await byName.messages.batches.retrieve(id)).results_url).toMatch(/^http:\/\/localhost:\d+\/v1\/messages\/batches\//);
  });

  test('reset() forgets ended batches and lets the others go on', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const ended = await claude.messages.batches.create({ requests: items(1) });
    await claude.messages.batches.retrieve(ended.id);
    simulator.configure({ batchMs: HOUR });
    const open = await claude.messages.batches.create({ requests: items(2) });
    simulator.reset();
    expect(await rejection(claude.messages.batches.retrieve(ended.id))).toBeInstanceOf(Anthropic.NotFoundError);
    simulator.advanceClock(HOUR);
    expect((await resultsOf(claude, open.id)).size).toBe(2);
    expect(simulator.stats()).toMatchObject({ calls: 2, charged: 2 });
  });

  test('a batch of 2,000 items leaves requests of their own room while it is worked on', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(2_000) });
    await claude.messages.create({ ...items(1)[0]?.params, max_tokens: 50 } as Anthropic.Messages.MessageCreateParamsNonStreaming);
    expect(simulator.batches()[0]?.counts.processing).toBeGreaterThan(0);
    await eventually('the batch ends', () => simulator.batches()[0]?.status === 'ended');
    expect((await resultsOf(claude, id)).size).toBe(2_000);
    expect(new Set(itemRecords(simulator, id).map((record) => record.customId)).size).toBe(2_000);
  });

  test('the admin endpoints show progress, and moving the clock there waits for what is due', async () => {
    const simulator = await simulatorFor({ batchMs: 10_000 });
    const { id } = await clientOf(simulator).messages.batches.create({ requests: items(4) });
    const post = (path: string, body: unknown) => fetch(`${simulator.url}/__sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
    await post('clock', { advance_s: 5 });
    expect(itemRecords(simulator, id)).toHaveLength(2);
    expect(await (await fetch(`${simulator.url}/__sim/batches`)).json()).toEqual({ batches: simulator.batches() });
    expect(simulator.batches()).toMatchObject([{ id, status: 'in_progress', counts: { processing: 2, succeeded: 2 }, deleted: false }]);
    expect(await (await fetch(`${simulator.url}/__sim/requests?batch=${id}`)).json()).toEqual({ requests: itemRecords(simulator, id) });
    expect((await post('config', { batchMs: 5, batchExpiryMs: 100 })).status).toBe(200);
    expect((await post('config', { batchExpiryMs: 0 })).status).toBe(400);
    expect((await post('config', { batchMs: -1 })).status).toBe(400);
  });
});

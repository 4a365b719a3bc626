import Anthropic from '@anthropic-ai/sdk';
import { request as httpRequest } from 'undici';

import { ratesFor } from '../../common/price-list';
import { costOf } from '../../common/pricing';
import { timesOf } from '../../simulator/batches/schedule';
import { randomFrom } from '../../simulator/random';
import { errorOf, HOUR, idsOf, itemRecords, items, messageOf, question, resultsOf } from './batch-harness';
import { clientOf, eventually, rejection, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

describe('create() and the life cycle', () => {
  test('a new batch is in progress with every field, and all counts but processing are 0', async () => {
    const simulator = await simulatorFor({ batchMs: HOUR });
    const { data, response, request_id } = await clientOf(simulator)
      .messages.batches.create({ requests: items(3) })
      .withResponse();
    expect(data).toEqual({
      id: expect.stringMatching(/^msgbatch_01[0-9A-Za-z]{22}$/),
      type: 'message_batch',
      processing_status: 'in_progress',
      request_counts: { processing: 3, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      expires_at: expect.any(String),
      ended_at: null,
      cancel_initiated_at: null,
      archived_at: null,
      results_url: null,
    });
    expect(Date.parse(data.expires_at) - Date.parse(data.created_at)).toBe(24 * HOUR);
    expect(request_id).toBe(response.headers.get('request-id'));
    expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe('4000');
  });

  test('counts stay at processing until the whole batch has ended, however far the work is', async () => {
    const simulator = await simulatorFor({ batchMs: 10_000 });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(10) });
    simulator.advanceClock(5_000);
    expect(await claude.messages.batches.retrieve(id)).toMatchObject({
      processing_status: 'in_progress',
      request_counts: { processing: 10, succeeded: 0 },
      results_url: null,
    });
    expect(simulator.batches()).toMatchObject([{ id, status: 'in_progress', counts: { processing: 5, succeeded: 5 } }]);
    simulator.advanceClock(5_000);
    const ended = await claude.messages.batches.retrieve(id);
    expect(ended).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 10, errored: 0, canceled: 0, expired: 0 },
      results_url: `${simulator.url}/v1/messages/batches/${id}/results`,
    });
    expect(Date.parse(String(ended.ended_at)) - Date.parse(ended.created_at)).toBe(10_000);
  });

  test('without a latency a batch has ended by the first look, and it ends without anybody looking', async () => {
    const simulator = await simulatorFor();
    const { id, processing_status } = await clientOf(simulator).messages.batches.create({ requests: items(2) });
    expect(processing_status).toBe('in_progress');
    expect((await clientOf(simulator).messages.batches.retrieve(id)).processing_status).toBe('ended');
    const timed = await simulatorFor({ batchMs: 30 });
    await clientOf(timed).messages.batches.create({ requests: items(2) });
    await eventually('the batch ends', () => timed.batches()[0]?.status === 'ended');
    expect(timed.requests().filter((record) => record.charged)).toHaveLength(2);
  });

  test('at real speed a batch takes minutes, and less than an hour', async () => {
    const simulator = await simulatorFor({ latency: 1 });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(4) });
    simulator.advanceClock(20_000);
    expect((await claude.messages.batches.retrieve(id)).processing_status).toBe('in_progress');
    simulator.advanceClock(HOUR);
    expect((await claude.messages.batches.retrieve(id)).processing_status).toBe('ended');
  });

  // As docs/lanes.md tells people who wait for one.
  test.each([
    { latency: 1, least: 120_000, most: 1_800_000 },
    { latency: 0.05, least: 6_000, most: 90_000 },
    { latency: 0, least: 0, most: 0 },
  ])('of one item it takes $least to $most ms at a latency of $latency, and little more of many', ({ latency, least, most }) => {
    const turnaround = (drawn: number, count: number): number => {
      const random = { ...randomFrom('drawn'), next: () => drawn };
      return timesOf({ latency }, { now: 0, count, random }).turnaroundMs;
    };
    expect(turnaround(0, 1)).toBeCloseTo(least, -2);
    expect(turnaround(1, 1)).toBeCloseTo(most, -2);
    expect(turnaround(1, 10_000) - turnaround(1, 0)).toBeCloseTo(150_000 * latency, 3);
  });
});

describe('results()', () => {
  test('have each item once, out of order, with the message of the interactive lane in the tier batch', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(40) });
    const order: string[] = [];
    for await (const { custom_id } of await claude.messages.batches.results(id)) order.push(custom_id);
    expect([...order].sort()).toEqual(
      items(40)
        .map((item) => item.custom_id)
        .sort(),
    );
    expect(order).not.toEqual(items(40).map((item) => item.custom_id));
    const results = await resultsOf(claude, id);
    for (let at = 0; at < 40; at += 1) {
      const { usage, ...alone } = await claude.messages.create(question(at));
      const { usage: batched, ...message } = messageOf(results, `item-${at}`);
      expect(message).toEqual(alone);
      expect(batched).toEqual({ ...usage, service_tier: 'batch' });
    }
  });

  test('are sent as x-jsonl and in full, twice the same', async () => {
    const simulator = await simulatorFor();
    const { id } = await clientOf(simulator).messages.batches.create({ requests: items(5) });
    await clientOf(simulator).messages.batches.retrieve(id);
    const get = async () => {
      const headers = { 'x-api-key': 'test', 'anthropic-version': '2026-10-21' };
      const { headers: got, body, statusCode } = await httpRequest(`${simulator.url}/v1/messages/batches/${id}/results`, { headers });
      return { statusCode, type: got['content-type'], text: await body.text() };
    };
    const first = await get();
    expect(first).toMatchObject({ statusCode: 200, type: 'application/x-jsonl' });
    expect(first.text.endsWith('\n')).toBe(true);
    expect(first.text.trim().split('\n')).toHaveLength(5);
    expect(await get()).toEqual(first);
  });

  test('can be iterated once an asking', async () => {
    const claude = clientOf(await simulatorFor());
    const { id } = await claude.beta.messages.batches.create({ requests: items(2) });
    const lines = await claude.beta.messages.batches.results(id);
    const read = async () => {
      let count = 0;
      for await (const { custom_id } of lines) count += custom_id.length > 0 ? 1 : 0;
      return count;
    };
    expect(await read()).toBe(2);
    expect(await rejection(read())).toBeInstanceOf(Anthropic.AnthropicError);
  });

  test('of a batch in progress the SDK does not even ask for, and the endpoint has none', async () => {
    const simulator = await simulatorFor({ batchMs: HOUR });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(1) });
    expect(String(await rejection(claude.messages.batches.results(id)))).toMatch(/No batch `results_url`/);
    expect(await rejection(claude.get(`/v1/messages/batches/${id}/results`))).toBeInstanceOf(Anthropic.NotFoundError);
  });

  test('can be had for 29 days after creation; the batch can be seen after that', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id, created_at } = await claude.messages.batches.create({ requests: items(1) });
    await claude.messages.batches.retrieve(id);
    simulator.advanceClock(29 * 24 * HOUR - 60_000);
    expect((await resultsOf(claude, id)).size).toBe(1);
    simulator.advanceClock(60_000);
    const batch = await claude.messages.batches.retrieve(id);
    expect(batch).toMatchObject({ processing_status: 'ended', results_url: null });
    expect(Date.parse(String(batch.archived_at)) - Date.parse(created_at)).toBe(29 * 24 * HOUR);
    expect(await rejection(claude.get(`/v1/messages/batches/${id}/results`))).toBeInstanceOf(Anthropic.NotFoundError);
  });
});

describe('the bill of a batch', () => {
  test('has a line for each item, at exactly half of what the same request costs alone', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(6) });
    const results = await resultsOf(claude, id);
    for (let at = 0; at < 6; at += 1) await claude.messages.create(question(at));
    const alone = simulator.requests().filter((record) => record.path === '/v1/messages' && record.batchId === undefined);
    const records = itemRecords(simulator, id);
    expect(records).toHaveLength(6);
    for (const record of records) {
      const { usage } = messageOf(results, String(record.customId));
      const twin = alone.find(({ hash }) => hash === record.hash);
      expect(record).toMatchObject({ outcome: 'answered', status: 200, charged: true, stopReason: 'end_turn' });
      expect(record.usage).toMatchObject({ input_tokens: usage.input_tokens, output_tokens: usage.output_tokens });
      const rates = ratesFor(String(record.model), record.at);
      expect(record.costPico).toBe(rates && costOf(record.usage, rates, 0.5));
      expect(record.costPico * 2).toBe(twin?.costPico);
    }
    expect(simulator.stats()).toMatchObject({ calls: 12, batchItems: 6, charged: 12, duplicatesPaid: 0 });
  });

  test('charges nothing for items that errored, and a second batch of the same items is a duplicate that was paid', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const requests = [...items(2), { custom_id: 'bad', params: { ...question(9), max_tokens: -1 } }];
    for (let time = 0; time < 2; time += 1) {
      const { id } = await claude.messages.batches.create({ requests });
      expect(errorOf(await resultsOf(claude, id), 'bad').type).toBe('invalid_request_error');
      const bad = itemRecords(simulator, id).find(({ customId }) => customId === 'bad');
      expect(bad).toMatchObject({ charged: false, costPico: 0, outcome: 'rejected', status: 400, errorType: 'invalid_request_error' });
    }
    expect(simulator.stats()).toMatchObject({ calls: 6, charged: 4, duplicatesPaid: 2 });
  });

  test('says who created the batch', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const headers = { 'x-troupe-workflow-id': 'collector-1' };
    const { id } = await claude.messages.batches.create({ requests: items(2) }, { headers });
    await claude.messages.batches.retrieve(id);
    expect(
      simulator
        .requests({ workflow: 'collector-1' })
        .map(({ path, customId }) => customId ?? path)
        .sort(),
    ).toEqual(['/v1/messages/batches', 'item-0', 'item-1']);
  });
});

describe('prompt cache in batches', () => {
  const shared = {
    type: 'text' as const,
    text: 'Rules of the house. '.repeat(300),
    cache_control: { type: 'ephemeral' as const, ttl: '1h' as const },
  };
  const withPrefix = (count: number) => items(count).map((item) => ({ ...item, params: { ...item.params, system: [shared] } }));

  test('items that are worked on at once all write a shared prefix, later ones read it, at half of the cache prices', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: withPrefix(40) });
    const results = await resultsOf(claude, id);
    const usages = [...results.keys()].map((key) => messageOf(results, key).usage);
    const writers = usages.filter((usage) => (usage.cache_creation?.ephemeral_1h_input_tokens ?? 0) > 0);
    const readers = usages.filter((usage) => (usage.cache_read_input_tokens ?? 0) > 0);
    expect(writers.length + readers.length).toBe(40);
    expect(writers.length).toBeGreaterThan(1);
    expect(writers.length).toBeLessThan(20);
    for (const record of itemRecords(simulator, id)) {
      const rates = ratesFor(String(record.model), record.at);
      expect(record.costPico).toBe(rates && costOf(record.usage, rates, 0.5));
    }
  });

  test('an entry written by the interactive lane is read by a batch of the same key', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    await claude.messages.create({ ...question(100), system: [shared] });
    const { id } = await claude.messages.batches.create({ requests: withPrefix(3) });
    for (const [, result] of await resultsOf(claude, id))
      expect(result.type === 'succeeded' && result.message.usage.cache_read_input_tokens).toBeGreaterThan(0);
    const { id: other } = await clientOf(simulator, { apiKey: 'another' }).messages.batches.create({ requests: withPrefix(1) });
    expect(messageOf(await resultsOf(claude, other), 'item-0').usage.cache_read_input_tokens).toBe(0);
  });

  test('an entry of five minutes is gone between items that are done an hour apart', async () => {
    const simulator = await simulatorFor({ batchMs: 2 * HOUR });
    const claude = clientOf(simulator);
    const short = { ...shared, cache_control: { type: 'ephemeral' as const } };
    const requests = items(2).map((item) => ({ ...item, params: { ...item.params, system: [short] } }));
    const { id } = await claude.messages.batches.create({ requests });
    simulator.advanceClock(HOUR);
    await claude.messages.batches.retrieve(id);
    simulator.advanceClock(HOUR);
    const results = await resultsOf(claude, id);
    expect(idsOf(results, 'succeeded')).toHaveLength(2);
    for (const key of results.keys()) expect(messageOf(results, key).usage.cache_read_input_tokens).toBe(0);
  });
});

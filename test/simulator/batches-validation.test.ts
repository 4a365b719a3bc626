import Anthropic from '@anthropic-ai/sdk';

import { errorOf, HOUR, idsOf, items, messageOf, question, resultsOf, type BatchItem } from './batch-harness';
import { clientOf, rejection, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

const withParams = (params: object): BatchItem[] => [{ custom_id: 'item', params: { ...question(1), ...params } }];

describe('create() checks the shape', () => {
  test.each<[string, unknown, RegExp]>([
    ['no list', {}, /^requests: Field required/],
    ['an empty list', { requests: [] }, /^requests: List should have at least 1 item/],
    ['an unknown field', { requests: items(1), metadata: {} }, /^metadata: Extra inputs are not permitted/],
    ['an unknown field of an item', { requests: [{ ...items(1)[0], tag: 1 }] }, /^requests\.0\.tag: Extra inputs/],
    ['an item without custom_id', { requests: [{ params: question(1) }] }, /^requests\.0\.custom_id: Field required/],
    ['an item without params', { requests: [{ custom_id: 'a' }] }, /^requests\.0\.params: Field required/],
    [
      'a custom_id with a blank',
      { requests: [{ custom_id: 'a b', params: question(1) }] },
      /^requests\.0\.custom_id: String should match pattern/,
    ],
    ['a custom_id of 65 characters', { requests: [{ custom_id: 'x'.repeat(65), params: question(1) }] }, /^requests\.0\.custom_id/],
    ['an empty custom_id', { requests: [{ custom_id: '', params: question(1) }] }, /^requests\.0\.custom_id/],
    ['the same custom_id twice', { requests: [...items(2), items(1)[0]] }, /custom_id must be unique.*"item-0"/],
    ['100,001 items', { requests: items(100_001) }, /^requests: List should have at most 100000 items after validation, not 100001/],
  ])('and refuses %s', async (_what, body, message) => {
    const simulator = await simulatorFor();
    const error = await rejection(clientOf(simulator).messages.batches.create(body as never));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect((error as { type?: string }).type).toBe('invalid_request_error');
    expect((error as { apiMessage?: string }).apiMessage).toMatch(message);
    expect(simulator.batches()).toEqual([]);
  });

  test('and takes a custom_id of 64 letters, digits, hyphens and underscores', async () => {
    const simulator = await simulatorFor();
    const id = `${'aZ9-_'.repeat(12)}abcd`;
    const { request_counts } = await clientOf(simulator).messages.batches.create({ requests: [{ custom_id: id, params: question(1) }] });
    expect(request_counts.processing).toBe(1);
  });

  test('a body over 32 MB is taken, one over 256 MB is refused with 413 before it is read as JSON', async () => {
    // Nothing of it is due within the test: to answer it would take far longer than to take it.
    const simulator = await simulatorFor({ batchMs: HOUR });
    const long = 'word '.repeat(100_000);
    const requests = items(70).map((item) => ({
      ...item,
      params: { ...item.params, messages: [{ role: 'user' as const, content: long }] },
    }));
    expect((await clientOf(simulator).messages.batches.create({ requests })).request_counts.processing).toBe(70);
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    const body = new ReadableStream({
      start: (controller) => {
        for (let at = 0; at < 257; at += 1) controller.enqueue(piece);
        controller.close();
      },
    });
    const headers = { 'x-api-key': 'test', 'anthropic-version': '2026-10-21' };
    const answer = await fetch(`${simulator.url}/v1/messages/batches`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(413);
  }, 180_000);

  test.each([
    ['no key', { 'anthropic-version': '2026-10-21' }, 401],
    ['no version', { 'x-api-key': 'test' }, 400],
  ])('and refuses %s', async (_what, headers, status) => {
    const simulator = await simulatorFor();
    const answer = await fetch(`${simulator.url}/v1/messages/batches`, { headers: headers as never });
    expect(answer.status).toBe(status);
  });
});

describe('params are checked item by item, after the batch was accepted', () => {
  test.each<[string, object, string, RegExp]>([
    ['stream', { stream: true }, 'invalid_request_error', /^stream: /],
    ['speed', { speed: 'fast' }, 'invalid_request_error', /^speed: /],
    ['max_tokens 0', { max_tokens: 0 }, 'invalid_request_error', /^max_tokens: 0/],
    ['temperature', { temperature: 1 }, 'invalid_request_error', /^temperature: Extra inputs are not permitted/],
    ['a missing field', { messages: undefined }, 'invalid_request_error', /^messages: Field required/],
    ['too many tokens', { max_tokens: 200_000 }, 'invalid_request_error', /^max_tokens: 200000 > 128000/],
    ['an unknown model', { model: 'claude-nobody-1' }, 'not_found_error', /^model: claude-nobody-1/],
    [
      'a prompt that is too long',
      { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'word '.repeat(200_000) }] },
      'invalid_request_error',
      /^prompt is too long/,
    ],
  ])('%s errors the item and leaves the others', async (_what, params, type, message) => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id, processing_status } = await claude.messages.batches.create({ requests: [...withParams(params), ...items(2)] });
    expect(processing_status).toBe('in_progress');
    const results = await resultsOf(claude, id);
    expect(errorOf(results, 'item')).toMatchObject({ type, message: expect.stringMatching(message) });
    expect(results.get('item')).toMatchObject({ error: { type: 'error', request_id: null } });
    expect(idsOf(results, 'succeeded')).toEqual(['item-0', 'item-1']);
    expect((await claude.messages.batches.retrieve(id)).request_counts).toEqual({
      processing: 0,
      succeeded: 2,
      errored: 1,
      canceled: 0,
      expired: 0,
    });
  });

  test('stream: false, tools, structured output and thinking are answered as alone', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const schema = { type: 'object', additionalProperties: false, required: ['title'], properties: { title: { type: 'string' } } };
    const weather = {
      name: 'weather',
      description: 'Weather of a city',
      input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
    };
    const kinds: Record<string, object> = {
      plain: { stream: false },
      tools: { tools: [weather] },
      schema: { output_config: { format: { type: 'json_schema', schema } } },
      thinking: { thinking: { type: 'adaptive' } },
    };
    const requests = Object.entries(kinds).map(([name, params]) => ({ custom_id: name, params: { ...question(1), ...params } }));
    const { id } = await claude.messages.batches.create({ requests });
    const results = await resultsOf(claude, id);
    for (const { custom_id, params } of requests)
      expect(messageOf(results, custom_id).content).toEqual(((await claude.messages.create(params)) as Anthropic.Messages.Message).content);
  });

  test('300,000 tokens of output need the beta for it, and are the most there is', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const headers = { 'anthropic-beta': 'files-api-2025-04-14, output-300k-2026-03-24' };
    const ask = async (max_tokens: number, options?: object) => {
      const { id } = await claude.messages.batches.create({ requests: withParams({ max_tokens }) }, options);
      return resultsOf(claude, id);
    };
    expect(idsOf(await ask(300_000, { headers }), 'succeeded')).toEqual(['item']);
    expect(errorOf(await ask(300_000), 'item').message).toMatch(/^max_tokens: 300000 > 128000/);
    expect(errorOf(await ask(300_001, { headers }), 'item').message).toMatch(/^max_tokens: 300001 > 128000/);
  });
});

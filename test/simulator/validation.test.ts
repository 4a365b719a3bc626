import Anthropic from '@anthropic-ai/sdk';

import type { Simulator } from '../../simulator';
import { clientOf, HELLO, rejection, simulatorFor, stopSimulators } from './simulator-harness';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await simulatorFor();
});
afterAll(stopSimulators);

interface Answer {
  readonly status: number;
  readonly body: {
    readonly error?: { readonly type: string; readonly message: string; readonly details?: { readonly error_code: string } };
    readonly [name: string]: unknown;
  };
  readonly headers: Headers;
}

async function post(body: unknown, headers: Record<string, string> = {}, path = '/v1/messages'): Promise<Answer> {
  const response = await fetch(`${simulator.url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'anthropic-version': '2026-10-21', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'], headers: response.headers };
}

const user = (content: unknown) => [{ role: 'user', content }];
const tool = { name: 'look_up', input_schema: { type: 'object' } };
const cached = (ttl?: string) => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ...(ttl === undefined ? {} : { ttl }) } });

describe('POST /v1/messages refuses', () => {
  test.each<[string, object, RegExp]>([
    ['temperature', { temperature: 1 }, /^temperature: Extra inputs are not permitted$/],
    ['top_p', { top_p: 1 }, /^top_p: Extra inputs/],
    ['unknown fields', { tempo: 1 }, /^tempo: Extra inputs/],
    ['no model', { model: undefined }, /^model: Field required$/],
    ['no max_tokens', { max_tokens: undefined }, /^max_tokens: Field required$/],
    ['no messages', { messages: undefined }, /^messages: Field required$/],
    ['empty messages', { messages: [] }, /at least one message/],
    ['too many max_tokens', { max_tokens: 128_001 }, /128001 > 128000/],
    ['max_tokens that is no number', { max_tokens: '5' }, /valid integer/],
    ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, /messages\.0\.role/],
    ['an empty text', { messages: user([{ type: 'text', text: '' }]) }, /non-empty/],
    ['a prefill', { messages: [...user('x'), { role: 'assistant', content: '{' }] }, /prefill/],
    ['a system message first', { messages: [{ role: 'system', content: 'x' }] }, /first message/],
    [
      'a forced tool on Opus 5.5',
      { model: 'claude-opus-5-5', tools: [tool], tool_choice: { type: 'any' } },
      /not supported for this model/,
    ],
    ['a forced tool that is not there', { tools: [tool], tool_choice: { type: 'tool', name: 'other' } }, /'other' not found/],
    ['thinking disabled on Opus 5.5', { model: 'claude-opus-5-5', thinking: { type: 'disabled' } }, /^thinking\.type/],
    ['thinking disabled on Sonnet 5.5', { model: 'claude-sonnet-5-5', thinking: { type: 'disabled' } }, /between_tools/],
    ['a budget of thinking on Haiku 5.5', { thinking: { type: 'enabled', budget_tokens: 2_000 } }, /^thinking\.type/],
    ['an unknown effort', { output_config: { effort: 'huge' } }, /^output_config\.effort/],
    ['five cache breakpoints', { system: [1, 2, 3, 4, 5].map(() => cached()) }, /maximum of 4/],
    ['an hour after five minutes', { system: [cached('5m'), cached('1h')] }, /must not come after/],
    [
      'a stray tool_result',
      { messages: user([{ type: 'tool_result', tool_use_id: 'toolu_x', content: 'y' }]) },
      /unexpected `tool_use_id`/,
    ],
    [
      'a tool_use without its result',
      {
        messages: [
          ...user('x'),
          { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look_up', input: {} }] },
          ...user('go on'),
        ],
      },
      /without `tool_result` blocks/,
    ],
    [
      'a prefill with a schema',
      {
        model: 'claude-haiku-4-5',
        messages: [...user('x'), { role: 'assistant', content: '{' }],
        output_config: { format: { type: 'json_schema', schema: { type: 'string' } } },
      },
      /prefill/,
    ],
    [
      '21 strict tools',
      { tools: Array.from({ length: 21 }, (_unused, at) => ({ ...tool, name: `tool_${at}`, strict: true })) },
      /strict tools: 21, the limit is 20/,
    ],
    ['a warm-up as a stream', { max_tokens: 0, stream: true }, /^max_tokens: 0/],
    [
      'citations with a schema',
      {
        messages: user([{ type: 'document', citations: { enabled: true } }]),
        output_config: { format: { type: 'json_schema', schema: { type: 'string' } } },
      },
      /citations/,
    ],
  ])('%s', async (_name, change, message) => {
    const answer = await post({ ...HELLO, ...change });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        type: 'error',
        request_id: answer.headers.get('request-id'),
        error: { type: 'invalid_request_error', message: expect.stringMatching(message) },
      },
    });
  });

  test('a body that is not JSON', async () => {
    expect((await post('{"model":')).status).toBe(400);
  });

  test('an unknown model with 404', async () => {
    expect(await post({ ...HELLO, model: 'claude-9' })).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found_error', message: 'model: claude-9' } },
    });
  });

  test('a missing and a wrong key with 401, and lets x-api-key win', async () => {
    expect(await post(HELLO, { authorization: '' })).toMatchObject({ status: 401, body: { error: { type: 'authentication_error' } } });
    expect((await post(HELLO, { authorization: 'Bearer sk-invalid' })).status).toBe(401);
    expect((await post(HELLO, { 'x-api-key': 'invalid' })).status).toBe(401);
    expect((await post(HELLO, { authorization: 'Bearer sk-invalid', 'x-api-key': 'good' })).status).toBe(200);
  });

  test('a missing and an unknown version', async () => {
    expect((await post(HELLO, { 'anthropic-version': '2020-01-01' })).body.error?.message).toMatch(/^anthropic-version/);
    const bare = await fetch(`${simulator.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'test' },
      body: JSON.stringify(HELLO),
    });
    expect(bare.status).toBe(400);
  });

  test('threads, with the code on which a tool runner falls back', async () => {
    const answer = await post({ ...HELLO, thread: { type: 'create' } });
    expect(answer).toMatchObject({ status: 400, body: { error: { details: { error_code: 'thread_unsupported_request' } } } });
  });

  test('a body over 32 MB with 413', async () => {
    const error = await rejection(
      clientOf(simulator).messages.create({ ...HELLO, messages: [{ role: 'user', content: 'x'.repeat(33 * 1024 * 1024) }] }),
    );
    expect(error).toBeInstanceOf(Anthropic.ContentTooLargeError);
  });

  test('a prompt larger than the context window', async () => {
    const content = 'word '.repeat(150_000);
    const answer = await post({ ...HELLO, model: 'claude-haiku-4-5', messages: user(content) });
    expect(answer.body.error?.message).toMatch(/^prompt is too long: 208334 tokens > 200000 maximum$/);
  });

  test('nothing of this is charged', () => {
    expect(simulator.requests().filter((record) => record.outcome === 'rejected' && record.charged)).toEqual([]);
  });
});

describe('POST /v1/messages accepts', () => {
  test.each<[string, object, Record<string, string>]>([
    ['temperature under the version of 2023', { temperature: 1 }, { 'anthropic-version': '2023-06-01' }],
    ['a prefill on 4.5', { model: 'claude-haiku-4-5', messages: [...user('x'), { role: 'assistant', content: '{' }] }, {}],
    ['a forced tool on Haiku 5.5', { tools: [tool], tool_choice: { type: 'tool', name: 'look_up' } }, {}],
    [
      'thinking with a budget on 4.5',
      { model: 'claude-haiku-4-5', max_tokens: 3_000, thinking: { type: 'enabled', budget_tokens: 1_024 } },
      {},
    ],
    ['system messages in the middle', { messages: [...user('x'), { role: 'system', content: 'y' }, ...user('z')] }, {}],
  ])('%s', async (_name, change, headers) => {
    expect((await post({ ...HELLO, ...change }, headers)).status).toBe(200);
  });

  test('a warm-up, which has no content and no output', async () => {
    expect((await post({ ...HELLO, max_tokens: 0 })).body).toMatchObject({
      content: [],
      stop_reason: 'max_tokens',
      usage: { output_tokens: 0 },
    });
  });
});

describe('an answer', () => {
  test('has every field, and a request id that is not part of the data', async () => {
    const { data, request_id, response } = await clientOf(simulator).messages.create(HELLO).withResponse();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      id: expect.stringMatching(/^msg_01[0-9A-Za-z]{22}$/),
      type: 'message',
      role: 'assistant',
      model: 'claude-haiku-5-5',
      content: [
        { type: 'thinking', thinking: '', signature: expect.any(String) },
        { type: 'text', text: expect.any(String), citations: null },
      ],
      stop_reason: 'end_turn',
      stop_sequence: null,
      stop_details: null,
      container: null,
      diagnostics: null,
      usage: {
        input_tokens: expect.any(Number),
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
        output_tokens: expect.any(Number),
        output_tokens_details: { thinking_tokens: expect.any(Number) },
        server_tool_use: null,
        service_tier: 'standard',
        speed: 'standard',
        inference_geo: 'global',
      },
    });
    expect((data as { _request_id?: string })._request_id).toBe(request_id);
    expect(response.headers.get('request-id')).toBe(request_id);
    expect(data.usage.output_tokens).toBeGreaterThan(data.usage.output_tokens_details?.thinking_tokens ?? Infinity);
  });

  test('is really cut at max_tokens, thinking included', async () => {
    const whole = await clientOf(simulator).messages.create({ ...HELLO, max_tokens: 2_000, thinking: { type: 'disabled' } });
    const cut = await clientOf(simulator).messages.create({ ...HELLO, max_tokens: 30 });
    expect(whole.stop_reason).toBe('end_turn');
    expect(cut.stop_reason).toBe('max_tokens');
    expect(cut.usage.output_tokens).toBeLessThanOrEqual(30);
    const text = cut.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    expect(Math.ceil(Buffer.byteLength(text) / 3.6)).toBe(
      cut.usage.output_tokens - (cut.usage.output_tokens_details?.thinking_tokens ?? 0),
    );
  });
});

describe('the other endpoints', () => {
  test('count_tokens counts what the request is charged for', async () => {
    const claude = clientOf(simulator);
    const { input_tokens } = await claude.messages.countTokens({ model: HELLO.model, messages: HELLO.messages, system: 'Short.' });
    expect(input_tokens).toBe(Math.ceil(Buffer.byteLength(`Short.${HELLO.messages[0]?.content}`) / 3.6));
    expect((await claude.messages.create({ ...HELLO, system: 'Short.' })).usage.input_tokens).toBe(input_tokens);
    expect((await post({ messages: HELLO.messages }, {}, '/v1/messages/count_tokens')).status).toBe(400);
  });

  test('models are listed page by page, and found by id', async () => {
    const claude = clientOf(simulator);
    const ids: string[] = [];
    for await (const model of claude.models.list({ limit: 5 })) ids.push(model.id);
    expect(ids).toContain('claude-sonnet-5-5');
    expect(new Set(ids).size).toBe(ids.length);
    expect(await claude.models.retrieve('claude-haiku-5-5')).toMatchObject({
      type: 'model',
      display_name: 'Claude Haiku 5.5',
      lifecycle: 'active',
      max_tokens: 128_000,
    });
    expect(await rejection(claude.models.retrieve('claude-9'))).toBeInstanceOf(Anthropic.NotFoundError);
  });

  test('anything else is 404 with a JSON error', async () => {
    expect(await post({}, {}, '/v1/complete')).toMatchObject({ status: 404, body: { error: { type: 'not_found_error' } } });
  });
});

import Anthropic from '@anthropic-ai/sdk';

import type { Simulator } from '../../simulator';
import {
  causeCode,
  clientOf,
  eventually,
  HELLO,
  lastRecord,
  rejection,
  simulatorFor,
  stopSimulators,
  withFault,
} from './simulator-harness';

let simulator: Simulator;
let claude: Anthropic;

beforeAll(async () => {
  simulator = await simulatorFor();
  claude = clientOf(simulator);
});
afterAll(stopSimulators);

async function loop(fault: string | object): Promise<number> {
  let events = 0;
  for await (const _event of await claude.messages.create({ ...HELLO, stream: true }, withFault(fault))) events += 1;
  return events;
}

const final = (fault: string | object) => rejection(claude.messages.stream(HELLO, withFault(fault)).finalMessage());

const TOOLS: Anthropic.Tool[] = [
  {
    name: 'look_up',
    description: 'Finds documents',
    input_schema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  },
];

describe('a stream is the same answer as the JSON body', () => {
  const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };
  const requests: ReadonlyArray<readonly [string, Anthropic.MessageCreateParamsNonStreaming]> = [
    ['text', HELLO],
    ['text without thinking', { ...HELLO, thinking: { type: 'disabled' } }],
    ['structured output', { ...HELLO, model: 'claude-opus-5-5', output_config: { format: { type: 'json_schema', schema } } }],
    ['tool use', { ...HELLO, tools: TOOLS }],
    ['cut at max_tokens', { ...HELLO, max_tokens: 40 }],
    ['a stop sequence', { ...HELLO, stop_sequences: ['.'] }],
  ];

  test.each(requests)('%s', async (_name, request) => {
    const json = await claude.messages.create(request);
    const streamed = await claude.messages.stream(request).finalMessage();
    // The helper adds a field of its own for parsed output.
    expect(JSON.parse(JSON.stringify({ ...streamed, parsed_output: undefined }))).toEqual(JSON.parse(JSON.stringify(json)));
    const [first, second] = simulator.requests().slice(-2);
    expect(second?.usage).toEqual(first?.usage);
    expect(second?.costPico).toBe(first?.costPico);
    expect(second?.streamedBytes).toBeGreaterThan(first?.streamedBytes ?? Infinity);
  });

  test('events come in Claude’s order, and each event has the name of its data', async () => {
    const response = await fetch(`${simulator.url}/v1/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer test', 'anthropic-version': '2026-10-21' },
      body: JSON.stringify({ ...HELLO, stream: true }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const frames = (await response.text()).trim().split('\n\n');
    const names = frames.map((frame) => /^event: (.+)\ndata: (.+)$/.exec(frame)?.slice(1) ?? []);
    for (const [name, data] of names) expect(JSON.parse(data ?? '')).toMatchObject({ type: name });
    const order = names
      .map(([name]) => name)
      .filter((name) => name !== 'ping')
      .join(' ');
    expect(order).toMatch(/^message_start( content_block_start( content_block_delta)+ content_block_stop){2} message_delta message_stop$/);
  });
});

describe('streams that fail in the middle', () => {
  test('event "error": APIError without a status, with the type and the id of the header', async () => {
    const error = await final('sse_error');
    expect(error).toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({ status: undefined, type: 'overloaded_error', requestID: lastRecord(simulator).requestId });
    const looped = await rejection(loop({ kind: 'sse_error', type: 'api_error' }));
    expect(looped).toBeInstanceOf(Anthropic.APIError);
    expect(looped).toMatchObject({ status: undefined, type: 'api_error', requestID: lastRecord(simulator).requestId });
  });

  test('a clean end without message_stop: an error for stream(), silence for a loop', async () => {
    const stream = claude.messages.stream(HELLO, withFault('eof_no_stop'));
    const error = await rejection(stream.finalMessage());
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect((error as Error).message).toMatch(/^stream ended without producing/);
    expect(stream.currentMessage).toBeUndefined();
    expect(await loop('eof_no_stop')).toBeGreaterThan(1);
  });

  test.each(['empty_body', 'wrong_content_type'])('%s instead of events: an error for stream(), no events for a loop', async (fault) => {
    const error = await final(fault);
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect(error).not.toBeInstanceOf(Anthropic.APIError);
    expect(error).toMatchObject({ message: expect.stringMatching(/request ended without sending any chunks/) });
    expect(await loop(fault)).toBe(0);
  });

  test('a dropped connection: AnthropicError with the partial message at hand, raw TypeError for a loop', async () => {
    const stream = claude.messages.stream(HELLO, withFault({ kind: 'reset_mid_stream', afterEvents: 8 }));
    const error = await rejection(stream.finalMessage());
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect((error as Error).message).toMatch(/terminated$/);
    expect(causeCode(error)).toBe('UND_ERR_SOCKET');
    expect(stream.currentMessage?.content.some((block) => block.type === 'text' && block.text.length > 0)).toBe(true);
    expect(await rejection(loop('reset_mid_stream'))).toMatchObject({ name: 'TypeError', message: 'terminated' });
  });

  test('malformed JSON in an event: AnthropicError with its cause, raw SyntaxError for a loop', async () => {
    const error = await final('malformed_sse');
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect((error as Error).cause).toMatchObject({ name: 'SyntaxError' });
    expect(await rejection(loop('malformed_sse'))).toMatchObject({ name: 'SyntaxError' });
  });

  test('a tool input that is no JSON: AnthropicError at the end of its block, and the partial input cannot be read', async () => {
    const stream = claude.messages.stream({ ...HELLO, tools: TOOLS }, withFault('invalid_tool_json'));
    let ended = 0;
    stream.on('streamEvent', (event) => (ended += event.type === 'content_block_stop' ? 1 : 0));
    const error = await rejection(stream.finalMessage());
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect(error).not.toBeInstanceOf(Anthropic.APIError);
    // The block of thinking before it has ended well.
    expect(ended).toBe(1);
    const call = stream.currentMessage?.content.at(-1);
    expect(call).toMatchObject({ type: 'tool_use' });
    expect(() => (call as Anthropic.ToolUseBlock).input).toThrow(/JSON/);
  });

  test('statuses before the first byte are ordinary errors', async () => {
    expect(await final('529')).toBeInstanceOf(Anthropic.OverloadedError);
    expect(await rejection(loop('rate_limited'))).toBeInstanceOf(Anthropic.RateLimitError);
  });

  test('an abort in the middle: APIUserAbortError for stream(), the end for a loop', async () => {
    const stream = claude.messages.stream(HELLO, withFault('hang_body'));
    stream.once('streamEvent', () => stream.abort());
    expect(await rejection(stream.finalMessage())).toBeInstanceOf(Anthropic.APIUserAbortError);
    const abort = new AbortController();
    let events = 0;
    for await (const _event of await claude.messages.create(
      { ...HELLO, stream: true },
      { ...withFault('hang_body'), signal: abort.signal },
    )) {
      events += 1;
      abort.abort();
    }
    expect(events).toBeGreaterThan(0);
  });

  test('an unknown event is tolerated; a second message_start is not', async () => {
    const answer = await claude.messages.stream(HELLO, withFault('unknown_event')).finalMessage();
    expect(answer.stop_reason).toBe('end_turn');
    expect(await final('duplicate_message_start')).toBeInstanceOf(Anthropic.AnthropicError);
  });

  test('a cut stream is charged for its prompt and for what was produced until the cut', async () => {
    const whole = await claude.messages.create(HELLO);
    await final({ kind: 'reset_mid_stream', afterEvents: 8 });
    const { usage, charged, outcome, costPico } = lastRecord(simulator);
    expect({ charged, outcome }).toEqual({ charged: true, outcome: 'cut' });
    expect(usage.input_tokens).toBe(whole.usage.input_tokens);
    expect(usage.output_tokens).toBeGreaterThan(0);
    expect(usage.output_tokens).toBeLessThan(whole.usage.output_tokens);
    expect(costPico).toBe(usage.input_tokens * 100_000 + usage.output_tokens * 500_000);
  });

  test('a client that leaves is charged for what was produced until then, with the time at which it was noticed', async () => {
    const ANSWER_MS = 6_000;
    const slow = await simulatorFor({ latencyMs: ANSWER_MS });
    const stream = clientOf(slow).messages.stream(HELLO, { headers: { 'x-troupe-agent': 'writer' } });
    stream.on('text', () => stream.abort());
    await rejection(stream.finalMessage());
    await eventually('the abort is noticed', () => lastRecord(slow).outcome === 'aborted');
    const record = lastRecord(slow);
    expect(record).toMatchObject({ charged: true, agent: 'writer', status: 200 });
    expect(record.abortedAt).toBeGreaterThan(record.at);
    expect(record.abortedAt).toBeLessThan(record.at + ANSWER_MS);
    expect(record.usage.output_tokens).toBeLessThan(300);
    expect(slow.stats()).toMatchObject({ aborted: 1, charged: 1 });
    await eventually('it has left', () => slow.stats().inFlight === 0);
  });
});

import Anthropic from '@anthropic-ai/sdk';
import { betaStandardSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/beta/standard-schema';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';

import type { RuleReply, Simulator } from '../../simulator';
import { clientOf, lastRecord, rejection, simulatorFor, stopSimulators, withFault } from './simulator-harness';

let simulator: Simulator;
let claude: Anthropic;

beforeAll(async () => {
  simulator = await simulatorFor();
  claude = clientOf(simulator);
});
afterEach(() => simulator.setRules([]));
afterAll(stopSimulators);

const schema = z.object({ answer: z.string().max(10) });
const tools: Anthropic.Tool[] = [{ name: 'look_up', input_schema: { type: 'object' } }];
const request = {
  model: 'claude-haiku-5-5',
  max_tokens: 2_000,
  messages: [{ role: 'user' as const, content: '<topic>Choosing a bicycle</topic>' }],
  output_config: { format: zodOutputFormat(schema) },
};

function parsed(reply: RuleReply) {
  simulator.setRules([{ reply }]);
  return claude.messages.parse({ ...request, tools });
}

describe('messages.parse()', () => {
  test('a valid answer: the object among the fields, and no request id', async () => {
    const answer = await parsed({ json: { answer: 'yes' } });
    expect(answer.parsed_output).toEqual({ answer: 'yes' });
    expect(Object.keys(answer)).toContain('parsed_output');
    expect(answer._request_id).toBeUndefined();
    expect(lastRecord(simulator).requestId).toMatch(/^req_/);
  });

  test('is a bare promise: the response and its headers are out of reach', async () => {
    const pending = claude.messages.parse(request);
    expect(pending).not.toHaveProperty('withResponse');
    expect(pending).not.toHaveProperty('asResponse');
    await pending;
  });

  test.each<[string, RuleReply]>([
    ['breaks a rule that only the client knows', { json: { answer: 'longer than ten' } }],
    ['lacks a field', { json: {} }],
    ['is cut off', { text: '{"answer":"ye', stopReason: 'max_tokens' }],
    ['is a refusal in prose', { text: 'I cannot help with that.', stopReason: 'refusal' }],
    ['stands in a code fence', { text: '```json\n{"answer":"yes"}\n```' }],
    ['is text before a tool call', { text: 'Let me look that up.', toolUse: [{ name: 'look_up', input: {} }] }],
    ['is followed by a text that is no JSON', { text: ['{"answer":"yes"}', 'Anything else?'] }],
  ])('throws when the answer %s; the message, its usage and its id are lost, and it is paid', async (_name, reply) => {
    const error = await rejection(parsed(reply));
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect(error).not.toBeInstanceOf(Anthropic.APIError);
    expect((error as Error).message).toMatch(/^Failed to parse structured output/);
    for (const lost of ['usage', 'requestID', 'content']) expect(error).not.toHaveProperty(lost);
    expect(lastRecord(simulator)).toMatchObject({ charged: true, outcome: 'answered', status: 200 });
  });

  test.each(['bad_schema_output', 'max_tokens'])('throws on the fault %s too', async (fault) => {
    const error = await rejection(claude.messages.parse(request, withFault(fault)));
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect(error).not.toBeInstanceOf(Anthropic.APIError);
    expect(lastRecord(simulator)).toMatchObject({ charged: true, outcome: 'answered' });
  });

  test('a refinement, of which the request says nothing, throws', async () => {
    const never = z.object({ answer: z.string().refine(() => false, 'never') });
    const format = zodOutputFormat(never);
    expect(JSON.stringify(format.schema)).not.toContain('never');
    expect(await rejection(claude.messages.parse({ ...request, output_config: { format } }))).toBeInstanceOf(Anthropic.AnthropicError);
  });

  test('a tool call alone: parsed_output is null, no error', async () => {
    const answer = await parsed({ toolUse: [{ name: 'look_up', input: {} }] });
    expect(answer).toMatchObject({ parsed_output: null, stop_reason: 'tool_use' });
  });

  test.each(['empty_content', 'refusal'])('no content at all by %s: parsed_output is null, no error', async (fault) => {
    const answer = await claude.messages.parse({ ...request, thinking: { type: 'disabled' } }, withFault(fault));
    expect(answer).toMatchObject({ parsed_output: null, content: [] });
  });

  test('of several texts the first is taken', async () => {
    expect((await parsed({ text: ['{"answer":"one"}', '{"answer":"two"}'] })).parsed_output).toEqual({ answer: 'one' });
  });

  test('stream() parses at its end and throws alike; without "parse" in the format nothing is lost', async () => {
    simulator.setRules([{ reply: { text: 'I cannot help with that.', stopReason: 'refusal' } }]);
    const error = await rejection(claude.messages.stream(request).finalMessage());
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    const { type, schema: sent } = request.output_config.format;
    const plain = { ...request, output_config: { format: { type, schema: sent } } };
    const answer = await claude.messages.stream(plain).finalMessage();
    expect(answer).toMatchObject({ stop_reason: 'refusal', usage: { output_tokens: expect.any(Number) } });
    expect(answer.content.at(-1)).toMatchObject({ text: 'I cannot help with that.' });
  });

  test('a refusal says why, in stop_details', async () => {
    const answer = await claude.messages.create(request, withFault({ kind: 'refusal', category: 'cyber' }));
    expect(answer).toMatchObject({ stop_reason: 'refusal', content: [], stop_details: { type: 'refusal', category: 'cyber' } });
  });
});

describe('other helpers', () => {
  const plain = {
    type: 'object',
    properties: { answer: { type: 'string', maxLength: 9 } },
    required: ['answer'],
    additionalProperties: false,
  } as const;

  test('jsonSchemaOutputFormat() transforms unless told not to, and then the request is refused', async () => {
    const answer = await claude.messages.parse({ ...request, output_config: { format: jsonSchemaOutputFormat(plain) } });
    expect(answer.parsed_output).toEqual({ answer: expect.any(String) });
    const raw = jsonSchemaOutputFormat(plain, { transform: false });
    const error = await rejection(claude.messages.parse({ ...request, output_config: { format: raw } }));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error).toMatchObject({ apiMessage: expect.stringMatching(/'maxLength' is not supported/) });
  });

  test('betaStandardSchemaOutputFormat() is answered and parsed', async () => {
    const format = betaStandardSchemaOutputFormat(schema, { jsonSchema: plain });
    const answer = await claude.beta.messages.parse({ ...request, output_config: { format } });
    expect(schema.safeParse(answer.parsed_output).success).toBe(true);
  });
});

import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';

import type { Simulator } from '../../simulator';
import { clientOf, HELLO, rejection, simulatorFor, stopSimulators, withFault } from './simulator-harness';

let simulator: Simulator;
let claude: Anthropic;

beforeAll(async () => {
  simulator = await simulatorFor();
  claude = clientOf(simulator);
});
afterAll(stopSimulators);

const sent = (schema: z.ZodType) => zodOutputFormat(schema).schema;
const property = (schema: z.ZodType) => (sent(z.object({ a: schema }))['properties'] as Record<string, unknown>)['a'];

async function answerTo(schema: Record<string, unknown>): Promise<unknown> {
  const request = { ...HELLO, max_tokens: 4_000, output_config: { format: { type: 'json_schema' as const, schema } } };
  const { content } = await claude.messages.create(request);
  return JSON.parse(content.find((block) => block.type === 'text')?.text ?? '');
}

describe('zodOutputFormat() when it is built', () => {
  test('a record becomes an object without properties, so that only {} can be answered', async () => {
    const schema = z.object({ scores: z.record(z.string(), z.number()) });
    expect(sent(schema)).toMatchObject({ properties: { scores: { type: 'object', properties: {}, additionalProperties: false } } });
    expect(await answerTo(sent(schema))).toEqual({ scores: {} });
  });

  test('a recursive schema points at itself and is refused with 400', async () => {
    const tree = z.object({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    expect(sent(tree)).toMatchObject({ properties: { children: { items: { $ref: '#' } } } });
    const error = await rejection(claude.messages.parse({ ...HELLO, output_config: { format: zodOutputFormat(tree) } }));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error).toMatchObject({ apiMessage: expect.stringMatching(/Circular reference detected in schema definitions: #$/) });
  });

  test.each<[string, z.ZodType]>([
    ['tuple', z.tuple([z.string()])],
    ['any', z.any()],
    ['unknown', z.unknown()],
  ])('%s throws for want of a type', (_name, schema) => {
    expect(() => property(schema)).toThrow(/must have a type defined/);
  });

  test.each<[string, z.ZodType]>([
    ['Date', z.date()],
    ['Map', z.map(z.string(), z.string())],
    ['BigInt', z.bigint()],
    ['Transforms', z.string().transform((text) => text.length)],
  ])('%s throws for want of JSON', (name, schema) => {
    expect(() => property(schema)).toThrow(`${name} cannot be represented in JSON Schema`);
  });

  test('a schema of zod 3 throws', () => {
    const old = z3.object({ a: z3.string() }) as unknown as z.ZodType;
    expect(() => zodOutputFormat(old)).toThrow(/reading 'def'/);
  });

  test('oneOf becomes anyOf', () => {
    const kinds = z.discriminatedUnion('kind', [z.object({ kind: z.literal('x') }), z.object({ kind: z.literal('y') })]);
    expect(z.toJSONSchema(kinds)).toHaveProperty('oneOf');
    expect(property(kinds)).toMatchObject({ anyOf: [{ properties: { kind: { const: 'x' } } }, { properties: { kind: { const: 'y' } } }] });
    expect(property(kinds)).not.toHaveProperty('oneOf');
  });

  test.each<[string, z.ZodType, string]>([
    ['limits of a number', z.number().min(1).max(10), '{minimum: 1, maximum: 10}'],
    ['limits of a text', z.string().min(3).max(5), '{minLength: 3, maxLength: 5}'],
    ['a pattern', z.string().regex(/^x/), '{pattern: "^x"}'],
    ['a format that Claude does not know', z.base64(), 'format: "base64"'],
    ['limits of a list', z.array(z.string()).min(3).max(4), '{maxItems: 4, minItems: 3}'],
  ])('%s move into the description', (_name, schema, text) => {
    const { description, ...rest } = property(schema) as Record<string, unknown>;
    expect(description).toContain(text);
    expect(Object.keys(rest).filter((key) => !['type', 'items'].includes(key))).toEqual([]);
  });

  test('minItems of 0 and 1 stay, and every object is closed', () => {
    expect(property(z.array(z.string()).min(1))).toMatchObject({ minItems: 1 });
    expect(property(z.looseObject({ b: z.object({}) }))).toMatchObject({
      additionalProperties: false,
      properties: { b: { additionalProperties: false } },
    });
  });
});

describe('a request with a schema', () => {
  test('24 optional fields and 16 unions pass, one more of either does not', async () => {
    const fields = (count: number, schema: z.ZodType) =>
      sent(z.object(Object.fromEntries(Array.from({ length: count }, (_unused, at) => [`f${at}`, schema]))));
    await answerTo(fields(24, z.boolean().optional()));
    await answerTo(fields(16, z.boolean().nullable()));
    for (const schema of [fields(25, z.boolean().optional()), fields(17, z.boolean().nullable())])
      expect(await rejection(answerTo(schema))).toBeInstanceOf(Anthropic.BadRequestError);
  });

  test('is answered with its required fields first', async () => {
    const schema = z.object({ maybe: z.boolean().optional(), first: z.boolean(), perhaps: z.boolean().optional(), second: z.boolean() });
    expect(Object.keys((await answerTo(sent(schema))) as object).slice(0, 2)).toEqual(['first', 'second']);
  });

  test('pays for the schema as part of the prompt, and another schema does not read what was cached behind the first', async () => {
    const usage = async (schema?: z.ZodType) => {
      const system = [{ type: 'text' as const, text: 'caching '.repeat(450), cache_control: { type: 'ephemeral' as const } }];
      const config = schema === undefined ? {} : { output_config: { format: zodOutputFormat(schema) } };
      return (await claude.messages.create({ ...HELLO, system, ...config })).usage;
    };
    const { cache_creation_input_tokens: bare } = await usage();
    const one = await usage(z.object({ a: z.string() }));
    expect(one.cache_creation_input_tokens).toBeGreaterThan(bare ?? 0);
    expect(one.cache_read_input_tokens).toBe(0);
    expect((await usage(z.object({ a: z.string() }))).cache_read_input_tokens).toBe(one.cache_creation_input_tokens);
    expect((await usage(z.object({ b: z.string() }))).cache_read_input_tokens).toBe(0);
  });

  test('works beside tools', async () => {
    const tools: Anthropic.Tool[] = [{ name: 'look_up', input_schema: { type: 'object' } }];
    const schema = z.object({ answer: z.string() });
    const asked = { ...HELLO, max_tokens: 2_000, tools, output_config: { format: zodOutputFormat(schema) } };
    expect(await claude.messages.parse(asked)).toMatchObject({ stop_reason: 'tool_use', parsed_output: null });
    const spoken = await claude.messages.parse({ ...asked, tool_choice: { type: 'none' } });
    expect(spoken.parsed_output).toEqual({ answer: expect.any(String) });
  });

  test('may be too complex to compile: 400', async () => {
    const fault = withFault({ kind: 'status', status: 400, message: 'Schema is too complex for compilation.' });
    const error = await rejection(claude.messages.create(HELLO, fault));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error).toMatchObject({ apiMessage: 'Schema is too complex for compilation.' });
  });
});

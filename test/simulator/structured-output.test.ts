import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';

import type { Simulator } from '../../simulator';
import { clientOf, rejection, simulatorFor, stopSimulators } from './simulator-harness';

let simulator: Simulator;
let claude: Anthropic;

beforeAll(async () => {
  simulator = await simulatorFor();
  claude = clientOf(simulator);
});
afterAll(stopSimulators);

const request = (schema: z.ZodType, topic = 'Choosing a bicycle') => ({
  model: 'claude-haiku-5-5',
  max_tokens: 8_000,
  messages: [{ role: 'user' as const, content: `<topic>${topic}</topic>` }],
  output_config: { format: zodOutputFormat(schema) },
});
const plain = (schema: object) => ({
  ...request(z.object({ a: z.string() })),
  output_config: { format: { type: 'json_schema' as const, schema: schema as never } },
});

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree);
  },
});
const leaf = z.object({ name: z.string(), score: z.number().min(0).max(1) });
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  string: z.object({ a: z.string() }),
  'short string': z.object({ title: z.string().min(5).max(20) }),
  'one character': z.object({ a: z.string().length(1) }),
  'long string': z.object({ draft: z.string().min(3_000).max(3_200) }),
  'exact length': z.object({ summary: z.string().length(97) }),
  'seo description': z.object({ seoDescription: z.string().min(50).max(155) }),
  integer: z.object({ a: z.int().min(3).max(3) }),
  'positive number': z.object({ price: z.number().positive() }),
  'negative range': z.object({ a: z.number().gte(-5).lte(-4) }),
  'exclusive range': z.object({ a: z.number().gt(0).lt(0.5) }),
  'multiple of': z.object({ a: z.number().multipleOf(5).min(10).max(40) }),
  boolean: z.object({ approved: z.boolean() }),
  enum: z.object({ verdict: z.enum(['approve', 'revise']) }),
  'number enum': z.object({ a: z.union([z.literal(1), z.literal(2)]) }),
  literal: z.object({ kind: z.literal('only') }),
  null: z.object({ a: z.null() }),
  nullable: z.object({ a: z.string().nullable(), b: z.number().nullable(), c: leaf.nullable() }),
  optional: z.object({ a: z.string().optional(), b: z.array(z.string()).optional() }),
  array: z.object({ keywords: z.array(z.string()) }),
  'array of exactly five': z.object({ outline: z.array(z.string()).length(5) }),
  'array from 5 to 7': z.object({ facts: z.array(leaf).min(5).max(7) }),
  'array of at most one': z.object({ a: z.array(z.string()).max(1) }),
  'empty array': z.object({ a: z.array(z.string()).length(0) }),
  'nested arrays': z.object({ rows: z.array(z.array(z.int()).min(2)).min(2) }),
  'nested objects': z.object({ a: z.object({ b: z.object({ c: leaf }) }) }),
  'shared definition': z.object({ first: leaf, second: leaf, rest: z.array(leaf) }),
  union: z.object({ a: z.union([z.string(), z.number()]) }),
  'union of objects': z.object({ a: z.union([z.object({ x: z.string() }), z.object({ y: z.int() })]) }),
  'discriminated union': z.object({
    a: z.discriminatedUnion('kind', [z.object({ kind: z.literal('x'), n: z.number() }), z.object({ kind: z.literal('y') })]),
  }),
  date: z.object({ a: z.iso.date() }),
  'date-time': z.object({ a: z.iso.datetime() }),
  time: z.object({ a: z.iso.time() }),
  duration: z.object({ a: z.iso.duration() }),
  email: z.object({ a: z.email() }),
  uuid: z.object({ a: z.uuid() }),
  url: z.object({ a: z.url() }),
  ipv4: z.object({ a: z.ipv4() }),
  ipv6: z.object({ a: z.ipv6() }),
  hostname: z.object({ a: z.hostname() }),
  pattern: z.object({ code: z.string().regex(/^[A-Z]{2}-\d{3,5}(x|yz)?$/) }),
  described: z.object({ note: z.string().max(60).describe('A note') }).describe('The whole'),
  'array at the top': z.array(z.string()).min(1),
  'empty object': z.object({}),
  'many fields': z.object(Object.fromEntries(Array.from({ length: 24 }, (_unused, at) => [`field${at}`, z.string().max(80)]))),
};

describe('every schema gets an answer that it accepts', () => {
  test.each(Object.entries(SCHEMAS))('%s', async (_name, schema) => {
    for (const topic of ['Choosing a bicycle', 'How to bake bread', 'Postgres indexes', 'What is a bond?']) {
      const answer = await claude.messages.parse(request(schema, topic));
      expect(answer.parsed_output).toEqual(schema.parse(answer.parsed_output));
    }
  });

  test('limits in plain words are kept', async () => {
    const schema = z.object({
      headline: z.string().describe('A headline of at most 40 characters'),
      items: z.array(z.string().describe('At most 6 words')).describe('exactly 5 items'),
      facts: z.array(z.string()).describe('between 5 and 7 items'),
      summary: z.string().describe('Two sentences'),
      text: z.string().describe('The text, 3 paragraphs'),
      body: z.string().describe('Markdown, 200 to 260 words'),
    });
    for (const topic of ['Choosing a bicycle', 'How to bake bread', 'Remote work']) {
      const found = (await claude.messages.parse(request(schema, topic))).parsed_output as z.infer<typeof schema>;
      expect(found.headline.length).toBeLessThanOrEqual(40);
      expect(found.items).toHaveLength(5);
      expect(Math.max(...found.items.map((item) => item.split(' ').length))).toBeLessThanOrEqual(6);
      expect([5, 6, 7]).toContain(found.facts.length);
      expect(found.summary.match(/[.!?](?=\s|$)/g)).toHaveLength(2);
      expect(found.text.split('\n\n')).toHaveLength(3);
      expect(found.body.split(/\s+/).length).toBeGreaterThanOrEqual(200);
      expect(found.body.split(/\s+/).length).toBeLessThanOrEqual(260);
    }
  });
});

describe('schemas that Claude does not take', () => {
  const object = (properties: object, extra: object = {}) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    ...extra,
  });

  test.each<[string, object]>([
    ['recursion at the root', object({ child: { $ref: '#' } })],
    ['recursion through a definition', object({ a: { $ref: '#/$defs/a' } }, { $defs: { a: object({ a: { $ref: '#/$defs/a' } }) } })],
    ['a reference to nowhere', object({ a: { $ref: 'https://example.org/schema' } })],
    ['open objects', { type: 'object', properties: {} }],
    ['length limits', object({ a: { type: 'string', maxLength: 5 } })],
    ['number limits', object({ a: { type: 'number', minimum: 0 } })],
    ['recursion that a zod schema sends', zodOutputFormat(tree).schema],
    ['minItems above 1', object({ a: { type: 'array', items: { type: 'string' }, minItems: 2 } })],
    ['an unknown format', object({ a: { type: 'string', format: 'postcode' } })],
    [
      '25 optional fields',
      { ...object(Object.fromEntries(Array.from({ length: 25 }, (_unused, at) => [`f${at}`, { type: 'string' }]))), required: [] },
    ],
    [
      '17 unions',
      object(
        Object.fromEntries(Array.from({ length: 17 }, (_unused, at) => [`f${at}`, { anyOf: [{ type: 'string' }, { type: 'null' }] }])),
      ),
    ],
  ])('%s: 400', async (_name, schema) => {
    const error = await rejection(claude.messages.create(plain(schema)));
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect((error as InstanceType<typeof Anthropic.APIError>).apiMessage).toMatch(/^output_config\.format\.schema: /);
  });
});

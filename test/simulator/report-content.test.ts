import { z } from 'zod';

import { MADE_UP_COMPANIES } from '../../simulator/content/companies';
import { writeJson } from '../../simulator/content/json-answer';
import { randomFrom } from '../../simulator/random';
import type { JsonSchema, MessagesRequest } from '../../simulator/wire';

function answer<Output extends z.ZodType>(output: Output, prompt: string, seed = 'report'): z.output<Output> {
  const schema = z.toJSONSchema(output) as JsonSchema; // a schema of ours
  const request = { model: 'm', max_tokens: 1_000, messages: [{ role: 'user', content: prompt }] } as MessagesRequest; // what the writer reads of it
  return output.parse(writeJson(schema, request, randomFrom(seed)));
}

const items = (name: string, ids: readonly string[]): string => `<${name}>${JSON.stringify(ids.map((id) => ({ id })))}</${name}>`;

describe('writeJson()', () => {
  const planned = z.object({
    sections: z
      .array(z.object({ heading: z.string(), factIds: z.array(z.string()).describe('Between 3 and 6 items') }))
      .describe('Between 1 and 60 items'),
  });

  it.each([1, 7, 25, 50])('makes a list as long as the prompt says, each with a heading of its own: %d', (count) => {
    const { sections } = answer(planned, `<topic>Tea</topic>\n\nPlan exactly ${count} sections of about 300 words.`);
    expect(sections).toHaveLength(count);
    expect(new Set(sections.map(({ heading }) => heading)).size).toBe(count);
  });

  it('makes a list about as long as the prompt says, within what the schema says', () => {
    const schema = z.object({ shops: z.array(z.string()).max(6).describe('At most 6 items') });
    expect(answer(schema, 'Name about 4 shops.').shops).toHaveLength(4);
    expect(answer(schema, 'Name about 40 shops.').shops).toHaveLength(6);
  });

  it('refers to ids by the tag that they stand in, and to each of them before one comes again', () => {
    const facts = ['f1', 'f2', 'f3', 'f4', 'f5'];
    const { sections } = answer(
      planned,
      `<topic>Tea</topic>${items('shops', ['s1', 's2'])}${items('facts', facts)}Plan exactly 4 sections.`,
    );
    const named = sections.flatMap(({ factIds }) => factIds);
    expect([...new Set(named)].sort()).toEqual(facts);
    expect(new Set(named.slice(0, facts.length)).size).toBe(facts.length);
  });

  it('takes the code of a long list that the material uses under the same name, and leaves judgements alone', () => {
    const currency = z.enum(['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD']);
    const schema = z.object({ currency, confidence: z.enum(['low', 'medium', 'high']) });
    const answers = Array.from({ length: 12 }, (_unused, at) =>
      answer(schema, '<ours>{"currency": "JPY", "confidence": "low"}</ours> Judge.', `seed ${at}`),
    );
    expect(new Set(answers.map((one) => one.currency))).toEqual(new Set(['JPY']));
    expect(new Set(answers.map(({ confidence }) => confidence)).size).toBeGreaterThan(1);
    const two = Array.from({ length: 12 }, (_unused, at) =>
      answer(schema, '<a>[{"currency": "JPY"}, {"currency": "USD"}]</a>', `seed ${at}`),
    );
    expect(new Set(two.map((one) => one.currency)).size).toBeGreaterThan(1);
  });

  it('names made-up companies, each once', () => {
    const schema = z.object({ competitors: z.array(z.object({ name: z.string() })) });
    const names = answer(schema, '<market>Tea</market> Name about 10 competitors.').competitors.map(({ name }) => name);
    expect(new Set(names).size).toBe(10);
    for (const name of names) expect(MADE_UP_COMPANIES).toContain(name);
  });

  it.each([150, 400, 800])('writes a text about as long as the last paragraph of the prompt says: %d words', (words) => {
    const { body } = answer(z.object({ body: z.string() }), `<topic>Tea in 3,000 words</topic>\n\nWrite about ${words} words.`);
    const written = body.split(/\s+/).length;
    expect(written).toBeGreaterThan(words * 0.5);
    expect(written).toBeLessThan(words * 1.5);
  });
});

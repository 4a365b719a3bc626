import { z } from 'zod';

import { describeSchema } from '../../../client/cli/describe-schema';
import { pipelines } from '../../../common/pipelines';

describe('describeSchema()', () => {
  test('names what is needed of an input, and the defaults', () => {
    expect(describeSchema(pipelines.article.input, 'input')).toEqual([
      { name: 'topic', type: 'string', need: 'required', description: 'What it is about' },
      { name: 'audience', type: 'string', need: 'default "software developers"', description: 'Who reads it' },
    ]);
  });

  test.each(Object.values(pipelines))('names every field of the result of $name', ({ result }) => {
    const names = describeSchema(result, 'output').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(result.shape)));
  });

  test.each([
    ['a nullable value', z.string().nullable(), 'string | null'],
    ['a nullable choice', z.enum(['low', 'high']).nullable(), 'low | high | null'],
    ['a union', z.union([z.array(z.string()), z.string()]), 'list of string | string'],
    ['a list of a union', z.array(z.union([z.number(), z.string()])), 'list of (number | string)'],
    ['a record', z.record(z.string(), z.number()), 'object of number'],
    ['a record of a union', z.record(z.string(), z.union([z.string(), z.number()])), 'object of (string | number)'],
    ['a constant', z.literal('yes'), 'yes'],
    ['constants', z.literal(['yes', 1]), 'yes | 1'],
    ['a union of like members', z.union([z.string().max(3), z.string().min(9)]), 'string'],
    ['what may be anything', z.unknown(), 'any'],
  ])('names the type of %s', (_, schema, type) => {
    expect(describeSchema(z.object({ field: schema }), 'output')).toEqual([expect.objectContaining({ name: 'field', type })]);
  });

  test('names the fields of nullable objects, of lists that may be null and of either member of a union, each once', () => {
    const range = z.object({ low: z.number(), high: z.number() });
    const either = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), size: z.number() }),
      z.object({ kind: z.literal('b'), text: z.string().nullable() }),
    ]);
    const described = describeSchema(z.object({ range: range.nullable(), ranges: z.array(range).nullable(), either }), 'output');
    expect(described.map(({ name, type }) => [name, type])).toEqual([
      ['range', 'object | null'],
      ['range.low', 'number'],
      ['range.high', 'number'],
      ['ranges', 'list of object | null'],
      ['ranges[].low', 'number'],
      ['ranges[].high', 'number'],
      ['either', 'object'],
      ['either.kind', 'a | b'],
      ['either.size', 'number'],
      ['either.text', 'string | null'],
    ]);
  });

  test('does not write out a long default list', () => {
    const schema = z.object({
      ways: z.array(z.string()).default(['x'.repeat(40), 'y'.repeat(40)]),
      few: z.array(z.string()).default(['x']),
    });
    expect(describeSchema(schema, 'input').map(({ need }) => need)).toEqual(['default list of 2', 'default ["x"]']);
  });

  test('asks of a union only for what all of its members need', () => {
    const either = z.union([z.object({ a: z.string(), b: z.string() }), z.object({ a: z.string(), b: z.string().optional() })]);
    expect(describeSchema(z.object({ either }), 'input').map(({ name, need }) => [name, need])).toEqual([
      ['either', 'required'],
      ['either.a', 'required'],
      ['either.b', 'optional'],
    ]);
  });

  test.each(Object.values(pipelines))('shows no field of $name as anything that has a type', ({ name, input, result }) => {
    const anything = [...describeSchema(input, 'input'), ...describeSchema(result, 'output')].filter(({ type }) => /\bany\b|^$/.test(type));
    const expected: Partial<Record<string, string[]>> = { oneAgent: ['output'] };
    expect([name, anything.map((field) => field.name)]).toEqual([name, expected[name] ?? []]);
  });
});

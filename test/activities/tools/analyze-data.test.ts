import fc from 'fast-check';

import { analyzeData } from '../../../activities/tools/analyze-data';
import type { ToolContext } from '../../../activities/tools/define-tool';

const context = {} as ToolContext; // it needs nothing of the world

type Cell = string | number | boolean | null;
const analyze = (columns: Array<{ name: string; values: Cell[] }>) =>
  Promise.resolve(analyzeData.run(analyzeData.input.parse({ columns }), context)).then((output) => analyzeData.output.parse(output));
const one = async (values: Cell[]) => (await analyze([{ name: 'c', values }])).columns[0];

describe('analyzeData', () => {
  it('computes count, min, max, mean, median, sample deviation and sum of numbers', async () => {
    expect(await one([2, 4, 4, 4, 5, 5, 7, 9, null])).toEqual({
      name: 'c',
      kind: 'number',
      count: 8,
      missing: 1,
      min: 2,
      max: 9,
      mean: 5,
      median: 4.5,
      stddev: expect.closeTo(Math.sqrt(32 / 7), 12) as number,
      sum: 40,
    });
    expect(await one([3])).toMatchObject({ median: 3, stddev: null });
    expect(await one([5, 1, 3])).toMatchObject({ median: 3 });
  });

  it('adds cents without drift', async () => {
    expect(await one(Array.from({ length: 10_000 }, () => 0.1))).toMatchObject({ sum: 1_000, mean: 0.1 });
    expect(await one([1e16, 1, -1e16])).toMatchObject({ sum: 1 });
  });

  it('agrees with sums of whole numbers, whatever their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 50 }), async (values) => {
        const column = await one(values);
        const sum = values.reduce((total, value) => total + value, 0);
        expect(column).toMatchObject({ kind: 'number', sum, min: Math.min(...values), max: Math.max(...values), count: values.length });
      }),
    );
  });

  it('reads numbers that a CSV file has as text, and only when all of a column are', async () => {
    expect(await one(['1', ' 2.5 ', '-3e1', ''])).toMatchObject({ kind: 'number', count: 3, missing: 1, sum: -26.5 });
    expect(await one(['1', 'n/a'])).toMatchObject({ kind: 'text', distinct: 2 });
    expect(await one(['1,000', '$5'])).toMatchObject({ kind: 'text' });
    expect(await one([null, null])).toMatchObject({ kind: 'text', count: 0, missing: 2, distinct: 0 });
  });

  it('counts distinct values and names the most frequent ones', async () => {
    expect(await one(['b', 'a', 'b', true, null, 'c', 'd', 'e', 'f'])).toMatchObject({
      distinct: 7,
      mostFrequent: [
        { value: 'b', count: 2 },
        { value: 'a', count: 1 },
        { value: 'true', count: 1 },
        { value: 'c', count: 1 },
        { value: 'd', count: 1 },
      ],
    });
  });

  it('takes the longest column as the number of rows', async () => {
    const { rows, columns } = await analyze([
      { name: 'a', values: [1, 2, 3] },
      { name: 'b', values: [1] },
    ]);
    expect([rows, columns[1]?.missing]).toEqual([3, 2]);
  });

  it.each([[[]], [[{ name: '', values: [1] }]], [[{ name: 'a', values: [] }]], [[{ name: 'a', values: [{}] }]]])(
    'refuses %j',
    (columns) => {
      expect(analyzeData.input.safeParse({ columns }).success).toBe(false);
    },
  );
});

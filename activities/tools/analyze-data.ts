import { z } from 'zod';

import { defineTool } from './define-tool';
import { describeColumn } from './column-statistics';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const numberColumn = z.object({
  name: z.string(),
  kind: z.literal('number'),
  count: z.number().int().describe('Values present'),
  missing: z.number().int(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  median: z.number(),
  stddev: z.number().nullable().describe('Of the sample; null for a single value'),
  sum: z.number(),
});

const textColumn = z.object({
  name: z.string(),
  kind: z.literal('text'),
  count: z.number().int().describe('Values present'),
  missing: z.number().int(),
  distinct: z.number().int(),
  mostFrequent: z.array(z.object({ value: z.string(), count: z.number().int() })).max(5),
});

/** Statistics of a table, so that no model does arithmetic. */
export const analyzeData = defineTool({
  name: 'analyzeData',
  description:
    'Computes statistics of a table exactly. Give the columns with their values in row order; null stands for a missing value. Returns for a ' +
    'column of numbers count, min, max, mean, median, standard deviation and sum, for any other column how many distinct values there are and the ' +
    'most frequent ones. Use it for every figure that is derived from more than two numbers.',
  input: z.strictObject({
    columns: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(200),
          values: z.array(cell).min(1).max(50_000).describe('Between 1 and 50000 items'),
        }),
      )
      .min(1)
      .max(100)
      .describe('Between 1 and 100 items'),
  }),
  output: z.object({ rows: z.number().int(), columns: z.array(z.discriminatedUnion('kind', [numberColumn, textColumn])) }),
  run: ({ columns }) => {
    const rows = Math.max(...columns.map(({ values }) => values.length));
    return { rows, columns: columns.map(({ name, values }) => describeColumn(name, values, rows)) };
  },
});

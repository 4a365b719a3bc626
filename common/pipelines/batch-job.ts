import { z } from 'zod';

import { LANES } from '../call';
import { MOST_ROWS_AT_ONCE, ROW_STATUSES } from '../job';
import { definePipeline } from './define-pipeline';

const ledgerLine = z.object({
  agent: z.string(),
  model: z.string(),
  requests: z.number(),
  usage: z.record(z.string(), z.number()),
  costPico: z.number(),
});

const amount = z.object({ pico: z.number(), tokens: z.number() });

/** Where a job stands that has continued as new. Written by the job itself. */
const carried = z.strictObject({
  manifest: z.string(),
  folder: z.string(),
  count: z.number().int(),
  finished: z.array(z.tuple([z.number().int(), z.number().int()])),
  next: z.number().int(),
  again: z.array(z.number().int()),
  open: z.array(
    z.strictObject({
      row: z.number().int(),
      key: z.string(),
      workflowId: z.string(),
      runId: z.string().nullable(),
      startedAt: z.number(),
      slice: amount.nullable(),
    }),
  ),
  done: z.number().int(),
  failed: z.number().int(),
  failures: z.array(z.strictObject({ row: z.number().int(), key: z.string(), status: z.enum(ROW_STATUSES), reason: z.string() })),
  ledger: z.object({ lines: z.array(ledgerLine), uncertainPico: z.number(), uncertainTokens: z.number(), uncertainRequests: z.number() }),
  limit: z.object({ pico: z.number().nullable(), tokens: z.number().nullable() }),
  rowNeed: amount,
  rowMs: z.number(),
  concurrency: z.number().int(),
  lane: z.enum(LANES).optional(),
  paused: z.boolean(),
  sampled: z.boolean(),
  persons: z.array(z.tuple([z.number().int(), z.string()])).optional(),
  inBatch: z.array(z.number().int()).optional(),
  startedAt: z.number(),
});

/** Many rows through one pipeline. */
export const batchJob = definePipeline({
  name: 'batchJob',
  description: 'A file of rows through one pipeline, each row once, as many at a time as you allow',
  diagram: 'rows → (a run of the pipeline for each, side by side) → outcomes',
  subjectField: 'pipeline',
  input: z
    .strictObject({
      pipeline: z.string().trim().min(1).describe('The pipeline that every row goes through'),
      rows: z
        .array(z.record(z.string(), z.unknown()))
        .min(1)
        .max(1_000)
        .optional()
        .describe('Inputs of the pipeline, for small jobs; "npx troupe batch" takes files of any size'),
      manifest: z
        .string()
        .regex(/^blobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/)
        .optional()
        .describe('Store key of the rows; "npx troupe batch" fills it in'),
      keyField: z.string().min(1).optional().describe('Field of a row that names it; the number of the row unless given'),
      concurrency: z.number().int().min(1).max(MOST_ROWS_AT_ONCE).default(25).describe('Rows at the same time'),
      rowBudgetUsd: z.number().positive().optional().describe('Dollars that one row may cost at most'),
      sample: z.number().int().min(1).optional().describe('Rows that are done first; then a person decides on the rest'),
      redo: z.boolean().default(false).describe('Do rows again that are done, using every answer whose request is unchanged'),
      rowsPerRun: z.number().int().min(1).max(1_000).default(500).describe('Rows after which the job continues as new'),
      rowLane: z.enum(LANES).optional().describe('Lane of the rows; that of the job unless given'),
      carried: carried.optional().meta({ internal: true }),
    })
    .refine(({ rows, manifest }) => (rows === undefined) !== (manifest === undefined), 'needs either rows or manifest'),
  result: z.object({
    pipeline: z.string(),
    status: z.enum(['completed', 'stopped']).describe('stopped: a person decided against the rest after the sample'),
    rows: z.number().int(),
    done: z.number().int(),
    before: z.number().int().describe('Done by an earlier start of the same job'),
    failed: z.number().int(),
    notStarted: z.number().int(),
    failures: z
      .array(z.object({ row: z.number().int(), key: z.string(), status: z.enum(ROW_STATUSES), reason: z.string() }))
      .describe('The first 20 of the rows that are not done'),
    rowUsd: z.number().nullable().describe('Mean cost of a row'),
    folder: z.string().describe('Folder in the store that has the outcome of every row'),
    manifest: z.string().describe('Store key of the rows'),
  }),
});

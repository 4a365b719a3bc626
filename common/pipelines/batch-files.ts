import { z } from 'zod';

import { LANES } from '../call';
import { MAP_FORMATS, MOST_ROWS_AT_ONCE } from '../job';
import { definePipeline } from './define-pipeline';

const HOUR_MS = 3_600_000;
const MIB = 1_024 * 1_024;
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/])/;
/** Only the last part of a path may be a pattern. */
const isSource = (source: string): boolean => /^https?:\/\/\S+$/i.test(source) || (ABSOLUTE.test(source) && !/[*?].*[\\/]/.test(source));

const count = z.number().int().min(0);

/** Files of rows that have come since the last time, each a job of its own. */
export const batchFiles = definePipeline({
  name: 'batchFiles',
  description: 'New files of rows in a folder or behind a URL, each as a job; what a file has brought is written beside',
  diagram: 'look → (wait → look again) → for each new file: check its rows → batchJob → write',
  subjectField: 'source',
  input: z.strictObject({
    pipeline: z.string().trim().min(1).describe('The pipeline that every row goes through'),
    source: z
      .string()
      .trim()
      .max(2_000)
      .refine(isSource, 'must be an absolute path of a folder or of files, like /data/in or /data/in/*.csv, or an http or https address')
      .describe('Folder, pattern or address, as the worker sees it'),
    outDir: z.string().trim().regex(ABSOLUTE, 'must be an absolute path').describe('Folder for the output, as the worker sees it'),
    name: z
      .string()
      .regex(
        /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u,
        'must begin with a letter or digit and have at most 100 letters, digits, ".", "_" and "-"',
      )
      .optional()
      .describe('Runs of the same name share what is done; made from pipeline and source unless given'),
    skipInvalid: z.boolean().default(false).describe('Leave rows out that do not fit, instead of refusing their file'),
    format: z.enum(MAP_FORMATS).optional().describe('Whose names the columns have; found out unless given'),
    keyColumn: z.string().min(1).optional().describe('Column that names a row'),
    map: z.record(z.string(), z.string()).optional().describe('Columns by the field that they fill'),
    set: z.record(z.string(), z.string()).optional().describe('Fields of every row that has none itself'),
    concurrency: z.number().int().min(1).max(MOST_ROWS_AT_ONCE).default(25).describe('Rows at the same time'),
    rowBudgetUsd: z.number().positive().optional().describe('Dollars that one row may cost at most'),
    rowLane: z.enum(LANES).optional().describe('Lane of the rows; that of the run unless given'),
    settleMs: z
      .number()
      .int()
      .min(0)
      .max(HOUR_MS)
      .default(10_000)
      .describe('Milliseconds in which a file must not have changed; 0 takes files as they are'),
    maxBytes: z
      .number()
      .int()
      .min(1)
      .default(256 * MIB)
      .describe('Most bytes that are fetched from an address'),
  }),
  result: z.object({
    status: z.enum(['completed', 'incomplete', 'nothing new']).describe('incomplete: a file was refused or failed'),
    source: z.string(),
    files: z
      .array(
        z.object({
          file: z.string(),
          status: z
            .enum(['done', 'done before', 'changing', 'refused', 'failed', 'in another run'])
            .describe('changing: still being written, so left for the next run'),
          reason: z.string().nullable().describe('Null unless refused or failed'),
          job: z.string().nullable().describe('Workflow Id of the job; null when none was started'),
          out: z.string().nullable().describe('The output; null without one'),
          done: count.describe('Rows that are done'),
          failed: count.describe('Rows that are not'),
          skipped: count.describe('Rows that do not fit'),
        }),
      )
      .describe('Those that were new'),
    left: count.describe('New files beyond those that one run takes; the next run does them'),
  }),
});

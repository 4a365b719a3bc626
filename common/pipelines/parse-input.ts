import { z } from 'zod';

import { LANES } from '../call';
import type { RunOptions } from '../run';
import { describeIssue, schemaWords } from './schema-words';

const runOptionsSchema = z.strictObject({
  budgetUsd: z.number().positive().optional(),
  budgetTokens: z.number().int().positive().optional(),
  lane: z.enum(LANES).optional(),
  deadlineMs: z.number().int().positive().optional(),
  reuse: z.boolean().optional(),
  traceId: z.string().min(1).max(200).optional(),
  job: z
    .strictObject({
      job: z.string().min(1),
      folder: z.string().regex(/^jobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/),
      row: z.number().int().min(1),
      key: z.string().min(1),
      page: z.string().regex(/^blobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/),
      at: z.number().int().min(0),
    })
    .optional(),
});

/** The first problems of a value, each with its place, and how many more there are. */
export function listIssues(error: z.ZodError, limit: number): string[] {
  const shown = error.issues.slice(0, limit).map(describeIssue);
  const more = error.issues.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

/** The first five problems of a value in one line. */
export function describeIssues(error: z.ZodError): string {
  return listIssues(error, 5).join('; ');
}

/** A value parsed, or the one line that says what is wrong with it. */
export type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

/** Validates an input against a schema; the message is the same for the CLI and for a run that fails in `openRun`. */
export function parseInput<Schema extends z.ZodType>(pipeline: string, schema: Schema, input: unknown): Parsed<z.infer<Schema>> {
  const parsed = schema.safeParse(input, { error: schemaWords });
  if (parsed.success) return { ok: true, value: parsed.data };
  const hint = `see "npx troupe pipelines ${pipeline}" for the fields`;
  return { ok: false, message: `Cannot start "${pipeline}": ${describeIssues(parsed.error)}; ${hint}` };
}

/** Validates the second argument of a Workflow Type. */
export function parseRunOptions(pipeline: string, options: unknown): Parsed<RunOptions> {
  const parsed = runOptionsSchema.safeParse(options ?? {}, { error: schemaWords });
  if (parsed.success) return { ok: true, value: parsed.data as RunOptions };
  return { ok: false, message: `Cannot start "${pipeline}": options: ${describeIssues(parsed.error)}; correct the options` };
}

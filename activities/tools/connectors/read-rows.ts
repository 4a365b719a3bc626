import type { z } from 'zod';

import { describeIssues } from '../../../common/pipelines/parse-input';
import { schemaWords } from '../../../common/pipelines/schema-words';
import { toolFailure } from '../tool-failure';

export interface Rows<Row> {
  readonly rows: Row[];
  /** Those that do not fit. */
  readonly skipped: number;
}

export interface RowsSource {
  readonly tool: string;
  /** Of the service, for messages. */
  readonly host: string;
  /** What a person may correct when nothing fits. */
  readonly advice: string;
}

/**
 * Checks what a service sent, row by row: one that lacks what it must have is left out and counted, a fact beyond its bounds (a house built
 * in the year 0) is left out of its row.
 * @throws ToolFailed, final, when there are rows and none fits: then it is the configuration that does not
 */
export function readRows<Row>(candidates: readonly unknown[], schema: z.ZodType<Row>, source: RowsSource): Rows<Row> {
  const rows: Row[] = [];
  let firstIssue: string | undefined;
  for (const candidate of candidates) {
    const parsed = readRow(candidate, schema);
    if (parsed.success) rows.push(parsed.data);
    else firstIssue ??= describeIssues(parsed.error);
  }
  if (rows.length === 0 && firstIssue !== undefined) {
    const none = candidates.length === 1 ? 'its record does not fit' : `none of its ${candidates.length} records fits`;
    const why = `${none} (${firstIssue})`;
    throw toolFailure({ message: `Cannot use the answer of "${source.host}" for "${source.tool}": ${why}; ${source.advice}` });
  }
  return { rows, skipped: candidates.length - rows.length };
}

function readRow<Row>(candidate: unknown, schema: z.ZodType<Row>): z.ZodSafeParseResult<Row> {
  const parsed = schema.safeParse(candidate, { error: schemaWords });
  if (parsed.success || typeof candidate !== 'object' || candidate === null) return parsed;
  const wrong = new Set(parsed.error.issues.map(({ path: [field] }) => field));
  const rest = schema.safeParse(Object.fromEntries(Object.entries(candidate).filter(([field]) => !wrong.has(field))));
  // What is wrong with a field says more than that it is missing.
  return rest.success ? rest : parsed;
}

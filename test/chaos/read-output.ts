import { existsSync, readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';

/** What somebody finds who opens the output of a job that is still running. */
export interface OutputLook {
  readonly keys: readonly string[];
  /** In words; empty when every row is whole, one of the job's, and there once. */
  readonly problems: readonly string[];
}

/** @param expected Keys of the job's rows. */
export function readOutput(file: string, expected: ReadonlySet<string>): OutputLook {
  if (!existsSync(file)) return { keys: [], problems: [] };
  const text = readFileSync(file, 'utf8');
  const problems: string[] = [];
  if (text !== '' && !text.endsWith('\n')) problems.push(`ends in the middle of a row: …${JSON.stringify(text.slice(-60))}`);
  const keys = rowsIn(file, text, problems);
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) problems.push(`has row "${key}" twice`);
    if (!expected.has(key)) problems.push(`has row "${key}", which is not one of the job's`);
    seen.add(key);
  }
  return { keys, problems };
}

function rowsIn(file: string, text: string, problems: string[]): string[] {
  try {
    if (file.endsWith('.jsonl')) return linesOf(text).map((line) => (JSON.parse(line) as { key: string }).key); // the job's own format
    const rows = parse(text, { columns: true }) as unknown as Array<Record<string, string>>; // asked for with `columns`
    const gaps = rows.filter((row) => !row['paragraphs'] || !row['costUsd']).length;
    if (gaps > 0) problems.push(`has ${gaps} rows without a result`);
    return rows.map(({ sku = '' }) => sku);
  } catch (error) {
    problems.push(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

import { extname } from 'node:path';

import { TroupeError } from '../common/troupe-error';
import { readCsv } from './read-csv';
import { readJsonLines } from './read-json-lines';
import { readJsonList } from './read-json-list';
import { cannotRead, LONGEST_ROW } from './row-limits';

/** A row of a file, as it stands there. */
export interface FileRow {
  /** Line that it begins on, from 1. */
  readonly line: number;
  /** Cells by column of a CSV file; the fields of a JSON object. Absent when it cannot be read. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Of a CSV file, in its order. */
  readonly columns?: readonly string[];
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** `json`: a list of objects, or an object that has one as `value`; read only. */
export type RowFormat = 'csv' | 'jsonl' | 'json';

const FORMATS: Readonly<Record<string, RowFormat>> = { '.csv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.json': 'json' };

const formatByName = (file: string): RowFormat | undefined => FORMATS[extname(file).toLowerCase()];

/** Whether the output of a job can go into a file, by its name. */
export const isRowFile = (file: string): boolean => (formatByName(file) ?? 'json') !== 'json';

/** @throws TroupeError `invalid-input` for any other kind of file */
export function formatOf(file: string, flag: '--input' | '--out'): RowFormat {
  if (flag === '--input' && (file === '-' || /^\/(?:dev|proc)\//.test(file)))
    throw cannotRead(file, 'rows are read twice, and from a pipe or a device only once', 'save them into a file first');
  const format = formatByName(file);
  if (format !== undefined && (flag === '--input' || format !== 'json')) return format;
  const known = flag === '--input' ? 'read .csv, .jsonl and .json' : 'write .csv and .jsonl';
  throw new TroupeError('invalid-input', `Cannot use "${file}" as ${flag}: jobs ${known}; name the file so`);
}

/** Whether a file holds rows, and not the input of one run: a `.json` file may be either. One that cannot be read holds none. */
export async function holdsRows(file: string): Promise<boolean> {
  const format = formatByName(file);
  if (format !== 'json') return format !== undefined;
  try {
    for await (const _row of readJsonList(file, LONGEST_ROW)) break;
    return true;
  } catch (error) {
    if (error instanceof TroupeError) return false;
    throw error;
  }
}

/**
 * Reads a file row by row; it is never in memory as a whole. What cannot be read is a row with a problem.
 * @param longestRow Characters; a longer row is refused. @default 16 MiB
 */
export function readRows(file: string, longestRow = LONGEST_ROW): AsyncIterable<FileRow> {
  const format = formatOf(file, '--input');
  if (format === 'csv') return readCells(file, longestRow);
  return format === 'json' ? readJsonList(file, longestRow) : readJsonLines(file, longestRow);
}

async function* readCells(file: string, longestRow: number): AsyncGenerator<FileRow> {
  let columns: readonly string[] | undefined;
  for await (const { line, header, cells, problem } of readCsv(file, { exact: false, longestRow })) {
    // A column without a name can fill nothing.
    columns ??= header.map((name, at) => (name === '' ? `column ${at + 1}` : name));
    if (problem !== undefined) yield { line, problem };
    else yield { line, columns, fields: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])) };
  }
}

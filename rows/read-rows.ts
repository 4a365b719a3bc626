import { extname } from 'node:path';
import { pipeline, Readable } from 'node:stream';

import { parse, type CsvError } from 'csv-parse';

import { TroupeError } from '../common/troupe-error';
import { openText } from './open-text';

/** A row of a file, as it stands there. */
export interface FileRow {
  /** Line that it begins on, from 1. */
  readonly line: number;
  /** Cells by column of a CSV file; the fields of a JSON line. Absent when the line cannot be read. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Why the line cannot be read. */
  readonly problem?: string;
}

export type RowFormat = 'csv' | 'jsonl';

const FORMATS: Readonly<Record<string, RowFormat>> = { '.csv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl' };

/** Whether a file holds rows, by its name. */
export const isRowFile = (file: string): boolean => extname(file).toLowerCase() in FORMATS;

/** @throws TroupeError `invalid-input` for any other kind of file */
export function formatOf(file: string, flag: '--input' | '--out'): RowFormat {
  const format = FORMATS[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new TroupeError('invalid-input', `Cannot use "${file}" as ${flag}: jobs read and write .csv and .jsonl; name the file so`);
}

/** Reads a file row by row; it is never in memory as a whole. A line that cannot be read is a row with a problem. */
export function readRows(file: string): AsyncIterable<FileRow> {
  return formatOf(file, '--input') === 'csv' ? readCsv(file) : readJsonLines(file);
}

/** Far more than any pipeline takes; without it one quote too many would make a cell of the whole file. */
const LONGEST_ROW = 16 * 1_024 * 1_024;
const MOST_COLUMNS = 2_000;

interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly error?: CsvError };
  /** The row as it stands in the file, with empty lines before it. */
  readonly raw: string;
}

/** csv-parse counts a CRLF within quotes as two lines. */
const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

async function* readCsv(file: string): AsyncGenerator<FileRow> {
  const parser = pipeline(
    Readable.from(openText(file)),
    parse({
      columns: (header: string[]) => checkHeader(file, header),
      info: true,
      raw: true,
      max_record_size: LONGEST_ROW,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    }),
    () => undefined, // a failure of either ends the loop below with it
  );
  let line = 2; // of what comes next
  try {
    for await (const record of parser) {
      const { record: fields, info, raw } = record as CsvRecord; // made so by the options above
      const begins = line + breaksIn(/^[\r\n]*/.exec(raw)?.[0] ?? '');
      yield { line: begins, ...(info.error === undefined ? { fields } : { problem: problemOf(info.error, begins) }) };
      line += breaksIn(raw);
    }
  } catch (error) {
    if (error instanceof TroupeError) throw error;
    throw new TroupeError('invalid-input', `Cannot read input "${file}": ${problemOf(error, line)}; correct it`, { cause: error });
  }
}

/** What csv-parse finds fault with, in our words where people meet it. */
function problemOf(error: unknown, line = 0): string {
  const { code, message, column, lines } = error as CsvError & { column?: string | number; lines?: number }; // the parser throws no other
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return raggedness(error as CsvError & { record?: unknown[]; columns?: unknown[] | true });
    case 'CSV_QUOTE_NOT_CLOSED':
      return `a quote is opened in the row from line ${line} on and never closed`;
    case 'CSV_MAX_RECORD_SIZE':
      return `the row from line ${line} on is longer than ${LONGEST_ROW / 1_024 / 1_024} MiB, and a quote may be missing`;
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `a quote stands in the middle of a cell on line ${lines ?? line}, column "${column}"; such a cell needs quotes around it, and each quote in it twice`;
    default:
      return message.replaceAll(/\s+/g, ' ');
  }
}

function raggedness({ record = [], columns }: { record?: unknown[]; columns?: unknown[] | true }): string {
  const cells = `${record.length} ${record.length === 1 ? 'cell' : 'cells'}`;
  return `it has ${cells}, and the header has ${Array.isArray(columns) ? columns.length : 'another number'}`;
}

function checkHeader(file: string, given: string[]): string[] {
  const header = given.map((name) => name.trim());
  const refuse = (why: string, cure: string): never => {
    throw new TroupeError('invalid-input', `Cannot read input "${file}": ${why}; ${cure}`);
  };
  if (header.length > MOST_COLUMNS) refuse(`it has ${header.length} columns, and ${MOST_COLUMNS} are allowed`, 'leave some out');
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== '' && seen.has(name)) refuse(`it has two columns "${name}"`, 'rename one');
    seen.add(name);
  }
  const [only = ''] = header;
  const separator = header.length === 1 ? /[;\t|]/.exec(only)?.[0] : undefined;
  if (separator !== undefined) refuse(`its columns are separated by ${JSON.stringify(separator)}`, 'save it with commas');
  // A column without a name can fill nothing.
  return header.map((name, at) => (name === '' ? `column ${at + 1}` : name));
}

async function* readJsonLines(file: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    const json = text.trim();
    if (json !== '') yield { line, ...parseLine(json) };
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  let line = 1;
  for await (const piece of openText(file)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    line += lines.length;
    if (rest.length > LONGEST_ROW)
      throw new TroupeError(
        'invalid-input',
        `Cannot read input "${file}": line ${line} is longer than ${LONGEST_ROW / 1_024 / 1_024} MiB; put one object on each line`,
      );
  }
  if (rest !== '') yield rest;
}

function parseLine(json: string): Pick<FileRow, 'fields' | 'problem'> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'not a JSON object' };
    return { fields: value as Record<string, unknown> };
  } catch (error) {
    return { problem: `not valid JSON (${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error)})` };
  }
}

import { pipeline, Readable } from 'node:stream';

import { parse, type CsvError } from 'csv-parse';

import { TroupeError } from '../common/troupe-error';
import { openText } from './open-text';
import { cannotRead, inMiB, LONGEST_HEADER, LONGEST_ROW, MOST_COLUMNS, tooWide } from './row-limits';

/** A row of a CSV file below its header. */
export interface CsvRow {
  /** Line that it begins on, from 1. */
  readonly line: number;
  readonly header: readonly string[];
  /** As many as the header has, unless there is a problem. */
  readonly cells: readonly string[];
  /** Why it is no row. */
  readonly problem?: string;
}

interface CsvOptions {
  readonly exact: boolean;
  readonly longestRow?: number;
}

interface CsvRecord {
  readonly record: readonly string[];
  /** The row as it stands in the file, with empty lines before it. */
  readonly raw: string;
}

/** csv-parse counts a CRLF within quotes as two lines. */
const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/**
 * Reads a CSV file row by row.
 * @param exact Cells are taken as they stand, spaces around them included.
 * @param longestRow Characters; a longer row is refused. @default 16 MiB
 * @throws TroupeError `invalid-input` when the file or its header cannot be used, or a quote is lost
 */
export async function* readCsv(file: string, { exact, longestRow = LONGEST_ROW }: CsvOptions): AsyncGenerator<CsvRow> {
  const at: Reading = { line: 1, pending: 0, head: '' };
  const parser = pipeline(
    Readable.from(inMeasure(file, { at, longestRow })),
    parse({
      info: true,
      raw: true,
      max_record_size: longestRow,
      // All of them, or the first one in the file would count for all: one row would be made of two.
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      relax_column_count: true,
      trim: !exact,
    }),
    () => undefined, // a failure of either ends the loop below with it
  );
  let header: readonly string[] | undefined;
  try {
    for await (const record of parser) {
      const { record: cells, raw } = record as CsvRecord; // made so by the options above
      const begins = at.line + breaksIn(/^[\r\n]*/.exec(raw)?.[0] ?? '');
      at.line += breaksIn(raw);
      at.pending = 0;
      if (header === undefined) header = checkedHeader(file, cells);
      else if (cells.length > MOST_COLUMNS) throw tooWide(file, begins, `${cells.length} cells`);
      else yield { line: begins, header, cells, ...(cells.length !== header.length && { problem: raggedness(cells, header) }) };
    }
  } catch (error) {
    if (error instanceof TroupeError) throw error;
    if (header === undefined) refuseOtherForm(file, at.head);
    throw cannotRead(file, problemOf(error, { line: at.line, header: header ?? [], longestRow }), 'correct it');
  }
}

/** How far the file has been read. */
interface Reading {
  /** Line of what comes next. */
  line: number;
  /** Characters since the last row: the parser keeps them all, blanks and empty lines too, which it does not measure. */
  pending: number;
  /** How the text begins. */
  head: string;
}

/** The parser is given that much before its rows are looked at, at most. */
const AHEAD = 1_024 * 1_024;

async function* inMeasure(file: string, { at, longestRow }: { at: Reading; longestRow: number }): AsyncGenerator<string> {
  const longest = Math.min(longestRow, LONGEST_HEADER);
  let [length, ended] = [0, false];
  for await (const piece of openText(file)) {
    at.head ||= piece;
    at.pending += piece.length;
    if (at.pending > longestRow + AHEAD) throw cannotRead(file, tooLong(at.line, longestRow), 'correct it');
    if (!ended) {
      const end = piece.search(/[\r\n]/);
      ended = end >= 0;
      length += ended ? end : piece.length;
    }
    if (length > longest)
      throw cannotRead(file, `its header is longer than ${inMiB(longest)}, and ${MOST_COLUMNS} columns are allowed`, 'leave some out');
    yield piece;
  }
}

const tooLong = (line: number, longest: number): string =>
  `the row from line ${line} on is longer than ${inMiB(longest)}, and a quote may be missing`;

/** What is written otherwise than CSV, and trips the parser in its first line. @throws TroupeError `invalid-input` */
function refuseOtherForm(file: string, head: string): void {
  if (/^\s*[[{]\s*["[{]/.test(head)) throw cannotRead(file, 'it is JSON', 'name it .json, or .jsonl if each line is an object');
  const separator = /^\s*"[^"]*"\s*([;\t|])/.exec(head)?.[1];
  if (separator !== undefined) throw separatedBy(file, separator);
}

const separatedBy = (file: string, separator: string): TroupeError =>
  cannotRead(file, `its columns are separated by ${JSON.stringify(separator)}`, 'save it with commas');

/** What csv-parse finds fault with, in our words where people meet it. */
function problemOf(
  error: unknown,
  { line, header, longestRow }: Required<Pick<CsvOptions, 'longestRow'>> & { line: number; header: readonly string[] },
): string {
  const { code, message, column = 0, lines } = error as CsvError & { column?: number; lines?: number }; // the parser throws no other
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `a quote is opened in the row from line ${line} on and never closed`;
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(line, longestRow);
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `a quote stands in the middle of a cell on line ${lines ?? line}, column "${header[column] ?? column + 1}"; such a cell needs quotes around it, and each quote in it twice`;
    default:
      return message.replaceAll(/\s+/g, ' ');
  }
}

function raggedness({ length }: readonly string[], header: readonly string[]): string {
  return `it has ${length} ${length === 1 ? 'cell' : 'cells'}, and the header has ${header.length}`;
}

function checkedHeader(file: string, header: readonly string[]): readonly string[] {
  if (header.length > MOST_COLUMNS)
    throw cannotRead(file, `it has ${header.length} columns, and ${MOST_COLUMNS} are allowed`, 'leave some out');
  const seen = new Set<string>();
  for (const name of header.map((given) => given.trim())) {
    if (name !== '' && seen.has(name)) throw cannotRead(file, `it has two columns "${name}"`, 'rename one');
    seen.add(name);
  }
  const [only = ''] = header;
  const separator = header.length === 1 ? /[;\t|]/.exec(only)?.[0] : undefined;
  if (separator !== undefined) throw separatedBy(file, separator);
  return header;
}

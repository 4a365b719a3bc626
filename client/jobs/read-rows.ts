import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';

import { parse, type CsvError } from 'csv-parse';

import { TroupeError } from '../troupe-error';

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

/** @throws TroupeError `invalid-input` for any other kind of file */
export function formatOf(file: string, flag: '--input' | '--out'): RowFormat {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return 'csv';
    case '.jsonl':
    case '.ndjson':
      return 'jsonl';
    default:
      throw new TroupeError('invalid-input', `Cannot use "${file}" as ${flag}: jobs read and write .csv and .jsonl; name the file so`);
  }
}

/** Reads a file row by row; it is never in memory as a whole. A line that cannot be read is a row with a problem. */
export function readRows(file: string): AsyncIterable<FileRow> {
  return formatOf(file, '--input') === 'csv' ? readCsv(file) : readJsonLines(file);
}

async function* readCsv(file: string): AsyncGenerator<FileRow> {
  const parser = createReadStream(file).pipe(
    parse({ bom: true, columns: (header: string[]) => checkHeader(file, header), info: true, skip_empty_lines: true, relax_column_count: true, trim: true }),
  );
  let line = 2;
  try {
    for await (const record of parser) {
      const { record: fields, info } = record as { record: Record<string, string>; info: { lines: number; error?: CsvError } };
      yield info.error === undefined ? { line, fields } : { line, problem: info.error.message };
      line = info.lines + 1;
    }
  } catch (error) {
    if (error instanceof TroupeError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES') throw unreadable(file, code, error);
    throw new TroupeError('invalid-input', `Cannot read "${file}": ${message.replaceAll(/\s+/g, ' ')}; correct it`, { cause: error });
  }
}

function checkHeader(file: string, header: string[]): string[] {
  const twice = header.find((name, at) => name !== '' && header.indexOf(name) !== at);
  if (twice === undefined) return header;
  throw new TroupeError('invalid-input', `Cannot read "${file}": it has two columns "${twice}"; rename one`);
}

async function* readJsonLines(file: string): AsyncGenerator<FileRow> {
  const stream = createReadStream(file);
  const opened = new Promise<void>((resolve, reject) => stream.once('open', () => resolve()).once('error', reject));
  await opened.catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code ?? '', error);
  });
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    line += 1;
    const json = text.replace(/^\uFEFF/, '').trim();
    if (json !== '') yield { line, ...parseLine(json) };
  }
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

const REASONS: Readonly<Record<string, string>> = { ENOENT: 'no such file', EISDIR: 'it is a folder', EACCES: 'permission denied' };

function unreadable(file: string, code: string, cause: unknown): TroupeError {
  const why = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new TroupeError('invalid-input', `Cannot read input "${file}": ${why}; check the path`, { cause });
}

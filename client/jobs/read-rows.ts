import type { ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';

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

async function* readCsv(file: string): AsyncGenerator<FileRow> {
  const parser = pipeline(
    await opened(file),
    parse({
      bom: true,
      columns: (header: string[]) => checkHeader(file, header),
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    }),
    () => undefined, // a failure of either ends the loop below with it
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
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    throw new TroupeError('invalid-input', `Cannot read "${file}": ${why}; correct it`, { cause: error });
  }
}

function checkHeader(file: string, header: string[]): string[] {
  const twice = header.find((name, at) => name !== '' && header.indexOf(name) !== at);
  if (twice === undefined) return header;
  throw new TroupeError('invalid-input', `Cannot read "${file}": it has two columns "${twice}"; rename one`);
}

async function* readJsonLines(file: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({ input: await opened(file), crlfDelay: Infinity })) {
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

/** A stream that can be read; its failure to open would otherwise be nobody's. */
async function opened(file: string): Promise<ReadStream> {
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) throw Object.assign(new Error(REASONS['EISDIR']), { code: 'EISDIR' });
    return handle.createReadStream();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new TroupeError('invalid-input', `Cannot read input "${file}": ${REASONS[code] ?? message}; check the path`, { cause: error });
  }
}

import { pipelines, type PipelineName } from '../common/pipelines';
import { rowKeyOf, type GivenRow } from '../common/job';
import { describeIssues } from '../common/pipelines/parse-input';
import { schemaWords } from '../common/pipelines/schema-words';
import { TroupeError } from '../common/troupe-error';
import { unknownPipeline } from '../common/pipelines/unknown-pipeline';
import { cellReader, type CellReader, type ColumnMap } from './cell-values';
import { formatOf, readRows } from './read-rows';

/** Where the rows of a job come from. */
export interface RowsOptions {
  /** A `.csv` file with a header, or a `.jsonl` file with one object a line. */
  readonly file: string;
  readonly pipeline: PipelineName;
  /** Column or field that names a row. @default `key`, `id`, `sku` or `handle`, else the number of the row */
  readonly keyColumn?: string;
  readonly map?: ColumnMap;
}

/** A row that does not fit. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

/** What a file holds, before anything is started. */
export interface CheckedRows {
  readonly good: number;
  readonly bad: readonly BadRow[];
  /** Columns that fill no field of the pipeline. */
  readonly unused: readonly string[];
}

const KEY_COLUMNS = ['key', 'id', 'sku', 'handle'];
const LONGEST_KEY = 200;
/** A file of which everything is wrong need not be listed whole. */
const MOST_BAD_ROWS = 1_000;

/** Reads every row of a file against the pipeline's schema; nothing is kept. @throws TroupeError `invalid-input` */
export async function checkRows(options: RowsOptions): Promise<CheckedRows> {
  const bad: BadRow[] = [];
  let good = 0;
  let unused: readonly string[] = [];
  for await (const row of rowsOf(options, (columns) => (unused = columns))) {
    if ('reason' in row) bad.push(row);
    else good += 1;
    if (bad.length === MOST_BAD_ROWS) break;
  }
  return { good, bad, unused };
}

/** The rows that fit, in the order of the file. */
export async function* goodRows(options: RowsOptions): AsyncGenerator<GivenRow> {
  for await (const row of rowsOf(options)) if (!('reason' in row)) yield row;
}

async function* rowsOf(options: RowsOptions, onUnused?: (columns: readonly string[]) => void): AsyncGenerator<GivenRow | BadRow> {
  const { file, pipeline, map } = options;
  const refused = (why: string, cure: string) => new TroupeError('invalid-input', `Cannot read input "${file}": ${why}; ${cure}`);
  const known = Object.keys(pipelines).filter((name) => name !== 'batchJob');
  if (!known.includes(pipeline)) throw unknownPipeline('start a job of', pipeline, known);
  const { input } = pipelines[pipeline];
  const cells = formatOf(file, '--input') === 'csv' ? cellReader(input, map) : undefined;
  const lines = new Map<string, number>();
  if (cells === undefined && map !== undefined) throw refused('--map is for columns of .csv files', 'name the fields so in the file');
  let keyColumn: string | undefined | null = null;
  let number = 0;
  for await (const { line, fields, problem } of readRows(file)) {
    number += 1;
    if (fields === undefined) {
      yield { line, reason: problem ?? 'it cannot be read' };
      continue;
    }
    if (keyColumn === null) {
      keyColumn = keyColumnOf(options, Object.keys(fields));
      if (cells !== undefined) {
        checkColumns(options, cells, Object.keys(fields));
        onUnused?.(cells.unused(Object.keys(fields).filter((name) => name !== keyColumn)));
      }
    }
    const key = keyColumn === undefined ? String(number) : rowKeyOf(fields[keyColumn]);
    const given = cells === undefined ? withoutKey(fields, keyColumn, input) : cells.read(fields as Record<string, string>);
    const parsed = input.safeParse(given, { error: schemaWords });
    const reason = keyProblem(key, keyColumn, lines.get(key)) ?? (parsed.success ? undefined : describeIssues(parsed.error));
    if (reason !== undefined) {
      yield { line, reason };
      continue;
    }
    lines.set(key, line);
    yield { key, input: parsed.data, ...(cells !== undefined && { cells: fields as Record<string, string> }) };
  }
}

/** @throws TroupeError `invalid-input` when it is not clear which column fills a field */
function checkColumns({ file, map = {} }: RowsOptions, cells: CellReader, columns: readonly string[]): void {
  const missing = Object.entries(map).find(([, column]) => !columns.includes(column));
  if (missing !== undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot use --map ${missing.join('=')}: "${file}" has no column "${missing[1]}"; it has ${listOf(columns)}`,
    );
  const clash = cells.clash(columns);
  if (clash !== undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot read input "${file}": columns "${clash[0]}" and "${clash[1]}" fill the same field; choose one with --map`,
    );
}

const SHOWN_COLUMNS = 20;

function listOf(columns: readonly string[]): string {
  const more = columns.length - SHOWN_COLUMNS;
  return `${columns.slice(0, SHOWN_COLUMNS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function keyColumnOf({ file, keyColumn }: RowsOptions, columns: readonly string[]): string | undefined {
  if (keyColumn === undefined) return columns.find((column) => KEY_COLUMNS.includes(column.toLowerCase()));
  const found = columns.find((column) => column === keyColumn);
  if (found !== undefined) return found;
  throw new TroupeError('invalid-input', `Cannot use column "${keyColumn}" as key: "${file}" has ${listOf(columns)}; choose one of them`);
}

function keyProblem(key: string, column: string | undefined, taken: number | undefined): string | undefined {
  if (key === '') return `its key, "${column ?? ''}", is empty; another column can be the key with --key`;
  if (key.length > LONGEST_KEY) return `its key has ${key.length} characters; ${LONGEST_KEY} are allowed`;
  if (taken !== undefined)
    return `its key "${key}" in "${column ?? ''}" is that of line ${taken}; another column can be the key with --key`;
  return undefined;
}

/** A key that the pipeline itself does not know would be refused as an unknown field. */
function withoutKey(fields: Readonly<Record<string, unknown>>, key: string | undefined, input: (typeof pipelines)[PipelineName]['input']) {
  if (key === undefined || !('shape' in input) || key in (input.shape as object)) return fields;
  const { [key]: _key, ...rest } = fields;
  return rest;
}

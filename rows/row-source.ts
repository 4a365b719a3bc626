import { rowKeyOf, type GivenRow } from '../common/job';
import { pipelines } from '../common/pipelines';
import { TroupeError } from '../common/troupe-error';
import { cellReader, type CellReader } from './cell-values';
import type { RowsOptions } from './check-rows';
import { READY_MAPS, type ReadyMap } from './map-formats';
import { readCsv } from './read-csv';
import { formatOf, readRows } from './read-rows';
import { isResoProperty, listingInput, resoKey, resoNameOf, resoOrigin } from './reso';
import { cannotRead } from './row-limits';
import { columnOf, launchInput } from './shopify/launch-input';
import { isProductExport } from './shopify/columns';
import { readProducts } from './shopify/read-products';

/** A row before anybody has looked whether it fits; with a problem there is none. */
export interface Candidate {
  readonly line: number;
  readonly problem?: string;
  readonly key: string;
  /** What the key is called in the file. */
  readonly keyColumn: string | undefined;
  /** Input of the pipeline, as it is there. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly kept: Pick<GivenRow, 'cells' | 'columns' | 'origin'>;
  /** What a field of the input is called in the file, when it has another name there. */
  readonly nameOf?: (field: string) => string | undefined;
}

const broken = (line: number, problem: string): Candidate => ({ line, problem, key: '', keyColumn: undefined, given: {}, kept: {} });

/** The ready map that a file is read by: the one asked for, else that of an unmistakable file. @throws TroupeError `invalid-input` */
export async function readyMapOf(options: RowsOptions): Promise<ReadyMap | undefined> {
  const { format, pipeline, file, keyColumn, map } = options;
  const kind = formatOf(file, '--input');
  if (format !== undefined && format !== 'plain') {
    refuseUnfit(options, format);
    return format;
  }
  if (format === 'plain' || keyColumn !== undefined || map !== undefined) return undefined;
  if (pipeline === 'productLaunch' && kind === 'csv') return (await startsAsExport(file)) ? 'shopify' : undefined;
  if (pipeline === 'listing' && kind !== 'csv') return (await startsAsReso(file)) ? 'reso' : undefined;
  return undefined;
}

function refuseUnfit({ pipeline, file, keyColumn, map }: RowsOptions, format: ReadyMap): void {
  const refuse = (why: string, cure: string) =>
    new TroupeError('invalid-input', `Cannot read "${file}" as --format ${format}: ${why}; ${cure}`);
  const { pipeline: filled, files } = READY_MAPS[format];
  if (pipeline !== filled) throw refuse(`it fills "${filled}", not "${pipeline}"`, `start "${filled}", or name the columns with --map`);
  if (!files.some((kind) => kind === formatOf(file, '--input')))
    throw refuse(`it is for .${files.join(' and .')} files`, 'name another file');
  if (map !== undefined || keyColumn !== undefined)
    throw refuse(`it has columns and key of its own`, `leave ${map === undefined ? '--key' : '--map'} out, or use --format plain`);
}

async function startsAsExport(file: string): Promise<boolean> {
  for await (const { header } of readCsv(file, { exact: false })) return isProductExport(header);
  return false;
}

async function startsAsReso(file: string): Promise<boolean> {
  for await (const { fields } of readRows(file)) return fields !== undefined && isResoProperty(fields);
  return false;
}

/** What is known of the columns once there is a row. */
type OnUnused = (columns: readonly string[]) => void;

/** The rows of a file, whatever it calls their fields. @throws TroupeError `invalid-input` when the file as a whole cannot be used */
export function candidatesOf(options: RowsOptions, map: ReadyMap | undefined, onUnused: OnUnused): AsyncGenerator<Candidate> {
  if (map === 'shopify') return products(options);
  return map === 'reso' ? properties(options) : plainRows(options, onUnused);
}

async function* products({ file }: RowsOptions): AsyncGenerator<Candidate> {
  for await (const product of readProducts(file)) {
    if ('problem' in product) {
      yield broken(product.line, product.problem);
      continue;
    }
    const { line, header, handle, lines } = product;
    yield {
      line,
      key: handle,
      keyColumn: 'Handle',
      given: launchInput(product),
      kept: { origin: { format: 'shopify', columns: header, lines } },
      nameOf: (field) => columnOf(header, field),
    };
  }
}

async function* properties({ file }: RowsOptions): AsyncGenerator<Candidate> {
  for await (const { line, fields, problem } of readRows(file)) {
    if (fields === undefined) yield broken(line, problem ?? 'it cannot be read');
    else {
      const kept = { origin: resoOrigin(fields) };
      yield { line, key: resoKey(fields), keyColumn: 'ListingKey', given: listingInput(fields), kept, nameOf: resoNameOf };
    }
  }
}

const KEY_COLUMNS = ['key', 'id', 'sku', 'handle'];

async function* plainRows(options: RowsOptions, onUnused: OnUnused): AsyncGenerator<Candidate> {
  const { file, pipeline, map } = options;
  const { input } = pipelines[pipeline];
  const cells = formatOf(file, '--input') === 'csv' ? cellReader(input, map) : undefined;
  if (cells === undefined && map !== undefined)
    throw cannotRead(file, '--map is for columns of .csv files', 'name the fields so in the file');
  let keyColumn: string | undefined | null = null;
  let number = 0;
  for await (const { line, fields, columns, problem } of readRows(file)) {
    number += 1;
    if (fields === undefined) {
      yield broken(line, problem ?? 'it cannot be read');
      continue;
    }
    if (keyColumn === null) {
      keyColumn = keyColumnOf(options, Object.keys(fields));
      if (cells !== undefined) {
        checkColumns(options, cells, Object.keys(fields));
        const unused = cells.unused(Object.keys(fields).filter((name) => name !== keyColumn));
        checkMissing(options, cells, { columns: Object.keys(fields), unused });
        onUnused(unused);
      }
    }
    const key = keyColumn === undefined ? String(number) : rowKeyOf(fields[keyColumn]);
    const texts = fields as Record<string, string>; // those of a CSV file are
    if (cells === undefined) yield { line, key, keyColumn, given: withoutKey(fields, keyColumn, input), kept: {} };
    else yield { line, key, keyColumn, given: cells.read(texts), kept: { cells: texts, ...orderOf(texts, columns) } };
  }
}

function orderOf(cells: Readonly<Record<string, string>>, columns: readonly string[] = []): Pick<GivenRow, 'columns'> {
  return Object.keys(cells).every((name, at) => name === columns[at]) ? {} : { columns };
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
  if (clash !== undefined) throw cannotRead(file, `columns "${clash[0]}" and "${clash[1]}" fill the same field`, 'choose one with --map');
}

/** Every row would be refused for it, and none of them is the one to correct. @throws TroupeError `invalid-input` */
function checkMissing(
  { file, set = {} }: RowsOptions,
  cells: CellReader,
  { columns, unused }: { columns: readonly string[]; unused: readonly string[] },
): void {
  const [first, ...others] = cells.missing([...columns, ...Object.keys(set)]);
  if (first === undefined) return;
  const fields = [first, ...others].map((field) => `"${field}"`).join(', ');
  const [column = 'Column'] = unused;
  const named = /^[\w.-]+$/.test(column) ? column : JSON.stringify(column);
  throw cannotRead(
    file,
    `it has no column for ${fields}, only ${listOf(columns)}`,
    `say which it is, like --map ${first}=${named}, or give all rows the same with --set ${first}=…`,
  );
}

const SHOWN_COLUMNS = 20;
const LONGEST_COLUMN = 60;

/** Names of columns for a line that people read. */
export function listOf(columns: readonly string[]): string {
  const more = columns.length - SHOWN_COLUMNS;
  const shown = columns.slice(0, SHOWN_COLUMNS).map((name) => (name.length > LONGEST_COLUMN ? `${name.slice(0, LONGEST_COLUMN)}…` : name));
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function keyColumnOf({ file, keyColumn }: RowsOptions, columns: readonly string[]): string | undefined {
  if (keyColumn === undefined) return columns.find((column) => KEY_COLUMNS.includes(column.toLowerCase()));
  const found = columns.find((column) => column === keyColumn);
  if (found !== undefined) return found;
  throw new TroupeError('invalid-input', `Cannot use column "${keyColumn}" as key: "${file}" has ${listOf(columns)}; choose one of them`);
}

/** A key that the pipeline itself does not know would be refused as an unknown field. */
function withoutKey(
  fields: Readonly<Record<string, unknown>>,
  key: string | undefined,
  input: (typeof pipelines)[keyof typeof pipelines]['input'],
): Readonly<Record<string, unknown>> {
  if (key === undefined || !('shape' in input) || key in (input.shape as object)) return fields;
  const { [key]: _key, ...rest } = fields;
  return rest;
}

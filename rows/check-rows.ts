import { NOT_FOR_ROWS, pipelines, type PipelineName } from '../common/pipelines';
import type { BadRow, GivenRow, MapFormat } from '../common/job';
import { describeIssues } from '../common/pipelines/parse-input';
import { schemaWords } from '../common/pipelines/schema-words';
import { unknownPipeline } from '../common/pipelines/unknown-pipeline';
import { TroupeError } from '../common/troupe-error';
import { cellReader, type ColumnMap } from './cell-values';
import type { ReadyMap } from './map-formats';
import { candidatesOf, readyMapOf, type Candidate } from './row-source';

/** Where the rows of a job come from. */
export interface RowsOptions {
  /** A `.csv` file with a header, a `.jsonl` file with one object a line, or a `.json` file with a list of objects. */
  readonly file: string;
  readonly pipeline: PipelineName;
  /** Column or field that names a row. @default `key`, `id`, `sku` or `handle`, else the number of the row */
  readonly keyColumn?: string;
  readonly map?: ColumnMap;
  /** Whose names the columns or fields have. @default `shopify` or `reso` where the file leaves no doubt, else `plain` */
  readonly format?: MapFormat;
  /** Fields of the input, as a CSV cell has them, for every row that does not have them itself: `{ currency: 'EUR' }`. */
  readonly set?: Readonly<Record<string, string>>;
}

/** What a file holds, before anything is started. */
export interface CheckedRows {
  readonly good: number;
  /** The first thousand of them. */
  readonly bad: readonly BadRow[];
  /** Bad rows beyond those. */
  readonly moreBad?: number;
  /** Whether reading has stopped there: neither is anybody told of each, nor are they left out. */
  readonly stopped?: true;
  /** Columns that fill no field of the pipeline. */
  readonly unused: readonly string[];
  /** The ready map that the rows were read by; absent for plain ones. */
  readonly format?: ReadyMap;
}

const LONGEST_KEY = 200;
/** A file of which everything is wrong need not be listed whole. */
const MOST_BAD_ROWS = 1_000;

/** Pipelines that rows can go through. */
export const rowPipelines = (): string[] => Object.keys(pipelines).filter((name) => !NOT_FOR_ROWS.includes(name));

export interface CheckOptions {
  /** Bad rows will be left out: however many they are, those that fit count. @default false */
  readonly skipInvalid?: boolean;
  /** Is told of each bad row. @default a thousand of them are enough, unless they are left out */
  readonly onBad?: (row: BadRow) => void;
}

/** Reads every row of a file against the pipeline's schema; nothing is kept. @throws TroupeError `invalid-input` */
export async function checkRows(options: RowsOptions, { skipInvalid = false, onBad }: CheckOptions = {}): Promise<CheckedRows> {
  const bad: BadRow[] = [];
  let [good, moreBad, stopped] = [0, 0, false];
  let unused: readonly string[] = [];
  checkPipeline(options);
  const format = await readyMapOf(options);
  for await (const row of rowsOf(options, format, (columns) => (unused = columns))) {
    if (!('reason' in row)) {
      good += 1;
      continue;
    }
    onBad?.(row);
    if (bad.length < MOST_BAD_ROWS) bad.push(row);
    else moreBad += 1;
    stopped = !skipInvalid && onBad === undefined && bad.length === MOST_BAD_ROWS;
    if (stopped) break;
  }
  return { good, bad, unused, ...(moreBad > 0 && { moreBad }), ...(stopped && { stopped }), ...(format !== undefined && { format }) };
}

/** The rows that fit, in the order of the file. `onBad` is told of each of the others. */
export async function* goodRows(options: RowsOptions, onBad?: (row: BadRow) => void): AsyncGenerator<GivenRow> {
  checkPipeline(options);
  for await (const row of rowsOf(options, await readyMapOf(options), () => undefined)) {
    if ('reason' in row) onBad?.(row);
    else yield row;
  }
}

function checkPipeline({ pipeline }: RowsOptions): void {
  const known = rowPipelines();
  if (!known.includes(pipeline)) throw unknownPipeline('start a job of', pipeline, known);
}

async function* rowsOf(
  options: RowsOptions,
  map: ReadyMap | undefined,
  onUnused: (columns: readonly string[]) => void,
): AsyncGenerator<GivenRow | BadRow> {
  const { input } = pipelines[options.pipeline];
  const set = setFields(options);
  const lines = new Map<string, number>();
  for await (const candidate of candidatesOf(options, map, onUnused)) {
    const { line, problem, key, given, kept, nameOf } = candidate;
    if (problem !== undefined) {
      yield { line, reason: problem };
      continue;
    }
    const parsed = input.safeParse({ ...set, ...given }, { error: schemaWords });
    const misfit = parsed.success ? undefined : inWordsOfFile(describeIssues(parsed.error), nameOf);
    // A letter and its accent may be one character or two, and look the same.
    const name = key.normalize('NFC');
    const reason = keyProblem(candidate, { taken: lines.get(name), cure: map === undefined }) ?? misfit;
    if (reason !== undefined) {
      yield { line, ...(isNamed(candidate) && { key }), reason };
      continue;
    }
    lines.set(name, line);
    yield { key, input: parsed.data, ...kept };
  }
}

/** The fields that `set` fills. @throws TroupeError `invalid-input` for one that the pipeline does not have */
export function setFields({ pipeline, set = {} }: Pick<RowsOptions, 'pipeline' | 'set'>): Record<string, unknown> {
  const reader = cellReader(pipelines[pipeline].input);
  const [unknown] = reader.unused(Object.keys(set));
  if (unknown === undefined) return reader.read(set);
  throw new TroupeError(
    'invalid-input',
    `Cannot use --set ${unknown}=${set[unknown] ?? ''}: "${pipeline}" has no field "${unknown}"; see "npx troupe pipelines ${pipeline}"`,
  );
}

/** People look for the name that a column has in their file. */
function inWordsOfFile(reason: string, nameOf: Candidate['nameOf']): string {
  return nameOf === undefined ? reason : reason.replaceAll(/"([\w.]+)"/g, (_, field: string) => `"${nameOf(field) ?? field}"`);
}

/** The number of a row says no more than its line. */
const isNamed = ({ key, keyColumn }: Candidate): boolean => keyColumn !== undefined && key !== '' && key.length <= LONGEST_KEY;

function keyProblem({ key, keyColumn = '' }: Candidate, { taken, cure }: { taken: number | undefined; cure: boolean }): string | undefined {
  const other = cure ? '; another column can be the key with --key' : '';
  if (key === '') return `its key, "${keyColumn}", is empty${other}`;
  if (key.length > LONGEST_KEY) return `its key has ${key.length} characters; ${LONGEST_KEY} are allowed`;
  if (taken !== undefined) return `its key, "${keyColumn}", is that of line ${taken}${other}`;
  return undefined;
}

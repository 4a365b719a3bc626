import type { BadRow, MapFormat } from '../../common/job';
import type { PipelineName } from '../../common/pipelines';
import { checkRows, type RowsOptions } from '../../rows/check-rows';
import { READY_MAPS } from '../../rows/map-formats';
import { TroupeError } from '../../common/troupe-error';
import { shorten } from '../shorten';
import { err, say } from './output';

/** What the command line says of rows. */
export interface RowFlags {
  readonly input?: string;
  readonly key?: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly format?: MapFormat;
  readonly set?: Readonly<Record<string, string>>;
  readonly skipInvalid?: true;
}

const SHOWN_BAD_ROWS = 20;
const LONGEST_NAME = 60;

/** @throws TroupeError `invalid-input` when there is no file */
export function rowsOptions(pipeline: string, { input: file, key, map, format, set }: RowFlags): RowsOptions {
  if (file === undefined)
    throw new TroupeError('invalid-input', `Cannot start a job of "${pipeline}": no rows are given; add --input FILE.csv`);
  return {
    file,
    pipeline: pipeline as PipelineName, // checkRows refuses any other
    ...(key !== undefined && { keyColumn: key }),
    ...(map !== undefined && { map }),
    ...(format !== undefined && { format }),
    ...(set !== undefined && { set }),
  };
}

/**
 * Reads every row of a file, and tells of those that do not fit.
 * @throws TroupeError `invalid-input`
 */
export async function checkedRows(rows: RowsOptions, { skipInvalid, map = {} }: RowFlags): Promise<void> {
  const { good, bad, unused, format } = await checkRows(rows);
  if (format !== undefined && rows.format === undefined)
    say(`"${rows.file}" is read as ${READY_MAPS[format].what} (--format ${format}); by its own names with --format plain`);
  const unknown = Object.entries(map).find(([, column]) => unused.includes(column));
  if (unknown !== undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot use --map ${unknown.join('=')}: "${rows.pipeline}" has no field "${unknown[0]}"; see "npx troupe pipelines ${rows.pipeline}"`,
    );
  if (bad.length > 0) {
    say(err.colors.yellow(badRows(rows.file, bad)));
    if (skipInvalid !== true) {
      const unnamed = good === 0 && unused.length > 0;
      const cure = unnamed
        ? `no field takes the columns ${unused.join(', ')}: say which it is with --map, like --map ${missingIn(bad)}=${quotedColumn(unused[0])}`
        : 'correct them, or leave them out with --skip-invalid';
      throw new TroupeError(
        'invalid-input',
        `Cannot start the job: ${bad.length} of ${good + bad.length} rows of "${rows.file}" do not fit; ${cure}`,
      );
    }
  }
  if (good === 0) throw new TroupeError('invalid-input', `Cannot start the job: "${rows.file}" has no rows to work on; give it some`);
  if (unused.length > 0) say(err.colors.dim(`Columns that no field of "${rows.pipeline}" takes: ${unused.join(', ')}`));
}

/** The field that a row lacks first. */
const missingIn = ([first]: readonly BadRow[]): string => /"([\w.]+)" is missing/.exec(first?.reason ?? '')?.[1] ?? 'FIELD';

const quotedColumn = (column = 'Column'): string => (/^[\w.-]+$/.test(column) ? column : JSON.stringify(column));

/** A line for each of the first rows that do not fit: where it is, what it is called, what is wrong. */
export function badRows(file: string, bad: readonly BadRow[]): string {
  const shown = bad
    .slice(0, SHOWN_BAD_ROWS)
    .map(({ line, key, reason }) => `${file}:${line}: ${key === undefined ? '' : `row "${shorten(key, LONGEST_NAME)}": `}${reason}`);
  const more = bad.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

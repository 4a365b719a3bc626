import type { BadRow, MapFormat } from '../../common/job';
import type { PipelineName } from '../../common/pipelines';
import { checkRows, type RowsOptions } from '../../rows/check-rows';
import { READY_MAPS } from '../../rows/map-formats';
import { listOf } from '../../rows/row-source';
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
const LONGEST_REASON = 400;

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
  const { good, bad, moreBad = 0, stopped, unused, format } = await checkRows(rows, { skipInvalid: skipInvalid === true });
  if (format !== undefined && rows.format === undefined)
    say(`"${rows.file}" is read as ${READY_MAPS[format].what} (--format ${format}); by its own names with --format plain`);
  const unknown = Object.entries(map).find(([, column]) => unused.includes(column));
  if (unknown !== undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot use --map ${unknown.join('=')}: "${rows.pipeline}" has no field "${unknown[0]}"; see "npx troupe pipelines ${rows.pipeline}"`,
    );
  if (bad.length > 0) {
    say(err.colors.yellow(badRows(rows.file, bad, { moreBad })));
    if (skipInvalid !== true) {
      const all = good + bad.length;
      throw new TroupeError(
        'invalid-input',
        `Cannot start the job: ${bad.length} of ${stopped === true ? 'the first ' : ''}${all} rows of "${rows.file}" do not fit; correct them, or leave them out with --skip-invalid`,
      );
    }
  }
  if (good === 0) throw new TroupeError('invalid-input', `Cannot start the job: "${rows.file}" has no rows to work on; give it some`);
  if (unused.length > 0) say(err.colors.dim(`Columns that no field of "${rows.pipeline}" takes: ${listOf(unused)}`));
}

/** A line for each of the first rows that do not fit: where it is, what it is called, what is wrong. */
export function badRows(file: string, bad: readonly BadRow[], { moreBad = 0 } = {}): string {
  const shown = bad
    .slice(0, SHOWN_BAD_ROWS)
    .map(
      ({ line, key, reason }) =>
        `${file}:${line}: ${key === undefined ? '' : `row "${shorten(key, LONGEST_NAME)}": `}${shorten(reason, LONGEST_REASON)}`,
    );
  const more = bad.length - shown.length + moreBad;
  return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}

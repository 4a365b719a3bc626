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
  const onBad = (row: BadRow): void => say(err.colors.yellow(badRow(rows.file, row)));
  const { good, bad, moreBad = 0, unused, format } = await checkRows(rows, { onBad });
  if (format !== undefined && rows.format === undefined)
    say(`"${rows.file}" is read as ${READY_MAPS[format].what} (--format ${format}); by its own names with --format plain`);
  const unknown = Object.entries(map).find(([, column]) => unused.includes(column));
  if (unknown !== undefined)
    throw new TroupeError(
      'invalid-input',
      `Cannot use --map ${unknown.join('=')}: "${rows.pipeline}" has no field "${unknown[0]}"; see "npx troupe pipelines ${rows.pipeline}"`,
    );
  const misfits = bad.length + moreBad;
  if (misfits > 0 && skipInvalid !== true)
    throw new TroupeError(
      'invalid-input',
      `Cannot start the job: ${misfits} of ${good + misfits} rows of "${rows.file}" do not fit; correct them, or leave them out with --skip-invalid`,
    );
  if (good === 0) throw new TroupeError('invalid-input', `Cannot start the job: "${rows.file}" has no rows to work on; give it some`);
  if (unused.length > 0) say(err.colors.dim(`Columns that no field of "${rows.pipeline}" takes: ${listOf(unused)}`));
}

/** Where a row is that does not fit, what it is called, and what is wrong: a line that can be read. */
export function badRow(file: string, { line, key, reason }: BadRow): string {
  const name = key === undefined ? '' : `row "${shorten(key, LONGEST_NAME)}": `;
  return `${file}:${line}: ${name}${shorten(reason, LONGEST_REASON)}`;
}

import path from 'node:path';

import { batchFiles } from '../../common/pipelines/batch-files';
import type { PipelineName } from '../../common/pipelines';
import type { PipelineRequest } from '../../common/pipelines/types';
import { unknownPipeline } from '../../common/pipelines/unknown-pipeline';
import { schemaWords } from '../../common/pipelines/schema-words';
import type { MapFormat } from '../../common/job';
import { rowPipelines, setFields } from '../../rows/check-rows';
import { READY_MAPS } from '../../rows/map-formats';
import { TroupeError } from '../../common/troupe-error';

/** Flags of a schedule whose runs work on files of rows. */
export interface RowsFlags {
  readonly rows?: string;
  readonly outDir?: string;
  readonly key?: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly format?: MapFormat;
  readonly skipInvalid?: true;
  readonly concurrency?: number;
  readonly rowBudgetUsd?: number;
}

/** Flags that mean nothing without rows. */
const OF_ROWS = {
  outDir: '--out-dir',
  key: '--key',
  map: '--map',
  set: '--set',
  format: '--format',
  skipInvalid: '--skip-invalid',
  concurrency: '--concurrency',
  rowBudgetUsd: '--row-budget-usd',
} as const;

/**
 * The work of such a schedule: what its runs have done is known by its name. Undefined for a schedule of single runs.
 * @throws TroupeError `invalid-input`
 */
export function scheduledRows(name: string, pipeline: string, flags: RowsFlags): PipelineRequest<'batchFiles'> | undefined {
  const { rows, outDir, key, map, set, format, skipInvalid, concurrency, rowBudgetUsd } = flags;
  const refused = (why: string, cure: string) => new TroupeError('invalid-input', `Cannot create schedule "${name}": ${why}; ${cure}`);
  if (rows === undefined) {
    const [stray] = Object.entries(OF_ROWS).filter(([flag]) => flags[flag as keyof typeof OF_ROWS] !== undefined);
    if (stray !== undefined) throw refused(`${stray[1]} is for rows, and none are named`, "name their files with --rows '/data/in/*.csv'");
    return undefined;
  }
  if (outDir === undefined) throw refused('it is not said where the output goes', 'add --out-dir /data/out');
  if (!rowPipelines().includes(pipeline)) throw unknownPipeline('schedule rows of', pipeline, rowPipelines());
  if (set !== undefined) setFields({ pipeline: pipeline as PipelineName, set }); // known, as just checked
  if (format !== undefined && format !== 'plain' && READY_MAPS[format].pipeline !== pipeline)
    throw refused(
      `--format ${format} fills "${READY_MAPS[format].pipeline}", not "${pipeline}"`,
      'leave it out, or name the other pipeline',
    );
  const { source, outDir: folder } = batchFiles.input.shape;
  for (const [flag, value, schema] of [
    ['--rows', rows, source],
    ['--out-dir', outDir, folder],
  ] as const) {
    const parsed = schema.safeParse(value, { error: schemaWords });
    if (!parsed.success)
      throw refused(`${flag} "${value}" ${parsed.error.issues[0]?.message ?? 'does not fit'}`, 'workers look there, wherever you are');
  }
  if (path.resolve(folderOf(rows)) === path.resolve(outDir))
    throw refused(`--out-dir "${outDir}" is the folder of the rows, and outputs would be taken for rows`, 'name another folder');
  return {
    pipeline,
    source: rows,
    outDir,
    name,
    ...(key !== undefined && { keyColumn: key }),
    ...(map !== undefined && { map: { ...map } }),
    ...(set !== undefined && { set: { ...set } }),
    ...(format !== undefined && { format }),
    ...(skipInvalid !== undefined && { skipInvalid }),
    ...(concurrency !== undefined && { concurrency }),
    ...(rowBudgetUsd !== undefined && { rowBudgetUsd }),
  };
}

/** Of a file, or of a pattern of file names; anything else is a folder itself. */
const folderOf = (rows: string): string => (path.extname(rows) !== '' || /[*?]/.test(path.basename(rows)) ? path.dirname(rows) : rows);

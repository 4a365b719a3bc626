import { stat } from 'node:fs/promises';

import type { BadRow, GivenRow } from '../../common/job';
import { TroupeError } from '../../common/troupe-error';
import { goodRows, type RowsOptions } from '../../rows/check-rows';

/** What a file of rows looks like without reading it, while nobody writes to it. */
export async function stampOf(file: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(file, { bigint: true }).catch(() => ({ dev: 0, ino: 0, size: 0, mtimeNs: 0 }));
  return [dev, ino, size, mtimeNs].join();
}

/** More than that would be no list to read, and all of it is in memory. */
const MOST_SKIPPED = 100_000;

/**
 * The rows that fit, of the file that was checked, and the first hundred thousand that do not, there when the others have been read to their end.
 * @throws TroupeError `invalid-input` at the end, when the file has been written to since the stamp was taken: it may hold anything
 */
export function keptRows(
  rows: RowsOptions,
  stamp: string,
): { readonly good: AsyncGenerator<GivenRow>; readonly skipped: readonly BadRow[] } {
  const skipped: BadRow[] = [];
  async function* unchanged(): AsyncGenerator<GivenRow> {
    yield* goodRows(rows, (row) => {
      if (skipped.length < MOST_SKIPPED) skipped.push(row);
    });
    if ((await stampOf(rows.file)) !== stamp)
      throw new TroupeError(
        'invalid-input',
        `Cannot start the job: "${rows.file}" was changed while it was read; start again when nobody writes to it`,
      );
  }
  return { good: unchanged(), skipped };
}

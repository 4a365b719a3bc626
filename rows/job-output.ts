import { rm } from 'node:fs/promises';
import { extname } from 'node:path';

import { stringify } from 'csv-stringify/sync';

import { rowUsd, type BadRow, type JobManifest, type RowOutcome } from '../common/job';
import { readManifest, readRow, readSkipped, rowsWithOutcome } from '../storage/jobs';
import type { Store } from '../storage/store';
import { growingFile } from './growing-file';
import { harmless } from './harmless';
import { replaceFile } from './replace-file';
import type { OutputOrder } from './orders';
import { formatOf } from './read-rows';
import { outputForm } from './output-form';
import { outputLines, type OutputLines } from './output-lines';

export interface JobOutputOptions {
  readonly store: Store;
  /** `.csv` or `.jsonl`. */
  readonly file: string;
  readonly order: OutputOrder;
  readonly manifest: string;
  readonly folder: string;
  /**
   * Whether an outcome is one of this start of the job, or will stay as an earlier one left it. When nothing changes any more all do.
   * @default all are
   */
  readonly counts?: (outcome: RowOutcome) => boolean;
}

/** The output file of a job, which grows while the job runs and is whole lines at any moment. */
export interface JobOutput {
  /**
   * Appends what has ended since the last time; the first time, the file takes the place of what is there. When somebody has replaced or
   * changed it since, nothing is appended to what is not ours, and the end writes it anew, in one step; a deleted one is begun anew at once.
   * @param final Nothing is waited for, so failed rows count as ended.
   * @param over The job has ended, so rows without an outcome get none. @default final
   */
  update(final: boolean, over?: boolean): Promise<void>;
  /**
   * Rows in the output, rows of the job in the file of failed ones, rows of the output that a person should look at first, and rows in
   * the file of failed ones that were left out because they did not fit. `notStarted`: rows in the file of failed ones that the job
   * ended before. `taken`: what is there under the name is not ours any more.
   */
  counts(): {
    readonly written: number;
    readonly failed: number;
    readonly flagged?: number;
    readonly skipped?: number;
    readonly notStarted?: number;
    readonly taken?: boolean;
  };
  /** Beside the output; there when a row is not done, or was left out. */
  readonly failedFile: string;
  /** Beside the output of an export, which has no place for it: what a person should look at before it is imported. */
  readonly flaggedFile: string;
}

/** Beside the output: `out.failed.csv` for `out.csv`. */
export const failedFileOf = (file: string): string => beside(file, 'failed');

/** Likewise, for what a person should look at before an export is imported. */
export const flaggedFileOf = (file: string): string => beside(file, 'flagged');

const beside = (file: string, what: string): string => `${file.slice(0, -extname(file).length)}.${what}.csv`;

/** Nothing is written before the first update. */
export async function openJobOutput(options: JobOutputOptions): Promise<JobOutput> {
  const { store, file, order, folder, counts = () => true } = options;
  const manifest = await readManifest(store, options.manifest);
  const form = outputForm(manifest.pipeline, await readRow(store, manifest, 1), formatOf(file, '--out') === 'csv' ? 'csv' : 'jsonl');
  const skipped = await readSkipped(store, folder);
  const leftOut = skipped.length > 0 && { skipped: skipped.length };
  const failedFile = failedFileOf(file);
  const flaggedFile = flaggedFileOf(file);
  const begin = (): OutputLines => outputLines({ store, folder, manifest, form, order, counts });
  const growing = growingFile(file);
  const writeOthers = otherFiles({ failedFile, skipped, ...(form.remarks !== undefined && { flaggedFile }) });
  let lines = begin();
  let taken = false;
  let notStarted: readonly RowName[] = [];

  async function* whole(ended: ReadonlySet<number>, final: boolean): AsyncGenerator<string> {
    yield form.head;
    yield* lines.next(ended, final);
  }

  return {
    failedFile,
    flaggedFile,
    counts: () => {
      const { written, failed, flagged } = lines;
      const never = notStarted.length > 0 && { notStarted: notStarted.length };
      const looks = form.remarks !== undefined && { flagged: flagged.size };
      return { written: written.size, failed: failed.size, ...looks, ...leftOut, ...never, ...(taken && { taken }) };
    },
    update: async (final, over = final) => {
      const ended = new Set(await rowsWithOutcome(store, folder));
      const found = final && (await lines.passedBy()) ? 'gone' : await growing.append(lines.next(ended, final));
      taken = found === 'other' && !final;
      if (found !== 'ours' && !taken) {
        lines = begin();
        await growing.begin(whole(ended, final));
      }
      notStarted = over ? await rowsWithout(store, manifest, ended) : [];
      await writeOthers(lines, notStarted);
    },
  };
}

interface RowName {
  readonly row: number;
  readonly key: string;
}

async function rowsWithout(store: Store, manifest: JobManifest, ended: ReadonlySet<number>): Promise<RowName[]> {
  const names: RowName[] = [];
  for (let row = 1; row <= manifest.count; row += 1)
    if (!ended.has(row)) names.push({ row, key: (await readRow(store, manifest, row))?.key ?? '' });
  return names;
}

interface FilesBeside {
  readonly failedFile: string;
  readonly skipped: readonly BadRow[];
  readonly flaggedFile?: string;
}

/** Writes the files beside the output, each time that there is something new to say: whoever stops watching finds them, too. */
function otherFiles({ failedFile, skipped, flaggedFile }: FilesBeside) {
  let last = '';
  return async ({ written, failed, flagged }: OutputLines, notStarted: readonly RowName[]): Promise<void> => {
    const now = [written.size, notStarted.length, ...[...failed.values()].map(({ row, endedAt }) => `${row} ${endedAt}`)].join();
    if (now === last) return;
    last = now;
    await writeFailed(failedFile, { failed: [...failed.values()], skipped, notStarted });
    if (flaggedFile !== undefined) await writeBeside(flaggedFile, ['key', 'place', 'phrase', 'rule'], [...flagged.values()].flat());
  };
}

interface NotDone {
  readonly failed: readonly RowOutcome[];
  readonly notStarted: readonly RowName[];
  readonly skipped: readonly BadRow[];
}

function writeFailed(file: string, { failed, notStarted, skipped }: NotDone): Promise<void> {
  const lines = failed.map((outcome) => {
    const { row, key, status, reason, workflowId } = outcome;
    return [String(row), key, status, harmless(reason ?? ''), workflowId, String(rowUsd(outcome))];
  });
  const never = notStarted.map(({ row, key }) => [String(row), key, 'not started', 'the job ended before its turn', '', '0']);
  // None of the job's rows, they have no number and no run.
  const leftOut = skipped.map(({ line, key = '', reason }) => ['', key, 'skipped', harmless(`line ${line}: ${reason}`), '', '0']);
  return writeBeside(file, ['row', 'key', 'status', 'reason', 'run', 'costUsd'], [...lines, ...never, ...leftOut]);
}

/** A file that is there only when it has something to say. */
async function writeBeside(file: string, header: readonly string[], lines: ReadonlyArray<readonly string[]>): Promise<void> {
  if (lines.length === 0) await rm(file, { force: true });
  else await replaceFile(file, stringify([header, ...lines]));
}

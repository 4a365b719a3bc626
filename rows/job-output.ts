import { appendFile, rm, stat, truncate } from 'node:fs/promises';
import { extname } from 'node:path';

import { stringify } from 'csv-stringify/sync';

import { rowUsd, type BadRow, type RowOutcome } from '../common/job';
import { TroupeError } from '../common/troupe-error';
import { readManifest, readOutcome, readRow, readSkipped, resultOf, rowsWithOutcome } from '../storage/jobs';
import type { Store } from '../storage/store';
import { harmless } from './harmless';
import { replaceFile } from './replace-file';
import type { OutputOrder } from './orders';
import { formatOf } from './read-rows';
import { outputForm } from './output-form';
import type { RowResult } from './result-columns';

export interface JobOutputOptions {
  readonly store: Store;
  /** `.csv` or `.jsonl`. */
  readonly file: string;
  readonly order: OutputOrder;
  readonly manifest: string;
  readonly folder: string;
  /** Whether an outcome is one of this start of the job, or will stay as an earlier one left it. @default all are */
  readonly counts?: (outcome: RowOutcome) => boolean;
}

/** The output file of a job, which grows while the job runs and is whole lines at any moment. */
export interface JobOutput {
  /** Appends what has ended since the last time. `final`: nothing will change any more, so failed rows count as ended. */
  update(final: boolean): Promise<void>;
  /**
   * Rows in the output, rows of the job in the file of failed ones, rows of the output that a person should look at first, and rows in
   * the file of failed ones that were left out because they did not fit.
   */
  counts(): { readonly written: number; readonly failed: number; readonly flagged?: number; readonly skipped?: number };
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

/** Begins the file with what is there; a file of the same name is replaced in one step. */
export async function openJobOutput(options: JobOutputOptions): Promise<JobOutput> {
  const { store, file, order, folder, counts = () => true } = options;
  const manifest = await readManifest(store, options.manifest);
  const form = outputForm(manifest.pipeline, await readRow(store, manifest, 1), formatOf(file, '--out') === 'csv' ? 'csv' : 'jsonl');
  const skipped = await readSkipped(store, folder);
  const leftOut = skipped.length > 0 && { skipped: skipped.length };
  const failedFile = failedFileOf(file);
  const flaggedFile = flaggedFileOf(file);
  const seen = new Set<number>();
  const failed = new Map<number, RowOutcome>();
  const flagged = new Map<number, string[][]>();
  let next = 1;
  let written = 0;
  const writeOthers = otherFiles({ failedFile, skipped, ...(form.remarks !== undefined && { flaggedFile }) });
  await writing(file, () => replaceFile(file, form.head));

  const take = async (row: number): Promise<string | undefined> => {
    const outcome = await readOutcome(store, folder, row);
    const given = await readRow(store, manifest, row);
    if (outcome === undefined || given === undefined || !counts(outcome)) return undefined;
    if (outcome.status !== 'done') {
      failed.set(row, outcome);
      return undefined;
    }
    failed.delete(row);
    seen.add(row);
    written += 1;
    const done: RowResult = { given, outcome, result: await resultOf(store, outcome), costUsd: rowUsd(outcome) };
    const remarks = form.remarks?.(done) ?? [];
    if (remarks.length > 0) flagged.set(row, remarks);
    return form.text(done);
  };

  const linesInOrder = async (ended: ReadonlySet<number>, final: boolean): Promise<string[]> => {
    const lines: string[] = [];
    for (; next <= manifest.count; next += 1) {
      const line = ended.has(next) ? await take(next) : undefined;
      // One that had too little money is started again, and its place is here.
      const lost = failed.get(next)?.status ?? 'budget-reached';
      if (line === undefined && lost === 'budget-reached' && !final) break;
      if (line !== undefined) lines.push(line);
    }
    return lines;
  };

  const linesAsFinished = async (ended: ReadonlySet<number>): Promise<string[]> => {
    const lines: string[] = [];
    for (const row of ended) {
      const line = seen.has(row) ? undefined : await take(row);
      if (line !== undefined) lines.push(line);
    }
    return lines;
  };

  return {
    failedFile,
    flaggedFile,
    counts: () => ({ written, failed: failed.size, ...(form.remarks !== undefined && { flagged: flagged.size }), ...leftOut }),
    update: async (final) => {
      const ended = new Set(await rowsWithOutcome(store, folder));
      await appendLines(file, order === 'input' ? await linesInOrder(ended, final) : await linesAsFinished(ended));
      await writeOthers(written, { failed: [...failed.values()], flagged: [...flagged.values()] });
    },
  };
}

/** A disk may fill up while a job runs; what is done is kept in the store. */
async function writing(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException; // of node:fs
    const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'no space is left on its disk' : message;
    const cure = 'what is done is kept: make room or name another file, then write all rows with "npx troupe result ID --out FILE"';
    throw new TroupeError('run-failed', `Cannot write "${file}": ${why}; ${cure}`, { cause: error });
  }
}

/** Node writes more than this in several steps, and a kill between two of them would cut a row. */
const MOST_AT_ONCE = 500 * 1_024;

/** All of a text or nothing: half a row would not be a file of rows. */
async function appendWhole(file: string, text: string): Promise<void> {
  const { size } = await stat(file).catch(() => ({ size: 0 })); // somebody has taken it away
  await writing(file, async () => {
    try {
      await appendFile(file, text);
    } catch (error) {
      await truncate(file, size).catch(() => undefined); // the first failure says more
      throw error;
    }
  });
}

async function appendLines(file: string, lines: readonly string[]): Promise<void> {
  let text = '';
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line);
    if (text !== '' && bytes + size > MOST_AT_ONCE) {
      await appendWhole(file, text);
      [text, bytes] = ['', 0];
    }
    text += line;
    bytes += size;
  }
  if (text !== '') await appendWhole(file, text);
}

interface OtherRows {
  readonly failed: readonly RowOutcome[];
  readonly flagged: ReadonlyArray<readonly string[][]>;
}

interface FilesBeside {
  readonly failedFile: string;
  readonly skipped: readonly BadRow[];
  readonly flaggedFile?: string;
}

/** Writes the files beside the output, each time that there is something new to say: whoever stops watching finds them, too. */
function otherFiles({ failedFile, skipped, flaggedFile }: FilesBeside) {
  let last = '';
  return async (written: number, { failed, flagged }: OtherRows): Promise<void> => {
    const now = [written, failed.length].join();
    if (now === last) return;
    last = now;
    await writeFailed(failedFile, failed, skipped);
    if (flaggedFile !== undefined) await writeBeside(flaggedFile, ['key', 'place', 'phrase', 'rule'], flagged.flat());
  };
}

function writeFailed(file: string, failed: readonly RowOutcome[], skipped: readonly BadRow[]): Promise<void> {
  const lines = failed.map((outcome) => {
    const { row, key, status, reason, workflowId } = outcome;
    return [String(row), key, status, harmless(reason ?? ''), workflowId, String(rowUsd(outcome))];
  });
  // None of the job's rows, they have no number and no run.
  const leftOut = skipped.map(({ line, key = '', reason }) => ['', key, 'skipped', harmless(`line ${line}: ${reason}`), '', '0']);
  return writeBeside(file, ['row', 'key', 'status', 'reason', 'run', 'costUsd'], [...lines, ...leftOut]);
}

/** A file that is there only when it has something to say. */
async function writeBeside(file: string, header: readonly string[], lines: ReadonlyArray<readonly string[]>): Promise<void> {
  if (lines.length === 0) await rm(file, { force: true });
  else await writing(file, () => replaceFile(file, stringify([header, ...lines])));
}

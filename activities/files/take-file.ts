import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { Context } from '@temporalio/activity';
import { stringify } from 'csv-stringify/sync';

import type { BadRow } from '../../common/job';
import type { PipelineName } from '../../common/pipelines';
import { TroupeError } from '../../common/troupe-error';
import { checkRows, goodRows, type RowsOptions } from '../../rows/check-rows';
import { replaceFile } from '../../rows/replace-file';
import { putSeen, readDone, readMark, readWritten, type DoneFile, type FetchedMark, type FileSeries } from '../../storage/file-records';
import { keepRows } from '../../storage/jobs';
import type { Store } from '../../storage/store';
import { beating } from '../beating';
import type { ActivityDeps } from '../deps';
import { refuseOtherStore } from '../refuse-other-store';
import { fetchFile } from './fetch-file';
import { isUnchanged, type SourceFile } from './list-source';

export interface TakeFileInput extends Omit<RowsOptions, 'file' | 'pipeline'> {
  readonly pipeline: string;
  readonly name: string;
  readonly file: SourceFile;
  readonly outDir: string;
  readonly skipInvalid: boolean;
  readonly maxBytes: number;
  readonly storeId: string;
}

/** What is to be done about a file. */
export type TakenFile =
  | {
      readonly kind: 'taken';
      readonly manifest: string;
      readonly contentHash: string;
      readonly out: string;
      readonly skipped: number;
      readonly mark?: FetchedMark;
    }
  | { readonly kind: 'done before' | 'changing' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Checks a new file and puts its rows where a job finds them. One whose content is done, under whatever name, is left alone, unless other content has
 * taken the place of its output since.
 * @throws Error when the file cannot be had now: it is worth another try
 */
export async function takeFile(deps: ActivityDeps, namespace: string, input: TakeFileInput): Promise<TakenFile> {
  refuseOtherStore('take a file of rows', deps.store, input.storeId);
  const series = { namespace, name: input.name, pipeline: input.pipeline };
  const { file } = input;
  return beating(async () => {
    if (!('url' in file)) return takeLocal(deps, { input, series, local: file.path });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'troupe-rows-'));
    try {
      const mark = await readMark(deps.store, series, file.url);
      const fetched = await fetchFile({
        url: file.url,
        into: path.join(folder, stemOf(file.url)),
        maxBytes: input.maxBytes,
        privateAllowed: deps.privateAddresses ?? false,
        mark,
        signal: Context.current().cancellationSignal,
      });
      if (fetched.kind === 'unchanged') return { kind: 'done before' };
      if (fetched.kind === 'refused') return { kind: 'refused', reason: fetched.reason };
      const taken = await takeLocal(deps, { input, series, local: fetched.file });
      return taken.kind === 'taken' ? { ...taken, mark: fetched.mark } : taken;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

function stemOf(url: string): string {
  const name = path.posix.basename(new URL(url).pathname).replace(/\.[^.]*$/, '');
  return name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '') || 'rows';
}

interface Local {
  readonly input: TakeFileInput;
  readonly series: FileSeries;
  readonly local: string;
}

async function takeLocal({ store }: ActivityDeps, { input, series, local }: Local): Promise<TakenFile> {
  const { file, outDir, skipInvalid } = input;
  const contentHash = await hashOf(local).catch(unreadable);
  if (typeof contentHash !== 'string') return contentHash;
  const out = outOf(local, outDir);
  const known = await readDone(store, series, contentHash);
  if (known !== undefined && !(await isReplaced(store, series, { ...known, contentHash, wanted: out }))) {
    if (!('url' in file)) await putSeen(store, series, file);
    return { kind: 'done before' };
  }
  if ('rival' in file && file.rival !== undefined)
    return { kind: 'refused', reason: `its output would take the place of that of "${file.rival}"; give one of them another name` };
  const rows = rowsOptions(input, local);
  try {
    const { good, bad, moreBad = 0, stopped } = await checkRows(rows, { skipInvalid });
    await tellBadRows(out, bad);
    const reason = refusalOf({ good, bad: bad.length + moreBad, stopped, skipInvalid, out });
    if (reason !== undefined) return { kind: 'refused', reason };
    const manifest = await keepRows(store, input.pipeline, goodRows(rows));
    if (!('url' in file) && !(await isUnchanged(file))) return { kind: 'changing' };
    return { kind: 'taken', manifest, contentHash, out, skipped: bad.length + moreBad };
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    if (!('url' in file) && !(await isUnchanged(file))) return { kind: 'changing' };
    return { kind: 'refused', reason: 'url' in file ? error.message.replaceAll(local, file.url) : error.message };
  }
}

/** A file that is again what it was once: its rows are done, and its output is that of what came in between. */
async function isReplaced(
  store: Store,
  series: FileSeries,
  { out, wanted, contentHash }: DoneFile & { contentHash: string; wanted: string },
) {
  return out === wanted && ((await readWritten(store, series, out)) ?? contentHash) !== contentHash;
}

function rowsOptions({ pipeline: name, keyColumn, map, format, set }: TakeFileInput, file: string): RowsOptions {
  return {
    file,
    pipeline: name as PipelineName, // checkRows refuses any other
    ...(keyColumn !== undefined && { keyColumn }),
    ...(map !== undefined && { map }),
    ...(format !== undefined && { format }),
    ...(set !== undefined && { set }),
  };
}

/** A file that is gone was moved by somebody; one that may not be read will not be readable the next moment either. */
function unreadable(error: unknown): TakenFile {
  const { code } = error as NodeJS.ErrnoException; // of node:fs
  if (code === 'ENOENT') return { kind: 'changing' };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'refused', reason: 'the worker has no permission to read it' };
  throw error;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A CSV file has one as its output, rows in JSON have JSON lines. */
function outOf(file: string, outDir: string): string {
  const { name, ext } = path.parse(file);
  return path.join(outDir, `${name}${ext.toLowerCase() === '.csv' ? '.csv' : '.jsonl'}`);
}

const invalidFileOf = (out: string): string => `${out.slice(0, -path.extname(out).length)}.invalid.csv`;

async function tellBadRows(out: string, bad: readonly BadRow[]): Promise<void> {
  if (bad.length === 0) await rm(invalidFileOf(out), { force: true });
  else
    await replaceFile(
      invalidFileOf(out),
      stringify([['line', 'key', 'reason'], ...bad.map(({ line, key = '', reason }) => [String(line), key, reason])]),
    );
}

interface Checked {
  readonly good: number;
  readonly bad: number;
  /** Whether the rest has not been looked at. */
  readonly stopped: true | undefined;
  readonly skipInvalid: boolean;
  readonly out: string;
}

function refusalOf({ good, bad, stopped, skipInvalid, out }: Checked): string | undefined {
  if (bad > 0 && (!skipInvalid || good === 0))
    return `${bad} of its ${stopped === true ? 'first ' : ''}${good + bad} rows do not fit: see "${invalidFileOf(out)}"`;
  return good === 0 ? 'it has no rows to work on' : undefined;
}

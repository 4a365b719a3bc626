import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { failure, FailureType } from '../../common/failures';
import { readSeen, type FileSeries, type FileStamp } from '../../storage/file-records';
import type { ActivityDeps } from '../deps';
import { refuseOtherStore } from '../refuse-other-store';

export interface ListSourceInput {
  readonly pipeline: string;
  readonly source: string;
  readonly outDir: string;
  readonly name?: string | undefined;
  readonly storeId: string;
}

/** A file that is new, or has changed since it was done; without size and time it is an address. `rival`: the file that has its output. */
export type SourceFile = (FileStamp & { readonly rival?: string }) | { readonly url: string };

export interface ListedSource {
  readonly name: string;
  /** In the order of their names, the first `MOST_FILES` of them. */
  readonly files: readonly SourceFile[];
  readonly left: number;
}

/** Of one run: what it keeps of each is in its history. */
export const MOST_FILES = 200;

const ROW_FILE = /\.(?:csv|jsonl|ndjson|json)$/i;
/** What jobs write beside their output. */
const OURS = /\.(?:failed|flagged|invalid)\.csv$/i;

/** What runs share that were given no name. */
const nameOf = ({ pipeline, source }: ListSourceInput): string =>
  `${pipeline}-files-${createHash('sha256').update(JSON.stringify(source)).digest('hex').slice(0, 8)}`;

export const isAddress = (source: string): boolean => /^https?:/i.test(source);

/**
 * Looks which files of a folder, of a pattern in one, or behind an address may be new. Files of other kinds, hidden ones and folders are left out.
 * @throws InvalidInput when there is no such folder, or nothing can be written where the output belongs
 */
export async function listSource(deps: ActivityDeps, namespace: string, input: ListSourceInput): Promise<ListedSource> {
  const { source, outDir, pipeline } = input;
  refuseOtherStore(`look into "${source}"`, deps.store, input.storeId);
  const name = input.name ?? nameOf(input);
  await checkOutDir(outDir);
  if (isAddress(source)) return { name, files: [{ url: source }], left: 0 };
  const found = await filesOf(source, outDir);
  const isSeen = await readSeen(deps.store, { namespace, name, pipeline } satisfies FileSeries);
  const fresh = found.filter((stamp) => !isSeen(stamp));
  const rivalOf = rivals(found, isSeen);
  const files = fresh.slice(0, MOST_FILES).map((stamp) => ({ ...stamp, ...rivalOf(stamp) }));
  return { name, files, left: Math.max(0, fresh.length - MOST_FILES) };
}

const stemOf = (stamp: FileStamp): string => path.parse(stamp.path).name;

/**
 * Names the file whose output another one's would replace, or what lies beside it: `a.csv` and `a.jsonl` are told apart by their ends, and
 * `a.failed.csv` belongs to both. The one that is done keeps its output, else the first by name.
 */
function rivals(found: readonly FileStamp[], isSeen: (stamp: FileStamp) => boolean): (stamp: FileStamp) => { rival?: string } {
  return (stamp) => {
    const alike = found.filter((other) => stemOf(other) === stemOf(stamp));
    const keeps = alike.find((other) => isSeen(other)) ?? alike[0] ?? stamp;
    return keeps.path === stamp.path ? {} : { rival: path.basename(keeps.path) };
  };
}

const invalid = (message: string) => failure({ type: FailureType.InvalidInput, message });

async function checkOutDir(outDir: string): Promise<void> {
  const known = await stat(outDir).catch(() => undefined);
  const refuse = (why: string, cure: string) => invalid(`Cannot write into "${outDir}": ${why} on the worker; ${cure}`);
  if (known === undefined) throw refuse('there is no such folder', 'create it');
  if (!known.isDirectory()) throw refuse('it is no folder', 'name a folder');
  await access(outDir, constants.W_OK).catch(() => {
    throw refuse('it cannot be written', 'change its permissions');
  });
}

async function filesOf(source: string, outDir: string): Promise<FileStamp[]> {
  const pattern = /[*?]/.test(path.basename(source)) ? path.basename(source) : undefined;
  const known = pattern === undefined ? await stat(source).catch(() => undefined) : undefined;
  const isFile = known?.isFile() === true;
  const folder = pattern !== undefined || isFile ? path.dirname(source) : source;
  if ((await placeOf(folder)) === (await placeOf(outDir))) {
    const why = isFile ? 'its output would take its place' : 'its output would be taken for new files';
    throw invalid(`Cannot look into "${source}": ${why}; choose another folder for the output`);
  }
  if (isFile) return [stampOf(source, known)];
  const names = await readdir(folder).catch((error: unknown) => {
    const { code = '', message } = error as NodeJS.ErrnoException; // of node:fs
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such folder on the worker' : message;
    throw invalid(`Cannot look into "${source}": ${why}; check the path`);
  });
  const wanted = names.filter((name) => isWanted(name, pattern)).sort();
  const stamps = await Promise.all(wanted.map((name) => stampIfFile(path.join(folder, name))));
  return stamps.filter((stamp) => stamp !== undefined);
}

/** One folder may have several names. */
const placeOf = (folder: string): Promise<string> => realpath(folder).catch(() => path.resolve(folder));

function isWanted(name: string, pattern: string | undefined): boolean {
  if (name.startsWith('.') || OURS.test(name) || !ROW_FILE.test(name)) return false;
  return pattern === undefined || asExpression(pattern).test(name);
}

/** `*` stands for any characters, `?` for one. */
function asExpression(pattern: string): RegExp {
  const parts = pattern
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replaceAll(/[$()+.[\\\]^{|}]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 's');
}

/** It may be gone by now. */
async function stampIfFile(file: string): Promise<FileStamp | undefined> {
  const known = await stat(file).catch(() => undefined);
  return known?.isFile() === true ? stampOf(file, known) : undefined;
}

const stampOf = (file: string, { size, mtimeMs }: { size: number; mtimeMs: number }): FileStamp => ({ path: file, size, mtimeMs });

/** Whether a file is still as it was. */
export async function isUnchanged({ path: file, size, mtimeMs }: FileStamp): Promise<boolean> {
  const now = await stampIfFile(file);
  return now !== undefined && now.size === size && now.mtimeMs === mtimeMs;
}

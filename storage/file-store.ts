import { randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  fsync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { checkKey, checkPrefix } from './keys';
import type { PutOptions, Store } from './store';

// Only fsync may take long on a local disk. The other calls take microseconds, and through the thread pool five times the
// processor time, so they are made in place.
const sync = promisify(fsync);

/** Not a valid key, so no caller can overwrite it. */
const ID_FILE = '.id';
const REMEMBERED_FOLDERS = 10_000;

/**
 * Opens the store in a folder, which is created when missing. Any number of processes may share the folder.
 * @throws Error `Cannot open store "…": …` when the folder cannot be read or written.
 */
export async function openFileStore(folder: string): Promise<Store> {
  const root = resolve(folder);
  try {
    mkdirSync(root, { recursive: true });
    return fileStore(root, await readOrMakeId(root));
  } catch (error) {
    throw new Error(`Cannot open store "${root}": ${reasonOf(error)}; set TROUPE_STORE to a folder that can be written`, { cause: error });
  }
}

function fileStore(root: string, id: string): Store {
  const syncedFolders = new Set<string>([root]);

  /** Makes the names on the way from `folder` up to the root survive a power cut. */
  async function syncNames(folder: string): Promise<void> {
    const pending = [syncFolder(folder)];
    for (let at = folder; !syncedFolders.has(at); at = dirname(at)) {
      pending.push(syncFolder(dirname(at)));
    }
    await Promise.all(pending);
    if (syncedFolders.size > REMEMBERED_FOLDERS) syncedFolders.clear();
    for (let at = folder; at !== root; at = dirname(at)) syncedFolders.add(at);
    syncedFolders.add(root);
  }

  return {
    id,
    location: root,
    async get(key) {
      return readIfPresent(join(root, checkKey(key)));
    },
    async put(key, bytes, options: PutOptions = {}) {
      const path = join(root, checkKey(key));
      const folder = dirname(path);
      const temporary = join(folder, `.${randomUUID()}`);
      const durable = options.durable ?? true;
      try {
        await writeFile(temporary, bytes, durable);
        renameSync(temporary, path);
      } catch (error) {
        remove(temporary);
        throw new Error(`Cannot write "${key}" to store "${root}": ${reasonOf(error)}; check the disk`, { cause: error });
      }
      if (durable) await syncNames(folder);
    },
    async copy(from, to) {
      const source = join(root, checkKey(from));
      const path = join(root, checkKey(to));
      const temporary = join(dirname(path), `.${randomUUID()}`);
      try {
        linkMakingFolder(source, temporary);
        renameSync(temporary, path);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return;
        throw new Error(`Cannot copy "${from}" to "${to}" in store "${root}": ${reasonOf(error)}; check the disk`, { cause: error });
      } finally {
        // Two names of one file: a rename between them does nothing.
        remove(temporary);
      }
    },
    async list(prefix) {
      const found: string[] = [];
      collect(root, checkPrefix(prefix), found);
      return found.sort();
    },
    async delete(key) {
      remove(join(root, checkKey(key)));
    },
  };
}

async function writeFile(path: string, bytes: Uint8Array, durable: boolean): Promise<void> {
  const file = openMakingFolder(path);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    if (durable) await sync(file);
  } finally {
    closeSync(file);
  }
}

function openMakingFolder(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'wx');
  }
}

/** A second name for a file that nobody changes; a true copy where the file system knows no second names. */
function linkMakingFolder(source: string, path: string): void {
  try {
    linkSync(source, path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return copyFileSync(source, path);
    mkdirSync(dirname(path), { recursive: true });
    linkSync(source, path);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const opened = openSync(folder, 'r');
  try {
    await sync(opened);
  } finally {
    closeSync(opened);
  }
}

function collect(root: string, prefix: string, found: string[]): void {
  for (const entry of readFolder(join(root, prefix))) {
    if (entry.name.startsWith('.')) continue;
    const key = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) collect(root, key, found);
    else found.push(key);
  }
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function readIfPresent(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isAbsent(error) || codeOf(error) === 'EISDIR') return undefined;
    throw error;
  }
}

/** Many processes may open a new store at once: the first link wins and all of them read what it made. */
async function readOrMakeId(root: string): Promise<string> {
  const path = join(root, ID_FILE);
  const known = readIfPresent(path);
  if (known !== undefined) return known.toString('utf8').trim();
  const temporary = join(root, `.${randomUUID()}`);
  await writeFile(temporary, Buffer.from(randomUUID()), true);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    remove(temporary);
  }
  await syncFolder(root);
  return readFileSync(path, 'utf8').trim();
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
const isAbsent = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

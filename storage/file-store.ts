import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import {
  all,
  codeOf,
  isAbsent,
  linkMakingFolder,
  linkToNewName,
  moveToNewName,
  remove,
  sync,
  syncIfPresent,
  syncPath,
  writeFile,
} from './durable-files';
import { checkKey, checkPrefix } from './keys';
import { makeFolder } from './make-folder';
import type { GetOptions, PutOptions, Store } from './store';

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
    makeFolder(root);
    return fileStore(root, await readOrMakeId(root));
  } catch (error) {
    throw new Error(`Cannot open store "${root}": ${reasonOf(error)}; set TROUPE_STORE to a folder that can be written`, { cause: error });
  }
}

/** Makes names survive a power cut. */
interface NameSync {
  /** Those in the folder, and its own on the way from the root. */
  readonly durable: (folder: string) => Promise<void>;
  /** Begins with the folder's own, which whoever writes durably into it will wait for. */
  readonly begin: (folder: string) => void;
}

function createNameSync(root: string): NameSync {
  const synced = new Set<string>([root]);
  const pending = new Map<string, Promise<void>>();
  // Shared by all who wait for it: each of them comes after the folder was made.
  const own = (folder: string): Promise<void> => {
    if (synced.has(folder)) return Promise.resolve();
    const known = pending.get(folder);
    if (known !== undefined) return known;
    const parent = dirname(folder);
    const made = all([syncPath(parent), own(parent)])
      .then(() => void synced.add(folder))
      .finally(() => pending.delete(folder));
    pending.set(folder, made);
    return made;
  };
  return {
    async durable(folder) {
      await all([syncPath(folder), own(folder)]);
      if (synced.size <= REMEMBERED_FOLDERS) return;
      synced.clear();
      synced.add(root);
    },
    // What fails here fails again where somebody waits for it.
    begin: (folder) => void own(folder).catch(() => undefined),
  };
}

function fileStore(root: string, id: string): Store {
  const names = createNameSync(root);
  return {
    id,
    location: root,
    async get(key, options: GetOptions = {}) {
      const path = join(root, checkKey(key));
      const bytes = readIfPresent(path);
      if (bytes !== undefined && options.durable === true) await all([syncIfPresent(path), names.durable(dirname(path))]);
      return bytes;
    },
    async put(key, bytes, options: PutOptions = {}) {
      const path = join(root, checkKey(key));
      const folder = dirname(path);
      const temporary = join(folder, `.${randomUUID()}`);
      const durable = options.durable ?? true;
      let file: number | undefined;
      let isNew = false;
      try {
        file = writeFile(temporary, bytes);
        isNew = durable && moveToNewName(temporary, path);
        // Under a new name nothing can be lost, so name and bytes become durable side by side: half the wait.
        if (isNew) return await all([sync(file), names.durable(folder)]);
        if (durable) await sync(file);
        renameSync(temporary, path);
        if (durable) await names.durable(folder);
        else names.begin(folder);
      } catch (error) {
        remove(isNew ? path : temporary);
        throw new Error(`Cannot write "${key}" to store "${root}": ${reasonOf(error)}; check the disk`, { cause: error });
      } finally {
        if (file !== undefined) closeSync(file);
      }
    },
    async copy(from, to) {
      const source = join(root, checkKey(from));
      const path = join(root, checkKey(to));
      if (linkToNewName(source, path)) return;
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
  const file = writeFile(temporary, Buffer.from(randomUUID()));
  try {
    await sync(file);
    linkSync(temporary, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    remove(temporary);
  }
  await syncPath(root);
  return readFileSync(path, 'utf8').trim();
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

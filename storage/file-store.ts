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

/** Makes the names on the way from a folder up to the root survive a power cut. */
function createNameSync(root: string): (folder: string) => Promise<void> {
  const synced = new Set<string>([root]);
  return async (folder) => {
    const pending = [syncPath(folder)];
    for (let at = folder; !synced.has(at); at = dirname(at)) pending.push(syncPath(dirname(at)));
    await all(pending);
    if (synced.size > REMEMBERED_FOLDERS) synced.clear();
    for (let at = folder; at !== root; at = dirname(at)) synced.add(at);
    synced.add(root);
  };
}

function fileStore(root: string, id: string): Store {
  const syncNames = createNameSync(root);
  return {
    id,
    location: root,
    async get(key, options: GetOptions = {}) {
      const path = join(root, checkKey(key));
      const bytes = readIfPresent(path);
      if (bytes !== undefined && options.durable === true) await all([syncIfPresent(path), syncNames(dirname(path))]);
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
        if (isNew) return await all([sync(file), syncNames(folder)]);
        if (durable) await sync(file);
        renameSync(temporary, path);
        if (durable) await syncNames(folder);
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

import { closeSync, copyFileSync, fsync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

import { makeFolder } from './make-folder';

// Only fsync may take long on a local disk. The other calls take microseconds, and through the thread pool five times the
// processor time, so they are made in place.
export const sync = promisify(fsync);

/** Writes a new file and leaves it open. */
export function writeFile(path: string, bytes: Uint8Array): number {
  const file = openMakingFolder(path);
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    return file;
  } catch (error) {
    closeSync(file);
    remove(path);
    throw error;
  }
}

/** False when the name is taken, its folder is missing, or the file system knows no second names. */
export function linkToNewName(source: string, path: string): boolean {
  try {
    linkSync(source, path);
    return true;
  } catch {
    return false;
  }
}

/** False when the name is taken, or when the file system knows no second names. */
export function moveToNewName(from: string, to: string): boolean {
  if (!linkToNewName(from, to)) return false;
  remove(from);
  return true;
}

/** Waits for all, also after a failure: a file must not be closed under an fsync. */
export async function all(pending: ReadonlyArray<Promise<void>>): Promise<void> {
  for (const outcome of await Promise.allSettled(pending)) if (outcome.status === 'rejected') throw outcome.reason;
}

function openMakingFolder(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    makeFolder(dirname(path));
    return openSync(path, 'wx');
  }
}

/** A second name for a file that nobody changes; a true copy where the file system knows no second names. */
export function linkMakingFolder(source: string, path: string): void {
  try {
    linkSync(source, path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return copyFileSync(source, path);
    makeFolder(dirname(path));
    linkSync(source, path);
  }
}

export async function syncPath(path: string): Promise<void> {
  const opened = openSync(path, 'r');
  try {
    await sync(opened);
  } finally {
    closeSync(opened);
  }
}

/** A value that was read and then deleted needs no more. */
export async function syncIfPresent(path: string): Promise<void> {
  try {
    await syncPath(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

export function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
export const isAbsent = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is a file',
  ENOENT: 'it cannot be made there',
  EROFS: 'that file system is read-only',
  ENOSPC: 'no space is left',
};

/** Folders that are not there yet, outermost first. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && path.dirname(at) !== at; at = path.dirname(at)) missing.unshift(at);
  return missing;
}

/** One folder at a time: Node's own recursive mkdir never returns where a file system answers ENOENT, as /proc does. */
function makeFolders(folder: string): void {
  for (const missing of missingFolders(folder)) {
    try {
      mkdirSync(missing);
    } catch (error) {
      // Another command makes the same one.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Makes a folder if need be and makes sure that it can be written.
 * @returns its real path
 * @throws Error with the reason alone: `it is a file`
 */
export function makeWritable(folder: string): string {
  const whole = path.resolve(folder);
  try {
    makeFolders(whole);
    if (statSync(whole).isDirectory()) {
      accessSync(whole, constants.W_OK);
      return realpathSync(whole);
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Error(REASONS[code] ?? (code || String(error)), { cause: error });
  }
  throw new Error('it is a file');
}

/**
 * Makes the data folder if need be.
 * @returns its real path
 * @throws Error `Cannot use the data folder "…"` when it is not there and cannot be made, or cannot be written.
 */
export function makeDataDir(folder: string): string {
  try {
    return makeWritable(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const cure = 'choose a folder you may write to with TROUPE_DATA or --data';
    throw new Error(`Cannot use the data folder "${folder}": ${why}; ${cure}`, { cause: error });
  }
}

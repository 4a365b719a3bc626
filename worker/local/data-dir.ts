import { accessSync, constants, realpathSync } from 'node:fs';
import path from 'node:path';

import { makeFolder } from '../../storage/make-folder';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is a file',
  ENOENT: 'it cannot be made there',
  EROFS: 'that file system is read-only',
  ENOSPC: 'no space is left',
};

/**
 * Makes a folder if need be and makes sure that it can be written.
 * @returns its real path
 * @throws Error with the reason alone: `it is a file`
 */
export function makeWritable(folder: string): string {
  const whole = path.resolve(folder);
  try {
    makeFolder(whole);
    accessSync(whole, constants.W_OK);
    return realpathSync(whole);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException; // whatever the file system or makeFolder throws
    throw new Error(REASONS[code] ?? (code || message), { cause: error });
  }
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

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
 * Makes the data folder if need be.
 * @returns its real path
 * @throws Error `Cannot use the data folder "…"` when it is not there and cannot be made, or cannot be written.
 */
export function makeDataDir(folder: string): string {
  const cure = 'choose a folder you may write to with TROUPE_DATA or --data';
  const cannot = (why: string) => new Error(`Cannot use the data folder "${folder}": ${why}; ${cure}`);
  try {
    const whole = path.resolve(folder);
    makeFolders(whole);
    if (statSync(whole).isDirectory()) {
      accessSync(whole, constants.W_OK);
      return realpathSync(whole);
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw cannot(REASONS[code] ?? (code || String(error)));
  }
  throw cannot('it is a file');
}

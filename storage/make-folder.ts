import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are not there, one at a time: Node's own recursive mkdir never returns where a file
 * system answers ENOENT, as /proc does.
 * @throws the system's error when one of them cannot be made; Error `it is a file`
 */
export function makeFolder(folder: string): void {
  for (const missing of missingFolders(resolve(folder))) {
    try {
      mkdirSync(missing);
    } catch (error) {
      // Another process makes the same one.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  if (!statSync(folder).isDirectory()) throw new Error('it is a file');
}

/** Folders that are not there yet, outermost first. */
function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  return missing;
}

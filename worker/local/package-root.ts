import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Folder of Troupe's own package.json, found upwards from this file: the same for the sources and for `dist/`.
 * @throws Error when the installation has lost its package.json.
 */
export function packageRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === 'troupe') return folder;
    if (folder === path.dirname(folder)) {
      throw new Error(`Cannot find Troupe's own files: no package.json named "troupe" above "${from}"; reinstall Troupe`);
    }
  }
}

function nameIn(manifest: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
}

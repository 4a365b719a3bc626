import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Zippable } from 'fflate';

/** The earliest that the format knows: the same files make the same archive. */
const MTIME = new Date(1980, 0, 2);
/** Made on Unix, so that the modes below count. */
const UNIX = 3;
const READABLE = 0o644 << 16;

/** Sizes of an archive in bytes. */
export interface ZipSizes {
  readonly zipped: number;
  readonly unzipped: number;
}

/** Packs all files of a folder, readable for everybody, as a function's platform wants them. */
export function zipFolder(folder: string, file: string): ZipSizes {
  const { zipSync } = require('fflate') as typeof import('fflate');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).toSorted();
  const contents: Zippable = {};
  let unzipped = 0;
  for (const name of names) {
    const content = readFileSync(path.join(folder, name));
    unzipped += content.length;
    contents[name.split(path.sep).join('/')] = [content, { level: 6, mtime: MTIME, os: UNIX, attrs: READABLE }];
  }
  const zip = zipSync(contents);
  writeFileSync(file, zip);
  return { zipped: zip.length, unzipped };
}

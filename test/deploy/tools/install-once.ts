import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { lock } from 'proper-lockfile';

import { cacheDir } from '../../../worker/local/cache-dir';

/** Others that want the same tool wait for this long: pip and Go fetch and compile once. */
const RETRIES = { retries: 600, minTimeout: 1_000, maxTimeout: 1_000 };

/**
 * A folder of tools outside the repository, made on first use; its name says what is in it, so that another version is another folder.
 * @param install fills the folder that it is given, which is put in place when all of it is there
 */
export async function installOnce(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheDir(process.env), 'deploy-tools', name);
  if (existsSync(folder)) return folder;
  mkdirSync(path.dirname(folder), { recursive: true });
  const release = await lock(folder, { realpath: false, retries: RETRIES, stale: 30_000 });
  try {
    if (existsSync(folder)) return folder;
    process.stderr.write(`Installing ${name} for tests (once)\n`);
    const made = `${folder}.${process.pid}.new`;
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made);
    await install(made);
    renameSync(made, folder);
    return folder;
  } finally {
    await release();
  }
}

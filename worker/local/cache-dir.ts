import os from 'node:os';
import path from 'node:path';

/** Variables of the environment as the caller read them; nothing in this folder reads `process.env` behind its back. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where what is built once is kept, outside any repository: `TROUPE_CACHE`, else `troupe` in the user's cache folder. */
export function cacheDir(env: Environment): string {
  if (env['TROUPE_CACHE']) return path.resolve(env['TROUPE_CACHE']);
  return path.join(env['XDG_CACHE_HOME'] || path.join(env['HOME'] || os.homedir(), '.cache'), 'troupe');
}

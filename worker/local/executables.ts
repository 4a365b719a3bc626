import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Environment } from './cache-dir';

const execute = promisify(execFile);

/** The first executable file of this name on PATH, or undefined. */
export function findOnPath(name: string, env: Environment): string | undefined {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.resolve(folder, name)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Standard output of a short command; an error or ten seconds without an end is a rejection. */
export async function outputOf(file: string, args: readonly string[], env: Environment): Promise<string> {
  const { stdout } = await execute(file, [...args], { env: { ...env }, timeout: 10_000, killSignal: 'SIGKILL' });
  return stdout.trim();
}

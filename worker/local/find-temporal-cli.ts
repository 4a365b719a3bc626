import os from 'node:os';
import path from 'node:path';

import { version as sdkVersion } from '@temporalio/worker/package.json';

import { cacheDir, type Environment } from './cache-dir';
import { findOnPath, isExecutable, outputOf } from './executables';

/** Version of the CLI that Troupe builds when it finds none. */
export const BUILT_CLI_VERSION = '1.8.2';

/** Oldest server that serves priorities and worker deployments as Troupe uses them. */
const OLDEST_SERVER = [1, 31] as const;

export type CliSource = 'TROUPE_TEMPORAL_CLI' | 'PATH' | 'SDK download' | 'Troupe cache';

/** A `temporal` executable that is fit for use. */
export interface TemporalCli {
  readonly path: string;
  readonly source: CliSource;
  /** What it says of itself, e.g. `temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)`. */
  readonly version: string;
}

/** What was found, and why the other candidates were passed over. */
export interface CliSearch {
  readonly found?: TemporalCli;
  readonly rejected: readonly string[];
}

/** Where the executable that Troupe fetched or built is, or will be. */
export function builtCliPath(env: Environment): string {
  return path.join(cacheDir(env), 'temporal-cli', BUILT_CLI_VERSION, 'temporal');
}

/**
 * Looks for a usable `temporal` without building or downloading anything: `TROUPE_TEMPORAL_CLI`, PATH, what the Temporal
 * SDK once downloaded, what Troupe once built. A `TROUPE_TEMPORAL_CLI` that is unfit is an error, not a reason to look on.
 * @throws Error `Cannot use TROUPE_TEMPORAL_CLI: …`.
 */
export async function findTemporalCli(env: Environment): Promise<CliSearch> {
  const named = env['TROUPE_TEMPORAL_CLI'];
  if (named) return { found: await requireNamed(path.resolve(named), env), rejected: [] };
  const rejected: string[] = [];
  const candidates: ReadonlyArray<readonly [CliSource, string | undefined]> = [
    ['PATH', findOnPath('temporal', env)],
    ['SDK download', path.join(env['TMPDIR'] || os.tmpdir(), `temporal-sdk-typescript-${sdkVersion}`)],
    ['Troupe cache', builtCliPath(env)],
  ];
  for (const [source, file] of candidates) {
    if (file === undefined || !isExecutable(file)) continue;
    const checked = await checkCli(file, env);
    if ('version' in checked) return { found: { path: file, source, version: checked.version }, rejected };
    rejected.push(`"${file}" ${checked.problem}`);
  }
  return { rejected };
}

async function requireNamed(file: string, env: Environment): Promise<TemporalCli> {
  const checked = isExecutable(file) ? await checkCli(file, env) : { problem: 'is not an executable file' };
  if ('version' in checked) return { path: file, source: 'TROUPE_TEMPORAL_CLI', version: checked.version };
  throw new Error(
    `Cannot use TROUPE_TEMPORAL_CLI: "${file}" ${checked.problem}; ` +
      `point it to a temporal executable with server ${OLDEST_SERVER.join('.')} or newer, or unset it`,
  );
}

/** The version line of an executable when its server is new enough, else what is wrong with it. */
export async function checkCli(file: string, env: Environment): Promise<{ version: string } | { problem: string }> {
  const said = await outputOf(file, ['--version'], env).catch((error: unknown) => error);
  if (typeof said !== 'string') return { problem: 'does not run' };
  const server = /\(Server (\d+)\.(\d+)/.exec(said);
  if (server === null) return { problem: `does not name its server version in "${said.slice(0, 80)}"` };
  const [major, minor] = [Number(server[1]), Number(server[2])];
  const fits = major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
  return fits ? { version: said } : { problem: `has server ${major}.${minor}, older than ${OLDEST_SERVER.join('.')}` };
}

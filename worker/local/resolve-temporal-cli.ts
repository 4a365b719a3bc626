import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { lock } from 'proper-lockfile';

import { buildTemporalCli } from './build-temporal-cli';
import type { Environment } from './cache-dir';
import { downloadTemporalCli } from './download-temporal-cli';
import { isExecutable } from './executables';
import { builtCliPath, checkCli, findTemporalCli, type TemporalCli } from './find-temporal-cli';

export interface ResolveOptions {
  readonly env: Environment;
  /** One line for a person, at most every two seconds, while something takes long. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Where to ask for the ready-made executable. @default Temporal's download service */
  readonly downloadService?: string | undefined;
}

/**
 * The `temporal` executable that runs the local server: the one named by `TROUPE_TEMPORAL_CLI`, the one on PATH, the SDK's
 * download, Troupe's cache; failing these it is fetched, or built with Go, into the cache, once. Safe to call from many processes.
 * @throws Error naming every way there is when none works.
 */
export async function resolveTemporalCli(options: ResolveOptions): Promise<TemporalCli> {
  const search = await findTemporalCli(options.env);
  return search.found ?? (await provideCli(options, search.rejected));
}

async function provideCli(options: ResolveOptions, rejected: readonly string[]): Promise<TemporalCli> {
  const target = builtCliPath(options.env);
  const folder = path.dirname(target);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw noWay([...rejected, `the cache "${folder}" is not writable (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`]);
  }
  const release = await lockFolder(folder, options.onProgress);
  try {
    // Another process may have finished the same work while this one waited for the lock.
    if (isExecutable(target)) {
      const checked = await checkCli(target, options.env);
      if ('version' in checked) return { path: target, source: 'Troupe cache', version: checked.version };
    }
    return await makeCli(target, options, rejected);
  } finally {
    await release().catch(() => undefined);
  }
}

/** Tries to fetch, then to build; what works is renamed into place, so nobody ever sees half a file. */
async function makeCli(target: string, options: ResolveOptions, rejected: readonly string[]): Promise<TemporalCli> {
  const folder = path.dirname(target);
  // Under the lock nobody else is at work: what lies around was left by a process that was killed.
  for (const name of readdirSync(folder)) if (name.includes('.part')) rmSync(path.join(folder, name), { recursive: true, force: true });
  const output = `${target}.${process.pid}.part`;
  const problems = [...rejected];
  const ways = [
    { name: 'fetching it', run: () => downloadTemporalCli({ ...options, output, service: options.downloadService }) },
    { name: 'building it', run: () => buildTemporalCli({ ...options, output }) },
  ];
  try {
    for (const way of ways) {
      const problem = (await way.run()) ?? (await adopt(output, target, options.env));
      if (typeof problem === 'object') return problem;
      problems.push(`${way.name} failed: ${problem}`);
    }
  } finally {
    rmSync(output, { force: true });
  }
  throw noWay(problems);
}

async function adopt(output: string, target: string, env: Environment): Promise<TemporalCli | string> {
  chmodSync(output, 0o755);
  const checked = await checkCli(output, env);
  if ('problem' in checked) return `what came out ${checked.problem}`;
  renameSync(output, target);
  return { path: target, source: 'Troupe cache', version: checked.version };
}

async function lockFolder(folder: string, onProgress?: (line: string) => void): Promise<() => Promise<void>> {
  // A holder that was killed stops refreshing its lock; after the stale time the next one takes over.
  // Two at work would be a waste but no harm: each writes its own file, and renames it.
  const options = { stale: 10_000, update: 2_000, onCompromised: () => undefined };
  try {
    return await lock(folder, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    onProgress?.('Waiting for another process that prepares the Temporal server');
    return lock(folder, { ...options, retries: { retries: 1_800, factor: 1, minTimeout: 500, maxTimeout: 500 } });
  }
}

function noWay(problems: readonly string[]): Error {
  const why = problems.length === 0 ? 'no temporal executable was found' : problems.join('; ');
  return new Error(
    `Cannot start a local Temporal server: ${why}; install the Temporal CLI with server 1.31 or newer (https://docs.temporal.io/cli), ` +
      'or set TROUPE_TEMPORAL_CLI to its path, or install Go 1.26 or newer so that Troupe can build it, ' +
      'or set TEMPORAL_ADDRESS to use a server that is already running',
  );
}

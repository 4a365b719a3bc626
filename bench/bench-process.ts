import { join } from 'node:path';

import type { GuardedProcess } from '../worker/local/guarded-process';
import { packageRoot } from '../worker/local/package-root';
import { startReporting } from '../worker/local/reporting-process';

export interface BenchProcess<Report> {
  /** For messages: `the simulator`. */
  readonly name: string;
  /** Path below `dist`, then arguments. */
  readonly script: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Picks what it reports out of a JSON line of its stdout. */
  readonly report: (line: unknown) => Report | undefined;
}

export interface BenchFolders {
  readonly logs: string;
  /** Where CPU profiles go; absent: none are made. */
  readonly profile: string | undefined;
}

const DIST = join(packageRoot(), 'dist');

/** Starts one of our programs with an environment of its own; resolves with what it reports. It dies with this process. */
export function startBenchProcess<Report>(
  { name, script, env, report }: BenchProcess<Report>,
  { logs, profile }: BenchFolders,
): Promise<{ child: GuardedProcess; report: Report }> {
  const [file, ...args] = script;
  const fileName = name.replaceAll(' ', '-');
  // A profile for each thread: the workflows run in one of their own.
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profile, fileName)}`];
  return startReporting({
    name,
    command: [process.execPath, ...profiling, join(DIST, file), ...args],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    logFile: join(logs, `${fileName}.log`),
    report,
  });
}

import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { Environment } from './cache-dir';
import { findOnPath } from './executables';
import { BUILT_CLI_VERSION } from './find-temporal-cli';
import { startGuarded } from './guarded-process';
import { packageRoot } from './package-root';

export interface BuildOptions {
  readonly env: Environment;
  /** Where to put the executable. The caller renames it into place once it has proved itself. */
  readonly output: string;
  /** Called at most every two seconds with one line for a person. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';

/**
 * Builds `temporal` from the pinned modules in `worker/temporal-cli`: about five minutes and 5 GB of Go's cache the first time.
 * A Go older than the module asks for fetches the right toolchain by itself (GOTOOLCHAIN=auto).
 * @returns undefined when built, else why it could not be.
 */
export async function buildTemporalCli(options: BuildOptions): Promise<string | undefined> {
  const go = findOnPath('go', options.env);
  if (go === undefined) return 'Go is not installed';
  // Go may write into the module's folder (go.sum, lock files) and an installed package can be read-only: build from a copy.
  const source = `${options.output}-module`;
  try {
    mkdirSync(source, { recursive: true });
    for (const file of ['go.mod', 'go.sum']) {
      copyFileSync(path.join(packageRoot(), 'worker', 'temporal-cli', file), path.join(source, file));
    }
    return await runGo(go, source, options);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

async function runGo(go: string, cwd: string, { env, output, onProgress }: BuildOptions): Promise<string | undefined> {
  const ldflags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${BUILT_CLI_VERSION}`;
  // -v names each package when it is compiled: the only sign of life of a long build.
  const child = await startGuarded({
    command: [go, 'build', '-v', '-mod=readonly', '-o', output, `-ldflags=${ldflags}`, PACKAGE],
    cwd,
    // A workspace or flags of the user's own projects must not change this build.
    env: { ...env, GOFLAGS: '-buildvcs=false', GOWORK: 'off', GOTOOLCHAIN: env['GOTOOLCHAIN'] || 'auto' },
    logFile: path.join(cwd, 'build.log'),
    stderr: 'lines',
  });
  const progress = trackProgress(onProgress);
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => progress.line(line));
  const how = await child.ended;
  progress.stop();
  return how === 'code 0' ? undefined : `go build ended with ${how}: ${progress.complaints()}`;
}

function trackProgress(onProgress?: (line: string) => void) {
  const started = Date.now();
  const complaints: string[] = [];
  let modules = 0;
  let packages = 0;
  const say = () => {
    const seconds = Math.round((Date.now() - started) / 1_000);
    const counts = [modules > 0 && `${modules} modules fetched`, packages > 0 && `${packages} packages compiled`].filter(Boolean);
    const doing = counts.length > 0 ? counts.join(', ') : 'using what Go has cached';
    onProgress?.(`Building the Temporal server with Go (once, about five minutes): ${doing}, ${seconds} s`);
  };
  say();
  const timer = setInterval(say, 2_000);
  return {
    line(line: string): void {
      if (line.startsWith('go: downloading ')) modules += 1;
      else if (/^[\w.~-]+(\/[\w.~@-]+)*$/.test(line)) packages += 1;
      else if (complaints.push(line) > 5) complaints.shift();
    },
    complaints: () => complaints.join(' | ').slice(-600) || 'it gave no reason',
    stop: () => clearInterval(timer),
  };
}

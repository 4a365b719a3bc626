import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import type { Environment } from './cache-dir';
import { findOnPath } from './executables';
import { startGuarded } from './guarded-process';

/** A program of a Go module. */
export interface GoTool {
  /** Folder with the `go.mod` and `go.sum` that pin it. */
  readonly moduleFolder: string;
  /** Go package of its main function. */
  readonly package: string;
  readonly ldflags: string;
  /** What is being done, for the progress line. */
  readonly doing: string;
}

export interface BuildOptions {
  readonly env: Environment;
  /** Where to put the executable. The caller renames it into place once it has proved itself. */
  readonly output: string;
  /** Called at most every two seconds with one line for a person. */
  readonly onProgress?: ((line: string) => void) | undefined;
}

/**
 * Builds a program with Go. A Go older than the module asks for fetches the right toolchain by itself (GOTOOLCHAIN=auto).
 * @returns undefined when built, else why it could not be.
 */
export async function buildGoTool(tool: GoTool, options: BuildOptions): Promise<string | undefined> {
  const go = findOnPath('go', options.env);
  if (go === undefined) return 'Go is not installed';
  // Go may write into the module's folder (go.sum, lock files) and an installed package can be read-only: build from a copy.
  const source = `${options.output}-module`;
  try {
    mkdirSync(source, { recursive: true });
    for (const file of ['go.mod', 'go.sum']) copyFileSync(path.join(tool.moduleFolder, file), path.join(source, file));
    return await runGo(tool, { ...options, go, source });
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

interface GoRun extends BuildOptions {
  readonly go: string;
  readonly source: string;
}

async function runGo(tool: GoTool, { go, source, env, output, onProgress }: GoRun): Promise<string | undefined> {
  // -v names each package when it is compiled: the only sign of life of a long build.
  const child = await startGuarded({
    command: [go, 'build', '-v', '-mod=readonly', '-o', output, `-ldflags=${tool.ldflags}`, tool.package],
    cwd: source,
    // A workspace or flags of the user's own projects must not change this build.
    env: { ...env, GOFLAGS: '-buildvcs=false', GOWORK: 'off', GOTOOLCHAIN: env['GOTOOLCHAIN'] || 'auto' },
    logFile: path.join(source, 'build.log'),
    stderr: 'lines',
  });
  const progress = trackProgress(tool.doing, onProgress);
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => progress.line(line));
  const how = await child.ended;
  progress.stop();
  return how === 'code 0' ? undefined : `go build ended with ${how}: ${progress.complaints()}`;
}

function trackProgress(doing: string, onProgress?: (line: string) => void) {
  const started = Date.now();
  const complaints: string[] = [];
  let modules = 0;
  let packages = 0;
  const say = () => {
    const seconds = Math.round((Date.now() - started) / 1_000);
    const counts = [modules > 0 && `${modules} modules fetched`, packages > 0 && `${packages} packages compiled`].filter(Boolean);
    const found = counts.length > 0 ? counts.join(', ') : 'using what Go has cached';
    onProgress?.(`${doing}: ${found}, ${seconds} s`);
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

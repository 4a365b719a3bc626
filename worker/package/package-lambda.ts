import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

import { readSettings } from '../../common/settings';
import { packageRoot } from '../local/package-root';
import { digestOf } from '../serverless/build-id';
import { bundleFunction, NATIVE_TARGETS, type Architecture } from './bundle-function';
import { proveLoads, proveNative } from './prove-package';
import { zipFolder } from './zip-folder';

const BYTES_PER_MB = 1_000_000;
/** AWS takes 50 MB without a detour over S3, and 250 MB unpacked. */
const MOST_MB = { zipped: 50, unzipped: 250 } as const;

/** The commit that the code is of; a digest of the bundle when that is not all there is to it, or outside of a repository. */
function buildIdHere(root: string, dist: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const commit = git('rev-parse', '--short=12', 'HEAD').trim();
    return git('status', '--porcelain', '--untracked-files=no').trim() === '' ? commit : `${commit}-${digestOf(bundleOf(dist)).slice(4)}`;
  } catch {
    return digestOf(bundleOf(dist));
  }
}

const bundleOf = (dist: string): string => path.join(dist, 'workflow-bundle.js');

/** Makes `dist/lambda/troupe-lambda-<architecture>.zip`, whose handler is `index.handler`. @returns a line about it */
async function packageFor(architecture: Architecture, buildId: string, dist: string): Promise<string> {
  const folder = path.join(dist, 'lambda', architecture);
  const file = path.join(dist, 'lambda', `troupe-lambda-${architecture}.zip`);
  await bundleFunction(folder, architecture, { dist, buildId });
  const { zipped, unzipped } = zipFolder(folder, file);
  rmSync(folder, { recursive: true });
  proveNative(file, architecture);
  if (architecture === process.arch && process.platform === 'linux') proveLoads(file);
  const [zippedMb, unzippedMb] = [zipped / BYTES_PER_MB, unzipped / BYTES_PER_MB];
  if (zippedMb > MOST_MB.zipped || unzippedMb > MOST_MB.unzipped) {
    throw new Error(`Cannot package the function: ${zippedMb} MB, ${unzippedMb} MB unpacked, are more than AWS takes; leave something out`);
  }
  return `${path.relative(process.cwd(), file)}: ${zippedMb.toFixed(1)} MB, ${unzippedMb.toFixed(1)} MB unpacked, build ${buildId}`;
}

async function main(): Promise<void> {
  const root = packageRoot();
  const dist = path.join(root, 'dist');
  if (!existsSync(path.join(dist, 'worker', 'lambda.js')))
    throw new Error('Cannot package the function: it is not built; run "npm run build"');
  const buildId = readSettings(process.env).TROUPE_BUILD_ID ?? buildIdHere(root, dist);
  for (const architecture of Object.keys(NATIVE_TARGETS) as Architecture[]) {
    process.stdout.write(`${await packageFor(architecture, buildId, dist)}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import { copyFileSync } from 'node:fs';
import path from 'node:path';

import { findOnPath } from '../../../worker/local/executables';
import { installOnce } from '../tools/install-once';
import { outputOf } from '../tools/run-tool';

const VERSION = '3.3.0';
/** It compiles a part of itself, with a libcurl of its own. */
const COMPILERS = ['autoconf', 'automake', 'libtoolize', 'cmake', 'make', 'g++'];

/** AWS's own runtime client for Node, built on first use: the program that a function's process runs on Lambda. */
export async function runtimeClient(): Promise<string> {
  const folder = await installOnce(`aws-lambda-ric-${VERSION}-node-${process.versions.modules}`, async (made) => {
    const missing = COMPILERS.filter((name) => findOnPath(name, process.env) === undefined);
    if (missing.length > 0) throw new Error(`Cannot build AWS's runtime client: ${missing.join(', ')} missing; install them`);
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(__dirname, 'runtime', file), path.join(made, file));
    await outputOf(['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts=false'], { cwd: made });
  });
  return path.join(folder, 'node_modules', 'aws-lambda-ric', 'bin', 'index.mjs');
}

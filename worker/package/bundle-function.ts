import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'esbuild';

import { VERSIONED_PREFIX } from '../../common/versioning';
import { BUILD_ID_FILE } from '../serverless/build-id';

/** What the function's package is made from. */
export interface FunctionSources {
  /** Folder of the built code. */
  readonly dist: string;
  readonly buildId: string;
}

/** Native parts of Temporal's SDK, by the names of processors that AWS uses. */
export const NATIVE_TARGETS = { x64: 'x86_64-unknown-linux-gnu', arm64: 'aarch64-unknown-linux-gnu' } as const;
export type Architecture = keyof typeof NATIVE_TARGETS;

/**
 * What only builds or debugs a bundle: with it, a bundler of its own and its native parts would come along. The function's bundle is built.
 */
const LEFT_OUT = /(workflow\/bundler|debug-replayer(\/index)?|bundle-workflows)$/;

const leaveOut: Plugin = {
  name: 'leave-out',
  setup: (build) => {
    build.onResolve({ filter: LEFT_OUT }, ({ path: name }) => ({ path: name, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: name }) => ({
      contents: `const no = () => { throw new Error('Cannot use ${name}: it is not in the function'); };
        exports.bundleWorkflows = no; exports.bundleWorkflowCode = no; exports.INTERCEPTOR_MODULES = [];
        exports.WorkflowCodeBundler = no; exports.defaultWorkflowInterceptorModules = []; exports.moduleMatches = () => false;
        exports.startDebugReplayer = no;`,
    }));
  },
};

/** What differs between functions. */
export interface BundledCode {
  /** File of the built code that is bundled as `index.js`. */
  readonly entry: string;
  /** Folder of the built code. */
  readonly dist: string;
  readonly plugins?: readonly Plugin[];
}

/** Puts a function together in an empty folder: the code in one file, the thread that runs workflows, and what the two read. */
export async function bundleCode(folder: string, { entry, dist, plugins = [] }: BundledCode): Promise<void> {
  const { build } = require('esbuild') as typeof import('esbuild');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const worker = path.dirname(require.resolve('@temporalio/worker'));
  await build({
    entryPoints: {
      index: entry,
      // Temporal's SDK looks for it beside its own code.
      'workflow-worker-thread': path.join(worker, 'workflow', 'workflow-worker-thread.js'),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Less to read at a cold start; names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
    plugins: [leaveOut, ...plugins],
    // Of the SDK's optional parts that are not installed.
    external: ['@swc/*', 'bufferutil', 'utf-8-validate'],
  });
  copyFileSync(require.resolve('source-map/lib/mappings.wasm'), path.join(folder, 'mappings.wasm'));
  const workflows = readFileSync(path.join(dist, 'workflow-bundle.js'), 'utf8');
  writeFileSync(path.join(folder, 'workflow-bundle.js'), `${VERSIONED_PREFIX}${workflows}`);
}

/** Puts AWS's function together in an empty folder. */
export async function bundleFunction(folder: string, architecture: Architecture, { dist, buildId }: FunctionSources): Promise<void> {
  await bundleCode(folder, { entry: path.join(dist, 'worker', 'lambda.js'), dist });
  const native = path.join('releases', NATIVE_TARGETS[architecture], 'index.node');
  mkdirSync(path.dirname(path.join(folder, native)), { recursive: true });
  copyFileSync(path.join(path.dirname(require.resolve('@temporalio/core-bridge/package.json')), native), path.join(folder, native));
  writeFileSync(path.join(folder, BUILD_ID_FILE), `${buildId}\n`);
}

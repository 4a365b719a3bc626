import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'esbuild';

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

/** Puts the function together in an empty folder: the code in one file, the thread that runs workflows, the bundle, the native part. */
export async function bundleFunction(folder: string, architecture: Architecture, { dist, buildId }: FunctionSources): Promise<void> {
  const { build } = require('esbuild') as typeof import('esbuild');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const worker = path.dirname(require.resolve('@temporalio/worker'));
  await build({
    entryPoints: {
      index: path.join(dist, 'worker', 'lambda.js'),
      // Temporal's SDK looks for it beside its own code.
      'workflow-worker-thread': path.join(worker, 'workflow', 'workflow-worker-thread.js'),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // Less to read at a cold start; names stay, for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
    plugins: [leaveOut],
    // Of the SDK's optional parts that are not installed.
    external: ['@swc/*', 'bufferutil', 'utf-8-validate'],
  });
  const copy = (from: string, to: string): void => {
    mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
    copyFileSync(from, path.join(folder, to));
  };
  const native = path.join('releases', NATIVE_TARGETS[architecture], 'index.node');
  copy(path.join(path.dirname(require.resolve('@temporalio/core-bridge/package.json')), native), native);
  copy(path.join(dist, 'workflow-bundle.js'), 'workflow-bundle.js');
  copy(require.resolve('source-map/lib/mappings.wasm'), 'mappings.wasm');
  writeFileSync(path.join(folder, BUILD_ID_FILE), `${buildId}\n`);
}

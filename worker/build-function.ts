import path from 'node:path';

import type { Plugin } from 'esbuild';

import { LOCAL_FUNCTION } from './local/function-environment';
import { bundleCode } from './package/bundle-function';
import { keepCompiled } from './serverless/compiled';

/** The native part stays where it is installed; the SDK looks for it beside this file. */
const nativeInPlace: Plugin = {
  name: 'native-in-place',
  setup: (build) => {
    build.onResolve({ filter: /^\.\/common$/ }, ({ resolveDir }) =>
      resolveDir.endsWith(path.join('@temporalio', 'core-bridge')) ? { path: '@temporalio/core-bridge/common', external: true } : undefined,
    );
  },
};

/** Makes what the local server starts, once the rest is built: a start from thousands of files takes nearly twice the processor time. */
async function main(): Promise<void> {
  const dist = path.join(__dirname, '..');
  await bundleCode(path.dirname(LOCAL_FUNCTION), { entry: path.join(__dirname, 'local-invocation.js'), dist, plugins: [nativeInPlace] });
  keepCompiled(LOCAL_FUNCTION, (exported) => {
    (exported as typeof import('./local-invocation')).loadServe(); // it is what was bundled
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});

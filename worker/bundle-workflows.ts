import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Modules whose `interceptors` every workflow gets; the worker must name the same ones. */
export const INTERCEPTOR_MODULES = [require.resolve('../workflows/run/interceptors')];

/**
 * The SDK takes a stack trace of every promise that a workflow makes, for its stack trace query, and looks up each of its lines
 * in the source map: half of what a promise costs. These lines say where a promise or an error comes from.
 */
const SHORT_STACKS = 'Error.stackTraceLimit = 5;';

/**
 * Bundles everything in `workflows/` for the sandbox, from sources under jest and from `dist` after the build.
 * @throws Error naming the module when something that only Node has gets in
 */
export async function bundleWorkflows(): Promise<{ code: string }> {
  const workflowsPath = require.resolve('../workflows');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: INTERCEPTOR_MODULES,
    // Evaluated once a process, not again for each run: our modules keep nothing of a run.
    preloadModules: [workflowsPath, ...INTERCEPTOR_MODULES],
    logger: new DefaultLogger('ERROR'),
    // Every start of a worker reads the map, which is for stack traces: lines do, and the sources were most of it.
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-source-map' }),
  });
  // On the first line, so that the source map still fits.
  return { code: `${SHORT_STACKS}${code}` };
}

import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Modules whose `interceptors` every workflow gets; the worker must name the same ones. */
export const INTERCEPTOR_MODULES = [require.resolve('../workflows/run/interceptors')];

/**
 * Bundles everything in `workflows/` for the sandbox, from sources under jest and from `dist` after the build.
 * @throws Error naming the module when something that only Node has gets in
 */
export async function bundleWorkflows(): Promise<{ code: string }> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows'),
    workflowInterceptorModules: INTERCEPTOR_MODULES,
    logger: new DefaultLogger('ERROR'),
  });
  return { code };
}

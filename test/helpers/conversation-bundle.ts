import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

import { INTERCEPTOR_MODULES } from '../../worker/bundle-workflows';

/** Workflows of `conversation-workflows.ts` in place of ours. */
export function bundleConversations(): Promise<{ code: string }> {
  return bundleWorkflowCode({
    workflowsPath: require.resolve('./conversation-workflows'),
    workflowInterceptorModules: INTERCEPTOR_MODULES,
    logger: new DefaultLogger('ERROR'),
  });
}

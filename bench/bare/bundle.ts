import { writeFileSync } from 'node:fs';

import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Bundles the bare workflow into a file. As in Troupe the worker only loads it, so that the memory of both can be compared. */
export async function bundleBareWorkflow(file: string): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('./workflows'), logger: new DefaultLogger('ERROR') });
  writeFileSync(file, code);
}

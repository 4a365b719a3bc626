import { setWorkflowOptions } from '@temporalio/workflow';

import { VERSIONED_FLAG } from '../../common/versioning';

/**
 * Says that runs of a Workflow Type follow new builds instead of staying with the one they began on. Only to workers that have a build:
 * Temporal refuses the answers of any other worker that says so.
 */
export function followsBuilds<Args extends unknown[], Result>(workflow: (...args: Args) => Promise<Result>): void {
  if (Reflect.get(globalThis, VERSIONED_FLAG) === true) setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, workflow);
}

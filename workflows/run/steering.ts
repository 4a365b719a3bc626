import { CancellationScope, condition } from '@temporalio/workflow';

import type { Run } from './run';

/**
 * Changes the run from a signal or update, once everything else that arrived with it has been worked in.
 *
 * A replay may hand the workflow an update together with an activity's result that it had seen one task earlier, and
 * handlers run first. A handler that changed the run at once would then change the order of calls: a run that cannot be
 * replayed. Conditions are looked at last, in replays too.
 */
export function steer<Answer>(run: Run, change: () => Answer): Promise<Answer> {
  return new Promise((resolve) => {
    run.steering.push(() => resolve(change()));
  });
}

/** Works in what `steer` was given, for as long as the run lives; a cancelled run still answers until it is closed. */
export function followSteering(run: Run): Promise<never> {
  return CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => run.steering.length > 0);
      for (const change of run.steering.splice(0)) change();
    }
  });
}

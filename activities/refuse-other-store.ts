import { Context } from '@temporalio/activity';

import { collectorId } from '../common/batch';
import { failure, FailureType } from '../common/failures';
import type { Store } from '../storage/store';

/**
 * Makes sure that this worker has the run's store. Another worker may have it: the failure is retried.
 * @param action What cannot be done otherwise, like `call "writer"`.
 * @param storeId Absent where the run does not say.
 * @throws StoreMismatch naming the cure
 */
export function refuseOtherStore(action: string, store: Store, storeId: string | undefined): void {
  if (storeId === undefined || storeId === store.id) return;
  throw failure({
    type: FailureType.StoreMismatch,
    message:
      `Cannot ${action}: the run keeps its answers in store "${storeId}", this worker uses store "${store.id}" at ` +
      `"${store.location}"; start the worker with TROUPE_STORE set to the run's store`,
    retryable: true,
  });
}

/**
 * Makes sure that this worker has the store of the collector that it works for: with another one it would find none of its turns, and
 * answers that are paid for would be read and kept by nobody.
 * @throws StoreMismatch naming the cure
 */
export function refuseOtherCollector(action: string, store: Store): void {
  const collector = Context.current().info.workflowExecution?.workflowId ?? '';
  if (collector === collectorId(store.id)) return;
  throw failure({
    type: FailureType.StoreMismatch,
    message:
      `Cannot ${action}: "${collector}" keeps its turns in another store than "${store.id}" at "${store.location}", which this worker uses; ` +
      `start the worker with TROUPE_STORE set to the store of its runs`,
    retryable: true,
  });
}

import { failure, FailureType } from '../../common/failures';
import type { ActivityDeps } from '../deps';

/** What a call keeps must be where the rest of its run looks for it. Another worker may have that store: the call waits. */
export function refuseForeignStore(callee: string, { store }: ActivityDeps, { storeId }: { readonly storeId: string }): void {
  if (storeId === store.id) return;
  throw failure({
    type: FailureType.StoreMismatch,
    message:
      `Cannot call "${callee}": the run keeps its answers in store "${storeId}", this worker uses store "${store.id}" at ` +
      `"${store.location}"; start the worker with TROUPE_STORE set to the run's store`,
    retryable: true,
  });
}

import { openCall } from '../claude/journal';
import type { CallSpend } from '../common/ledger';
import type { ActivityDeps } from './deps';
import { refuseOtherStore } from './refuse-other-store';

export interface SettleCallInput {
  readonly workflowId: string;
  readonly firstRunId: string;
  readonly step: string;
  readonly generation: number;
  /** The run's store. Absent: not checked. */
  readonly storeId?: string;
}

/**
 * What a call has spent, from its journal: after a timeout there is no outcome that could say it.
 * @throws StoreMismatch when this worker has another store, in which the call would seem to have cost nothing
 */
export async function settleCall({ store }: ActivityDeps, namespace: string, call: SettleCallInput): Promise<CallSpend> {
  const { workflowId, firstRunId, step, generation, storeId } = call;
  refuseOtherStore(`settle "${step}"`, store, storeId);
  return (await openCall(store, { namespace, workflowId, firstRunId, step, generation })).spend();
}

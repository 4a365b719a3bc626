import { openCall } from '../claude/journal';
import type { CallSpend } from '../common/ledger';
import type { ActivityDeps } from './deps';

export interface SettleCallInput {
  readonly workflowId: string;
  readonly firstRunId: string;
  readonly step: string;
  readonly generation: number;
}

/** What a call has spent, from its journal: after a timeout there is no outcome that could say it. */
export async function settleCall({ store }: ActivityDeps, namespace: string, call: SettleCallInput): Promise<CallSpend> {
  const { workflowId, firstRunId, step, generation } = call;
  return (await openCall(store, { namespace, workflowId, firstRunId, step, generation })).spend();
}

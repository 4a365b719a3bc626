import { createHash } from 'node:crypto';

import { spendOfRun, type RunKey } from '../claude/journal';
import { addSpend, EMPTY_LEDGER, type Ledger } from '../common/ledger';
import { getJson } from '../storage/json';
import type { ActivityDeps } from './deps';

export interface SettleChildInput {
  readonly workflowId: string;
  readonly firstRunId: string;
  /** Workflow Type: stands for the agents when only the journal is left. */
  readonly pipeline: string;
}

/**
 * What a child has spent that did not complete: as it wrote down itself when it closed, its own children included. One that was
 * terminated could not, and then its journal knows what its own calls have spent.
 */
export async function settleChild({ store }: ActivityDeps, namespace: string, child: SettleChildInput): Promise<Ledger> {
  const { workflowId, firstRunId, pipeline } = child;
  const run: RunKey = { namespace, workflowId, firstRunId };
  const closing = (await getJson(store, closingKey(run))) as Ledger | undefined; // written by `keepClosingLedger`
  if (closing !== undefined) return closing;
  return addSpend(EMPTY_LEDGER, pipeline, await spendOfRun(store, run));
}

/** Leaves the ledger of a child where its parent looks for it. */
export async function keepClosingLedger({ store }: ActivityDeps, run: RunKey, ledger: Ledger): Promise<void> {
  await store.put(closingKey(run), Buffer.from(JSON.stringify(ledger)));
}

function closingKey({ namespace, workflowId, firstRunId }: RunKey): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([namespace, workflowId, firstRunId]))
    .digest('hex');
  return `closed/${hash.slice(0, 2)}/${hash}`;
}

import type { WorkflowHandle } from '@temporalio/client';

import { blackboardQuery, ledgerQuery } from '../common/messages';
import type { Blackboard, KeptWork, PartialWork } from '../common/run';
import type { ClientContext } from './context';
import { askBriefly } from './ask-briefly';
import type { Unfinished } from '../common/troupe-error';

/**
 * What a run had done before it closed: from its memo and the store, and where these do not tell (the store is elsewhere, the
 * run was terminated) from a worker, which replays it.
 */
export async function readUnfinished(
  context: ClientContext,
  handle: WorkflowHandle,
  partial: PartialWork | undefined,
): Promise<Unfinished> {
  const [ledger, blackboard] = await Promise.all([
    partial?.ledger ?? askBriefly(context, () => handle.query(ledgerQuery)),
    keptBlackboard(context, partial).then((kept) => kept ?? askBriefly(context, () => handle.query(blackboardQuery))),
  ]);
  return { ledger: ledger ?? null, blackboard: blackboard ?? null };
}

/** The blackboard that a run put into the store before it closed; undefined when it is not there, or no store is. */
export async function keptBlackboard(context: ClientContext, partial: PartialWork | undefined): Promise<Blackboard | undefined> {
  if (partial === undefined || partial.ref === null) return undefined;
  const bytes = await (await context.openStore())?.get(partial.ref);
  if (bytes === undefined) return undefined;
  const kept = JSON.parse(bytes.toString('utf8')) as KeptWork; // written under this key by the run's own worker
  return kept.blackboard;
}

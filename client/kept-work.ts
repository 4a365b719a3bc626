import type { KeptWork, PartialWork } from '../common/run';
import type { ClientContext } from './context';
import type { Unfinished } from './troupe-error';

/** Reads what a run had done before it closed; the ledger comes with the memo, the rest from the store when it is at hand. */
export async function readUnfinished(context: ClientContext, partial: PartialWork | undefined): Promise<Unfinished> {
  if (partial === undefined) return { ledger: null, work: null };
  const store = await context.openStore();
  const bytes = await store?.get(partial.ref);
  // Written by the run's own worker under this key, so its shape is ours.
  const work = bytes === undefined ? null : (JSON.parse(bytes.toString('utf8')) as KeptWork);
  return { ledger: partial.ledger, work };
}

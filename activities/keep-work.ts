import type { RunKey } from '../claude/journal';
import type { KeptWork } from '../common/run';
import { putBlob } from '../storage/blobs';
import type { ActivityDeps } from './deps';
import { keepClosingLedger } from './settle-child';

/** Keeps what a run has done before it closes unfinished; returns the store key for its memo. */
export async function keepWork(deps: ActivityDeps, work: KeptWork, child?: RunKey): Promise<string> {
  if (child !== undefined) await keepClosingLedger(deps, child, work.ledger);
  return putBlob(deps.store, work);
}

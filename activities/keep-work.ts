import type { RunKey } from '../claude/journal';
import { FailureType, isFailure } from '../common/failures';
import type { LargeOutput } from '../common/large-output';
import type { KeptWork } from '../common/run';
import { putBlob } from '../storage/blobs';
import type { Store } from '../storage/store';
import type { ActivityDeps } from './deps';
import { keepLarge, resolveReferences } from './large-output';
import { refuseOtherStore } from './refuse-other-store';
import { keepClosingLedger } from './settle-child';

/** Where something of a run is to be kept. */
export interface KeepingPlace {
  /** The run's store. Absent: not checked. */
  readonly storeId?: string;
  /** Given for a child, whose parent asks for its ledger. */
  readonly child?: RunKey;
}

/**
 * Keeps what a run has done before it closes unfinished; returns the store key for its memo.
 * @throws StoreMismatch when this worker has another store, where nobody would look for it
 */
export async function keepWork(deps: ActivityDeps, work: KeptWork, { storeId, child }: KeepingPlace = {}): Promise<string> {
  const { store } = deps;
  refuseOtherStore('keep the work of the run', store, storeId);
  if (child !== undefined) await keepClosingLedger(deps, child, work.ledger);
  return putBlob(store, await wholeIfThere(store, work));
}

/**
 * Keeps a result that cannot travel through Temporal: too large, or with references that only workers put back.
 * @throws StoreMismatch like `keepWork`
 */
export async function keepResult({ store }: ActivityDeps, result: unknown, { storeId }: KeepingPlace = {}): Promise<LargeOutput> {
  refuseOtherStore('keep the result of the run', store, storeId);
  return keepLarge(store, await resolveReferences(store, result));
}

/** What the store has lost must not cost the rest of the work. */
async function wholeIfThere(store: Store, work: KeptWork): Promise<unknown> {
  try {
    return await resolveReferences(store, work);
  } catch (error) {
    if (isFailure(error, FailureType.InvalidInput)) return work;
    throw error;
  }
}

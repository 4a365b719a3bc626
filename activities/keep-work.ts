import type { LargeOutput } from '../common/large-output';
import type { KeptWork } from '../common/run';
import { putBlob } from '../storage/blobs';
import type { ActivityDeps } from './deps';
import { keepLarge } from './large-output';
import { refuseOtherStore } from './refuse-other-store';

/** Where something of a run is to be kept. */
export interface KeepingPlace {
  /** The run's store. Absent: not checked. */
  readonly storeId?: string;
}

/**
 * Keeps what a run has done before it closes unfinished; returns the store key for its memo.
 * @throws StoreMismatch when this worker has another store, where nobody would look for it
 */
export async function keepWork({ store }: ActivityDeps, work: KeptWork, { storeId }: KeepingPlace = {}): Promise<string> {
  refuseOtherStore('keep the work of the run', store, storeId);
  return putBlob(store, work);
}

/**
 * Keeps a result that cannot travel through Temporal.
 * @throws StoreMismatch like `keepWork`
 */
export async function keepResult({ store }: ActivityDeps, result: unknown, { storeId }: KeepingPlace = {}): Promise<LargeOutput> {
  refuseOtherStore('keep the result of the run', store, storeId);
  return keepLarge(store, result);
}

import type { KeptWork } from '../common/run';
import { putBlob } from '../storage/blobs';
import type { ActivityDeps } from './deps';

/** Keeps what a run has done before it closes unfinished; returns the store key for its memo. */
export async function keepWork({ store }: ActivityDeps, work: KeptWork): Promise<string> {
  return putBlob(store, work);
}

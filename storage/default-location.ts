import { join } from 'node:path';

/** Where the store is when TROUPE_STORE does not say: in the data folder, for workers, clients and the local stack alike. */
export function defaultStore(dataDir: string): string {
  return join(dataDir, 'store');
}

import { existsSync } from 'node:fs';

import type { Settings } from '../common/settings';
import { defaultStore } from '../storage/default-location';
import { openStore } from '../storage/open-store';
import type { Store } from '../storage/store';

/**
 * Opens the workers' store for reading, once and only when needed. A folder that does not exist is not made: a client may
 * well run where the store is not.
 */
export function openClientStore(location: string | undefined, settings: Pick<Settings, 'TROUPE_DATA'>): () => Promise<Store | undefined> {
  const where = location ?? defaultStore(settings.TROUPE_DATA);
  let opened: Promise<Store | undefined> | undefined;
  return () => {
    const absent = !where.includes('://') && !existsSync(where);
    opened ??= absent ? undefined : openStore(where);
    return opened ?? Promise.resolve(undefined);
  };
}

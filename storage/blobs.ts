import { createHash } from 'node:crypto';

import { getJson } from './json';
import type { Store } from './store';

/** Keeps a value under the hash of its JSON; the same value has the same key, so storing it twice is harmless. */
export async function putBlob(store: Store, value: unknown): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(value));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const key = `blobs/${hash.slice(0, 2)}/${hash}`;
  await store.put(key, bytes);
  return key;
}

/** Reads what `putBlob` kept; undefined when the store does not have it. */
export function getBlob(store: Store, key: string): Promise<unknown> {
  return getJson(store, key);
}

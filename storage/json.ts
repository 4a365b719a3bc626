import type { GetOptions, Store } from './store';

/** The JSON under a key; undefined when the store does not have it. */
export async function getJson(store: Store, key: string): Promise<unknown> {
  const bytes = await store.get(key);
  return bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'));
}

/** The same; undefined also for what a power cut left of a value that was not yet durable. */
export async function getWholeJson(store: Store, key: string, options?: GetOptions): Promise<unknown> {
  const bytes = await store.get(key, options);
  try {
    return bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

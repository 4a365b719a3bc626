import { createHash } from 'node:crypto';

import type { Store } from '../storage/store';

function keyOf(requestHash: string, sample: number): string {
  const hash = createHash('sha256').update(JSON.stringify([requestHash, sample])).digest('hex');
  return `content/${hash.slice(0, 2)}/${hash}`;
}

/**
 * Makes an accepted answer findable by what was asked, for a later run with `reuse`. Answers of calls that failed are not
 * offered: whoever runs those again wants another answer.
 */
export async function offerAnswer(store: Store, requestHash: string, sample: number, answerKey: string): Promise<void> {
  // A hint, not a promise: losing it to a power cut costs a later run one call.
  await store.put(keyOf(requestHash, sample), Buffer.from(answerKey), { durable: false });
}

/** Store key of an earlier answer to the same request; undefined when there is none. */
export async function findAnswer(store: Store, requestHash: string, sample: number): Promise<string | undefined> {
  return (await store.get(keyOf(requestHash, sample)))?.toString('utf8');
}

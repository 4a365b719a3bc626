import { createHash } from 'node:crypto';

import type { Store } from '../storage/store';

/** What was asked and of whom, and the how-manieth answer to it is meant. */
export interface ContentKey {
  readonly requestHash: string;
  readonly sample: number;
  /** Whether the simulator answered: runs of both kinds may share a store, and a made-up answer must never reach a real run. */
  readonly simulated: boolean;
}

function keyOf({ requestHash, sample, simulated }: ContentKey): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([requestHash, sample, simulated]))
    .digest('hex');
  return `content/${hash.slice(0, 2)}/${hash}`;
}

/**
 * Makes an accepted answer findable by what was asked, for a later run with `reuse`. Answers of calls that failed are not
 * offered: whoever runs those again wants another answer.
 */
export async function offerAnswer(store: Store, content: ContentKey, answerKey: string): Promise<void> {
  // A hint, not a promise: losing it to a power cut costs a later run one call.
  await store.copy(answerKey, keyOf(content));
}

/** Store key of an earlier answer to the same request; undefined when there is none. */
export async function findAnswer(store: Store, content: ContentKey): Promise<string | undefined> {
  const key = keyOf(content);
  return (await store.get(key)) === undefined ? undefined : key;
}

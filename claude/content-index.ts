import { createHash } from 'node:crypto';

import type { Store } from '../storage/store';

/** What was asked and of whom, and the how-manieth answer to it is meant. */
export interface ContentKey {
  readonly requestHash: string;
  readonly sample: number;
  /** Whether the simulator answered: runs of both kinds may share a store, and a made-up answer must never reach a real run. */
  readonly simulated: boolean;
}

const hashOf = ({ requestHash, sample, simulated }: ContentKey): string =>
  createHash('sha256')
    .update(JSON.stringify([requestHash, sample, simulated]))
    .digest('hex');

/** Few folders, for making one costs more than an entry does. */
const keyOf = (hash: string): string => `content/${hash.slice(0, 1)}/${hash}`;
/** Where stores that were begun earlier have it. */
const olderKeyOf = (hash: string): string => `content/${hash.slice(0, 2)}/${hash}`;

/**
 * Makes an accepted answer findable by what was asked, for a later run with `reuse`. Answers of calls that failed are not
 * offered: whoever runs those again wants another answer.
 */
export async function offerAnswer(store: Store, content: ContentKey, answerKey: string): Promise<void> {
  // A hint, not a promise: losing it to a power cut costs a later run one call.
  await store.copy(answerKey, keyOf(hashOf(content)));
}

/**
 * The same for an answer that nobody waits for any more, because its run was cancelled: a later run may find it and is the first to
 * look at it. It never takes the place of one that was accepted.
 */
export async function offerUnread(store: Store, content: ContentKey, answerKey: string): Promise<void> {
  if ((await findAnswer(store, content)) === undefined) await offerAnswer(store, content, answerKey);
}

/** Store key of an earlier answer to the same request; undefined when there is none. */
export async function findAnswer(store: Store, content: ContentKey): Promise<string | undefined> {
  const hash = hashOf(content);
  for (const key of [keyOf(hash), olderKeyOf(hash)]) if ((await store.get(key)) !== undefined) return key;
  return undefined;
}

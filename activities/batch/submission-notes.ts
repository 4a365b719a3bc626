import { getJson } from '../../storage/json';
import type { Store } from '../../storage/store';

/** Batches that were made later come after it. */
export interface Fence {
  /** Epoch milliseconds, by the clock of the API: that of a worker may be wrong. */
  readonly createdAt: number;
  /** Absent: none was there, or it could not be seen. */
  readonly batchId?: string;
}

/** A batch is about to be sent, or was: only `writeSent` says that it was. */
export interface Sending {
  /** What was there before the first attempt. */
  readonly after: Fence;
  /** Requests in its attempts. */
  readonly counts: readonly number[];
  /** Whether it went to the simulator. Absent in older notes. */
  readonly simulated?: boolean;
}

const DAY_MS = 86_400_000;

export async function readSending(store: Store, key: string): Promise<Sending | undefined> {
  // Written by `writeSending`; older ones have the time of their worker's clock.
  const note = (await getJson(store, sendingKey(key))) as (Sending & { readonly at?: number }) | undefined;
  return note && { ...note, after: note.after ?? { createdAt: (note.at ?? DAY_MS) - DAY_MS } };
}

export async function writeSending(store: Store, key: string, sending: Sending): Promise<void> {
  await store.put(sendingKey(key), Buffer.from(JSON.stringify(sending)));
}

/** It was certainly not sent. */
export async function forgetSending(store: Store, key: string): Promise<void> {
  await store.delete(sendingKey(key));
}

/** Id of the batch that a submission has become. */
export async function readSent(store: Store, key: string): Promise<string | undefined> {
  const sent = (await getJson(store, sentKey(key))) as { batchId: string } | undefined; // written by `writeSent`
  return sent?.batchId;
}

export async function writeSent(store: Store, key: string, batchId: string): Promise<void> {
  await store.put(sentKey(key), Buffer.from(JSON.stringify({ batchId })));
}

/** Ids of the batches that are known to be on their way. */
export async function sentBatches(store: Store): Promise<Set<string>> {
  const known = new Set<string>();
  for (const key of await store.list(SENT_FOLDER)) {
    const sent = (await getJson(store, key)) as { batchId: string } | undefined; // written by `writeSent`
    if (sent !== undefined) known.add(sent.batchId);
  }
  return known;
}

/** The answers of a submission are in the journals. */
export async function forgetSubmission(store: Store, key: string): Promise<void> {
  await store.delete(sendingKey(key));
  await store.delete(sentKey(key));
}

const SENT_FOLDER = 'batch/sent';
const sentKey = (key: string): string => `${SENT_FOLDER}/${key}.json`;
const sendingKey = (key: string): string => `batch/sending/${key}.json`;

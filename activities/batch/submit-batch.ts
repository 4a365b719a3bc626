import { Context } from '@temporalio/activity';

import { batchesSince, createBatch } from '../../claude/batches';
import { readTicket, type TicketRecord } from '../../claude/batch-tickets';
import { isAnswered } from '../../claude/journal';
import type { Submission } from '../../common/batch';
import type { Store } from '../../storage/store';
import type { ActivityDeps } from '../deps';
import { batchFailure } from './claude-failure';

export interface SubmitBatchInput {
  /** Names the submission in all its attempts. */
  readonly key: string;
  readonly tickets: readonly string[];
  /** None of the batches that could have been it was: send them again. @default false */
  readonly sure?: boolean;
}

/** Clocks of two machines may differ by so much. */
const CLOCK_SLACK_MS = 60_000;

interface Sending {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly count: number;
}

/**
 * Sends tickets as one Message Batch. Creating one cannot be repeated safely and a batch cannot be marked, so it is written
 * down before that something will be sent: an attempt that finds such a note without an end does not send, it looks for the
 * batch. A failure that leaves open whether Claude took it keeps the note.
 */
export async function submitBatch(deps: ActivityDeps, { key, tickets, sure = false }: SubmitBatchInput): Promise<Submission> {
  const { store } = deps;
  const sent = (await readJson(store, sentKey(key))) as { batchId: string; count: number } | undefined; // written below
  if (sent !== undefined) return { kind: 'sent', ...sent };
  const sending = (await readJson(store, sendingKey(key))) as Sending | undefined; // written below
  if (sending !== undefined && !sure) {
    const candidates = await candidatesOf(deps, sending);
    if (candidates.length > 0) return { kind: 'unclear', candidates };
  }
  const records = await waitingOnes(store, tickets);
  if (records.length === 0) return { kind: 'nothing' };
  return send(deps, key, records);
}

async function send(deps: ActivityDeps, key: string, records: readonly TicketRecord[]): Promise<Submission> {
  const { store, claude, failpoints } = deps;
  const sending: Sending = { at: deps.now(), count: records.length };
  await store.put(sendingKey(key), Buffer.from(JSON.stringify(sending)));
  failpoints.hit('before-batch');
  try {
    const { batchId, count } = await createBatch(claude, records);
    failpoints.hit('after-batch');
    await store.put(sentKey(key), Buffer.from(JSON.stringify({ batchId, count })));
    return { kind: 'sent', batchId, count };
  } catch (thrown) {
    const { meaning, error } = batchFailure(deps, `send a batch of ${records.length} requests`, thrown);
    if (meaning.paid === 'no') await store.delete(sendingKey(key));
    throw error;
  }
}

/** Those that nobody has answered or taken back meanwhile. */
async function waitingOnes(store: Store, tickets: readonly string[]): Promise<TicketRecord[]> {
  const records: TicketRecord[] = [];
  for (const ticket of tickets) {
    const record = await readTicket(store, ticket);
    if (record !== undefined && !(await isAnswered(store, record.path, record.intent))) records.push(record);
    if (records.length % 500 === 0) Context.current().heartbeat();
  }
  return records;
}

/** Batches of the same size, made since, that no other submission has. */
async function candidatesOf({ claude, store }: ActivityDeps, { at, count }: Sending): Promise<string[]> {
  const since = (await batchesSince(claude, at - CLOCK_SLACK_MS)).filter((batch) => batch.count === count);
  const known = new Set<string>();
  for (const key of since.length === 0 ? [] : await store.list(SENT_FOLDER)) {
    const sent = (await readJson(store, key)) as { batchId?: string } | undefined; // written by `send`
    if (sent?.batchId !== undefined) known.add(sent.batchId);
  }
  return since.map(({ batchId }) => batchId).filter((batchId) => !known.has(batchId));
}

/** Notes that a submission turned out to be this batch. */
export async function noteSent(store: Store, key: string, batch: { readonly batchId: string; readonly count: number }): Promise<void> {
  await store.put(sentKey(key), Buffer.from(JSON.stringify(batch)));
}

async function readJson(store: Store, key: string): Promise<unknown> {
  const bytes = await store.get(key);
  return bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'));
}

const SENT_FOLDER = 'batch/sent';
const sentKey = (key: string): string => `${SENT_FOLDER}/${key}.json`;
const sendingKey = (key: string): string => `batch/sending/${key}.json`;

import { posix } from 'node:path';

import type { CallSpend, SettledSpend } from '../common/ledger';
import { addUsage, NO_USAGE } from '../common/pricing';
import { getWholeJson } from '../storage/json';
import type { Store } from '../storage/store';
import { parseRecordKey, type AnswerRecord, type RecordName, type ReusedRecord, type WorstCase } from './journal-records';

/** An answer as the call uses it. */
export interface JournaledAnswer extends AnswerRecord {
  /** Store key of the answer. */
  readonly key: string;
  /** True when an earlier run had paid for it. */
  readonly reused: boolean;
}

/** An intent that is still open: it awaits its answer or is voided. */
export interface OpenIntent extends WorstCase {
  readonly turn: number;
  readonly id: string;
  readonly key: string;
}

/** What is known of a call's records. An intent and its answer share an id. */
export interface JournalState {
  readonly store: Store;
  /** What the keys of the call's records begin with; with a slash at the end, those of a whole run. */
  readonly path: string;
  readonly intents: Map<string, OpenIntent>;
  readonly answers: Map<string, JournaledAnswer>;
  /** Keys that were read or written. */
  readonly known: Set<string>;
}

/** Reads what the store has and the state does not, and forgets the intents that were voided meanwhile. */
export async function refreshState(state: JournalState): Promise<void> {
  const ofRun = state.path.endsWith('/');
  const start = ofRun ? state.path : `${state.path}.`;
  const inFolder = await state.store.list(ofRun ? state.path.slice(0, -1) : posix.dirname(state.path));
  const listed = inFolder.filter((key) => key.startsWith(start));
  for (const key of listed) {
    const name = state.known.has(key) ? undefined : parseRecordKey(key);
    if (name !== undefined) await load(state, key, name);
  }
  for (const { id, key } of state.intents.values()) {
    if (!listed.includes(key)) state.intents.delete(id);
  }
}

async function load(state: JournalState, key: string, name: RecordName): Promise<void> {
  const { id, kind, turn } = name;
  // An intent's name says all that counts, so it counts whatever a power cut has left of its content.
  if (kind === 'intent') state.intents.set(id, { turn, id, key, worstPico: name.worstPico, worstTokens: name.worstTokens });
  const record = kind === 'answer' || kind === 'reused' ? await read(state.store, key) : undefined;
  state.known.add(key);
  if (record === undefined) return;
  if (kind === 'answer') state.answers.set(id, { ...(record as AnswerRecord), key, reused: false });
  if (kind === 'reused') await loadReused(state, id, record as ReusedRecord);
}

/** Takes in an answer of another run; undefined when the store no longer has it. */
export async function loadReused(state: JournalState, id: string, { turn, answer }: ReusedRecord): Promise<JournaledAnswer | undefined> {
  const record = (await read(state.store, answer)) as AnswerRecord | undefined;
  if (record === undefined) return undefined;
  const adopted = { ...record, turn, key: answer, reused: true };
  state.answers.set(id, adopted);
  return adopted;
}

/**
 * What it returns is durable, as another attempt may be writing it at this moment and nothing may look at an answer before.
 * Undefined also for what a power cut left of a record that was not yet durable: nobody has relied on it.
 */
const read = (store: Store, key: string): Promise<unknown> => getWholeJson(store, key, { durable: true });

/** The earliest answer to a turn: what a later attempt goes on with must not change. */
export function firstAnswer({ answers }: JournalState, turn: number): JournaledAnswer | undefined {
  let first: JournaledAnswer | undefined;
  for (const answer of answers.values()) {
    if (answer.turn === turn && (first === undefined || isBefore(answer, first))) first = answer;
  }
  return first;
}

function isBefore(a: JournaledAnswer, b: JournaledAnswer): boolean {
  return a.answeredAt === b.answeredAt ? a.key < b.key : a.answeredAt < b.answeredAt;
}

export function spendOf({ intents, answers }: JournalState): CallSpend {
  const settled = new Map<string, SettledSpend>();
  for (const { message, usage, costPico, reused } of answers.values()) {
    if (reused) continue;
    const so = settled.get(message.model) ?? { model: message.model, requests: 0, usage: NO_USAGE, costPico: 0 };
    const next = { requests: so.requests + 1, usage: addUsage(so.usage, usage), costPico: so.costPico + (costPico ?? 0) };
    settled.set(message.model, { model: message.model, ...next });
  }
  const open = [...intents.values()].filter((intent) => !answers.has(intent.id));
  return {
    settled: [...settled.values()],
    uncertainPico: open.reduce((sum, intent) => sum + intent.worstPico, 0),
    uncertainTokens: open.reduce((sum, intent) => sum + intent.worstTokens, 0),
    uncertainRequests: open.length,
  };
}

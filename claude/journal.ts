import { createHash, randomBytes } from 'node:crypto';

import type { CallSpend, SettledSpend } from '../common/ledger';
import { addUsage, NO_USAGE } from '../common/pricing';
import type { Store } from '../storage/store';
import {
  parseRecordKey,
  recordKey,
  type AnswerRecord,
  type IntentRecord,
  type RecordName,
  type ReusedRecord,
} from './journal-records';
import type { RenderedRequest } from './request';

/** What a call is known by, in every attempt and after a reset. */
export interface CallKey {
  readonly namespace: string;
  readonly workflowId: string;
  readonly firstRunId: string;
  readonly step: string;
  readonly generation: number;
}

/** An answer as the call uses it. */
export interface JournaledAnswer extends AnswerRecord {
  /** Store key of the answer. */
  readonly key: string;
  /** True when an earlier run had paid for it. */
  readonly reused: boolean;
}

/** An intent that is still open: it awaits its answer or is voided. */
export interface OpenIntent extends IntentRecord {
  readonly id: string;
}

/** All that the store knows of one call. */
export interface CallJournal {
  /** The first answer to a turn; a second one, of an attempt that was thought dead, only costs. */
  answerTo(turn: number): JournaledAnswer | undefined;
  /** Everything spent so far, by all attempts. */
  spend(): CallSpend;
  /** Reads what other attempts have written meanwhile. */
  refresh(): Promise<void>;
  /** Written before sending. Survives the death of the process, and costs no fsync. */
  intend(intent: IntentRecord): Promise<OpenIntent>;
  /** The request was certainly not charged. */
  void(intent: OpenIntent): Promise<void>;
  /** Resolves when the answer survives a power cut; nothing may look at the answer before. */
  answered(intent: OpenIntent, request: RenderedRequest, answer: Omit<AnswerRecord, 'request' | 'turn'>): Promise<JournaledAnswer>;
  /** Uses an earlier run's answer, also for every later attempt. */
  adopt(turn: number, answerKey: string): Promise<JournaledAnswer | undefined>;
  /** Keeps why an answer was not accepted, next to it. */
  reject(answer: JournaledAnswer, reasons: readonly string[]): Promise<void>;
}

/** Folder of a call: below its run's, with the step readable for whoever looks inside. */
export function folderOf(key: CallKey): string {
  const run = sha256(JSON.stringify([key.namespace, key.workflowId, key.firstRunId])).slice(0, 32);
  const step = sha256(JSON.stringify([key.step, key.generation])).slice(0, 16);
  const readable = key.step.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(0, 60);
  return `calls/${run.slice(0, 2)}/${run}/${readable}-${step}`;
}

/** Opens the journal of a call; one look into a folder when the call is new. */
export async function openCall(store: Store, key: CallKey): Promise<CallJournal> {
  const folder = folderOf(key);
  const intents = new Map<string, OpenIntent>();
  const answers = new Map<string, JournaledAnswer>();
  const known = new Set<string>();

  async function refresh(): Promise<void> {
    for (const path of await store.list(folder)) {
      const name = parseRecordKey(path);
      if (name === undefined || known.has(path)) continue;
      await load(path, name);
    }
  }

  async function load(path: string, { id, kind }: RecordName): Promise<void> {
    // A voided intent may vanish between the listing and the reading.
    const record = kind === 'rejected' ? undefined : await read(store, path);
    known.add(path);
    if (record === undefined) return;
    if (kind === 'intent') intents.set(id, { ...(record as IntentRecord), id });
    if (kind === 'answer') answers.set(id, { ...(record as AnswerRecord), key: path, reused: false });
    if (kind === 'reused') await loadReused(id, record as ReusedRecord);
  }

  async function loadReused(id: string, { turn, answer }: ReusedRecord): Promise<JournaledAnswer | undefined> {
    const record = (await read(store, answer)) as AnswerRecord | undefined;
    if (record === undefined) return undefined;
    const adopted = { ...record, turn, key: answer, reused: true };
    answers.set(id, adopted);
    return adopted;
  }

  async function write(name: RecordName, json: string, durable: boolean): Promise<string> {
    const path = recordKey(folder, name);
    await store.put(path, Buffer.from(json), { durable });
    known.add(path);
    return path;
  }

  await refresh();
  return {
    refresh,
    answerTo: (turn) => firstAnswer(answers, turn),
    spend: () => spendOf([...answers.values()].filter((answer) => !answer.reused), openIntents(intents, answers)),
    async intend(intent) {
      const open = { ...intent, id: randomBytes(6).toString('hex') };
      await write({ turn: intent.turn, id: open.id, kind: 'intent' }, JSON.stringify(intent), false);
      intents.set(open.id, open);
      return open;
    },
    async void(intent) {
      await store.delete(recordKey(folder, { turn: intent.turn, id: intent.id, kind: 'intent' }));
      intents.delete(intent.id);
    },
    async answered({ turn, id }, request, answer) {
      const { message, ...facts } = answer;
      // The request is already JSON: splicing it in saves serializing the prompt twice.
      const head = JSON.stringify({ turn, ...facts }).slice(0, -1);
      const json = `${head},"request":${request.canonical},"message":${JSON.stringify(message)}}`;
      const key = await write({ turn, id, kind: 'answer' }, json, true);
      const journaled = { turn, ...facts, request: request.params, message, key, reused: false };
      answers.set(id, journaled);
      return journaled;
    },
    async adopt(turn, answerKey) {
      const id = randomBytes(6).toString('hex');
      const adopted = await loadReused(id, { turn, answer: answerKey });
      if (adopted !== undefined) await write({ turn, id, kind: 'reused' }, JSON.stringify({ turn, answer: answerKey }), false);
      return adopted;
    },
    async reject(answer, reasons) {
      const id = sha256(answer.key).slice(0, 12);
      const record = { turn: answer.turn, stopReason: answer.message.stop_reason, reasons };
      await write({ turn: answer.turn, id, kind: 'rejected' }, JSON.stringify(record), false);
    },
  };
}

async function read(store: Store, key: string): Promise<unknown> {
  const bytes = await store.get(key);
  return bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'));
}

function firstAnswer(answers: ReadonlyMap<string, JournaledAnswer>, turn: number): JournaledAnswer | undefined {
  let first: JournaledAnswer | undefined;
  for (const answer of answers.values()) {
    if (answer.turn !== turn) continue;
    const earlier = first === undefined || answer.answeredAt < first.answeredAt;
    if (earlier || (answer.answeredAt === first?.answeredAt && answer.key < first.key)) first = answer;
  }
  return first;
}

function openIntents(intents: ReadonlyMap<string, OpenIntent>, answers: ReadonlyMap<string, unknown>): OpenIntent[] {
  return [...intents.values()].filter((intent) => !answers.has(intent.id));
}

function spendOf(answers: readonly JournaledAnswer[], open: readonly OpenIntent[]): CallSpend {
  const settled = new Map<string, SettledSpend>();
  for (const { message, usage, costPico } of answers) {
    const so = settled.get(message.model) ?? { model: message.model, requests: 0, usage: NO_USAGE, costPico: 0 };
    const next = { requests: so.requests + 1, usage: addUsage(so.usage, usage), costPico: so.costPico + (costPico ?? 0) };
    settled.set(message.model, { model: message.model, ...next });
  }
  return {
    settled: [...settled.values()],
    uncertainPico: open.reduce((sum, intent) => sum + intent.worstPico, 0),
    uncertainTokens: open.reduce((sum, intent) => sum + intent.worstTokens, 0),
    uncertainRequests: open.length,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

import { createHash, randomUUID } from 'node:crypto';

import type { CallSpend } from '../common/ledger';
import type { Store } from '../storage/store';
import { recordKey, type AnswerRecord, type IntentRecord, type RecordName } from './journal-records';
import { firstAnswer, loadReused, refreshState, spendOf, type JournaledAnswer, type JournalState, type OpenIntent } from './journal-state';
import type { RenderedRequest } from './request';

/** What a run is known by, also after a reset. */
export interface RunKey {
  readonly namespace: string;
  readonly workflowId: string;
  readonly firstRunId: string;
}

/** What a call is known by, in every attempt and after a reset. */
export interface CallKey extends RunKey {
  readonly step: string;
  readonly generation: number;
}

/** All that the store knows of one call. */
export interface CallJournal {
  /** The first answer to a turn; a second one, of an attempt that was thought dead, only costs. */
  answerTo(turn: number): JournaledAnswer | undefined;
  /** Everything spent so far, by all attempts. */
  spend(): CallSpend;
  /** Reads what other attempts have written meanwhile. */
  refresh(): Promise<void>;
  /**
   * Written before sending. Survives the death of the process, and costs no fsync.
   * @param id Twelve hexadecimal digits: written again it stays one intent. @default a new one
   */
  intend(intent: IntentRecord, id?: string): Promise<OpenIntent>;
  /** The request was certainly not charged. */
  void(intent: OpenIntent): Promise<void>;
  /** Resolves when the answer survives a power cut; nothing may look at the answer before. */
  answered(intent: OpenIntent, request: RenderedRequest, answer: Omit<AnswerRecord, 'request' | 'turn'>): Promise<JournaledAnswer>;
  /** Uses an earlier run's answer, also for every later attempt. */
  adopt(turn: number, answerKey: string): Promise<JournaledAnswer | undefined>;
  /** Keeps why an answer was not accepted, next to it. */
  reject(answer: JournaledAnswer, reasons: readonly string[]): Promise<void>;
}

/**
 * Where the records of a call begin: in the folder of its run, with the step readable for whoever looks inside. One folder
 * for all calls, because on a local disk making a folder costs more than writing into one.
 */
export function pathOf(key: CallKey): string {
  const step = sha256(JSON.stringify([key.step, key.generation])).slice(0, 16);
  const readable = key.step.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(0, 60);
  return `${folderOf(key)}/${readable}-${step}`;
}

function folderOf({ namespace, workflowId, firstRunId }: RunKey): string {
  const run = sha256(JSON.stringify([namespace, workflowId, firstRunId])).slice(0, 32);
  return `calls/${run.slice(0, 2)}/${run}`;
}

/** What all calls of a run have spent together; its children have journals of their own. */
export async function spendOfRun(store: Store, key: RunKey): Promise<CallSpend> {
  const state: JournalState = { store, path: `${folderOf(key)}/`, intents: new Map(), answers: new Map(), known: new Set() };
  await refreshState(state);
  return spendOf(state);
}

/** Opens the journal of a call; one look into the run's folder when the call is new. */
export async function openCall(store: Store, key: CallKey): Promise<CallJournal> {
  const state: JournalState = { store, path: pathOf(key), intents: new Map(), answers: new Map(), known: new Set() };
  await refreshState(state);
  return {
    answerTo: (turn) => firstAnswer(state, turn),
    spend: () => spendOf(state),
    refresh: () => refreshState(state),
    async intend(intent, id = newId()) {
      const { turn, worstPico, worstTokens } = intent;
      const name = { turn, id, kind: 'intent', worstPico, worstTokens } as const;
      const key = await write(state, name, { json: JSON.stringify(intent), durable: false });
      const open = { turn, id, key, worstPico, worstTokens };
      state.intents.set(id, open);
      return open;
    },
    async void(intent) {
      await store.delete(intent.key);
      state.intents.delete(intent.id);
    },
    answered: (intent, request, answer) => writeAnswer(state, intent, { request, answer }),
    async adopt(turn, answerKey) {
      const id = newId();
      const record = { turn, answer: answerKey };
      const adopted = await loadReused(state, id, record);
      if (adopted !== undefined) await write(state, { turn, id, kind: 'reused' }, { json: JSON.stringify(record), durable: false });
      return adopted;
    },
    async reject({ key: answerKey, turn, message }, reasons) {
      const record = { turn, stopReason: message.stop_reason, reasons };
      const name = { turn, id: sha256(answerKey).slice(0, 12), kind: 'rejected' } as const;
      await write(state, name, { json: JSON.stringify(record), durable: false });
    },
  };
}

/**
 * Keeps the answer to an intent that another process has written, once; a later answer to the same intent is left out.
 * @param path See `pathOf`.
 * @returns store key of the answer that is kept
 */
export async function answerIntent(
  store: Store,
  path: string,
  { intent, ...answered }: Answered & { readonly intent: OpenIntent },
): Promise<string> {
  const { turn, id } = intent;
  const known = recordKey(path, { turn, id, kind: 'answer' });
  if ((await store.get(known)) !== undefined) return known;
  const { key } = await writeAnswer({ store, path, intents: new Map(), answers: new Map(), known: new Set() }, intent, answered);
  return key;
}

/** Whether an intent has its answer. @param path See `pathOf`. */
export async function isAnswered(store: Store, path: string, { turn, id }: Pick<OpenIntent, 'turn' | 'id'>): Promise<boolean> {
  return (await store.get(recordKey(path, { turn, id, kind: 'answer' }))) !== undefined;
}

interface Answered {
  readonly request: KeptRequest;
  readonly answer: Omit<AnswerRecord, 'request' | 'turn'>;
}

/** The part of a request that goes into the journal. */
export type KeptRequest = Pick<RenderedRequest, 'params' | 'canonical' | 'kept'>;

async function writeAnswer(state: JournalState, { turn, id }: OpenIntent, { request, answer }: Answered): Promise<JournaledAnswer> {
  const { message, ...facts } = answer;
  // The request is already JSON: splicing it in saves serializing the prompt twice.
  const head = JSON.stringify({ turn, ...facts }).slice(0, -1);
  const json = `${head},"request":${request.kept ?? request.canonical},"message":${JSON.stringify(message)}}`;
  const key = await write(state, { turn, id, kind: 'answer' }, { json, durable: true });
  const journaled = { turn, ...facts, request: request.params, message, key, reused: false };
  state.answers.set(id, journaled);
  return journaled;
}

interface Content {
  readonly json: string;
  readonly durable: boolean;
}

async function write({ store, path, known }: JournalState, name: RecordName, { json, durable }: Content): Promise<string> {
  const key = recordKey(path, name);
  await store.put(key, Buffer.from(json), { durable });
  known.add(key);
  return key;
}

const newId = (): string => randomUUID().replaceAll('-', '').slice(0, 12);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

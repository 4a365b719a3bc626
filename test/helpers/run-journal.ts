import path from 'node:path';

import { pathOf } from '../../claude/journal';
import { parseRecordKey, type AnswerRecord, type IntentRecord } from '../../claude/journal-records';
import type { Store } from '../../storage/store';

/** One run, as the journal and the bill know it. */
export interface RunKey {
  readonly namespace: string;
  readonly workflowId: string;
  readonly firstRunId: string;
}

/** A record of the journal with the turn that it belongs to; `id` is what an intent and its answer have in common. */
export type OfTurn<Record> = Record & { readonly turnKey: string; readonly id: string };

/** What the store holds of a run, read straight from its files. */
export interface RunJournal {
  readonly answers: ReadonlyArray<OfTurn<AnswerRecord>>;
  /** Requests that were sent, or about to be, and have no answer. */
  readonly open: ReadonlyArray<OfTurn<IntentRecord>>;
}

/** Names one model turn of one call: the same for its records in the journal and for its requests on the bill. */
export function turnKeyOf(run: RunKey, step: string, turn: number): string {
  return `${pathOf({ ...run, step, generation: 0 })}:${turn}`;
}

export async function readRunJournal(store: Store, run: RunKey): Promise<RunJournal> {
  const folder = path.posix.dirname(pathOf({ ...run, step: '', generation: 0 }));
  const answers = new Map<string, OfTurn<AnswerRecord>>();
  const intents = new Map<string, OfTurn<IntentRecord>>();
  for (const file of await store.list(folder)) {
    const name = parseRecordKey(file);
    if (name?.kind !== 'answer' && name?.kind !== 'intent') continue;
    const bytes = await store.get(file);
    if (bytes === undefined) continue;
    const turnKey = `${name.call}:${name.turn}`;
    const place = { turnKey, id: name.id };
    const key = `${turnKey}.${name.id}`;
    const record: unknown = JSON.parse(bytes.toString('utf8'));
    // The journal wrote it.
    if (name.kind === 'answer') answers.set(key, { ...(record as AnswerRecord), ...place });
    else intents.set(key, { ...(record as IntentRecord), ...place });
  }
  const open = [...intents].filter(([key]) => !answers.has(key)).map(([, intent]) => intent);
  return { answers: [...answers.values()], open };
}

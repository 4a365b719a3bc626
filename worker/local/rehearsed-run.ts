import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import type { Client, WorkflowHandle } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';

import { applicationFailureOf } from '../../common/failures';
import type { LedgerView } from '../../common/ledger';
import { blackboardQuery, ledgerQuery, progressQuery, reviewUpdate } from '../../common/messages';
import type { RunOutcome } from '../../common/run';

/** What a run came to that only served to see what it asks. */
export interface RehearsedRun {
  readonly ledger: LedgerView;
  /** `unfinished`: it took too long, or waits for what nobody here can answer. */
  readonly end: 'completed' | 'failed' | 'unfinished';
  /** Why it did not complete. */
  readonly reason: string | null;
}

/** Most runs are over by then, and so is the look at their gates. */
const FIRST_LOOK_MS = 400;
const LOOK_EVERY_MS = 200;
const LIMIT_MS = 45_000;
/** A worker answers in milliseconds. */
const BRIEFLY_MS = 3_000;

/** Waits for the end of a run and passes its gates meanwhile. @param signal Ends the wait; nothing is asked any more then */
export async function endOf(client: Client, handle: WorkflowHandle, signal?: AbortSignal): Promise<RehearsedRun> {
  // What is open when the connection closes would be tried again on the closed one, which nobody can catch.
  const over = new AbortController();
  const ending = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  // Every request of the client adds one, and on a busy machine there are many: no leak to warn of, they end with the run.
  setMaxListeners(Infinity, ending);
  try {
    return await client.withAbortSignal(ending, () => followed({ client, handle, over: ending }));
  } finally {
    over.abort();
  }
}

/** A run, and who looks at it. */
interface Followed {
  readonly client: Client;
  readonly handle: WorkflowHandle;
  readonly over: AbortSignal;
}

async function followed(run: Followed): Promise<RehearsedRun> {
  const unfinished = async (reason: string): Promise<RehearsedRun> => ({ ledger: await ask(run, ledgerQuery), end: 'unfinished', reason });
  const ended = run.handle.result().then(
    (outcome): RehearsedRun => ({ ledger: (outcome as RunOutcome).ledger, end: 'completed', reason: null }), // what every Workflow Type returns
    async (error: unknown): Promise<RehearsedRun> => {
      const [ledger, { errors }] = await Promise.all([ask(run, ledgerQuery), ask(run, blackboardQuery)]);
      const why = applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
      // The first step that failed says more than what it brought down.
      return { ledger, end: 'failed', reason: errors[0]?.message ?? why };
    },
  );
  const look = async (waitMs: number): Promise<string | undefined> => {
    await delay(waitMs, undefined, { ref: false });
    // It may end at any moment, and is not asked then.
    return passGates(run).catch(() => undefined);
  };
  const limit = Date.now() + LIMIT_MS;
  // A look at a worker that does not answer takes longer than that.
  const late = delay(LIMIT_MS, undefined, { ref: false });
  for (let waitMs = FIRST_LOOK_MS; Date.now() < limit; waitMs = LOOK_EVERY_MS) {
    const seen = await Promise.race([ended, look(waitMs), late]);
    if (typeof seen === 'string') return unfinished(seen);
    if (seen !== undefined) return seen;
  }
  return unfinished(`it took longer than ${LIMIT_MS / 1_000} s`);
}

/** The first two tries are brief: a query can get lost on its way to a worker. A busy worker may take longer than the server waits. */
const TRIES_MS = [BRIEFLY_MS, BRIEFLY_MS, LIMIT_MS, LIMIT_MS];

async function ask<Answer>({ client, handle, over }: Followed, query: QueryDefinition<Answer, []>): Promise<Answer> {
  let failed: unknown;
  for (const tryMs of TRIES_MS) {
    over.throwIfAborted();
    try {
      return await client.withDeadline(Date.now() + tryMs, () => handle.query(query));
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}

/** Passes what waits for a person, in the run or in rows of it; returns why that is not possible. */
async function passGates(run: Followed): Promise<string | undefined> {
  const { status, reviews = [], job } = await ask(run, progressQuery);
  for (const id of job?.toReview ?? []) await passGates({ ...run, handle: run.client.workflow.getHandle(id) });
  if (status !== 'waiting') return undefined;
  for (const { name } of reviews) {
    const passed = (await answer(run.handle, name, 'approve')) || (await answer(run.handle, name, 'reject'));
    if (!passed) return `it waits for a person at "${name}"`;
  }
  return undefined;
}

const answer = (handle: WorkflowHandle, gate: string, decision: 'approve' | 'reject'): Promise<boolean> =>
  handle.executeUpdate(reviewUpdate, { args: [{ gate, decision, reason: 'a rehearsal', by: 'rehearsal' }] }).then(
    () => true,
    () => false,
  );

import { setTimeout as delay } from 'node:timers/promises';

import type { Client, WorkflowHandle } from '@temporalio/client';

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

/** Waits for the end of a run and passes its gates meanwhile. */
export async function endOf(client: Client, handle: WorkflowHandle): Promise<RehearsedRun> {
  const unfinished = async (reason: string): Promise<RehearsedRun> => ({
    ledger: await handle.query(ledgerQuery),
    end: 'unfinished',
    reason,
  });
  const ended = handle.result().then(
    (outcome): RehearsedRun => ({ ledger: (outcome as RunOutcome).ledger, end: 'completed', reason: null }), // what every Workflow Type returns
    async (error: unknown): Promise<RehearsedRun> => {
      const [ledger, { errors }] = await Promise.all([handle.query(ledgerQuery), handle.query(blackboardQuery)]);
      const why = applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
      // The first step that failed says more than what it brought down.
      return { ledger, end: 'failed', reason: errors[0]?.message ?? why };
    },
  );
  const look = async (waitMs: number): Promise<string | undefined> => {
    await delay(waitMs, undefined, { ref: false });
    // It may end at any moment, and is not asked then.
    return passGates(client, handle).catch(() => undefined);
  };
  const limit = Date.now() + LIMIT_MS;
  for (let waitMs = FIRST_LOOK_MS; Date.now() < limit; waitMs = LOOK_EVERY_MS) {
    const run = await Promise.race([ended, look(waitMs)]);
    if (typeof run === 'string') return unfinished(run);
    if (run !== undefined) return run;
  }
  return unfinished(`it took longer than ${LIMIT_MS / 1_000} s`);
}

/** Passes what waits for a person, in the run or in rows of it; returns why that is not possible. */
async function passGates(client: Client, handle: WorkflowHandle): Promise<string | undefined> {
  const { status, reviews = [], job } = await handle.query(progressQuery);
  for (const id of job?.toReview ?? []) await passGates(client, client.workflow.getHandle(id));
  if (status !== 'waiting') return undefined;
  for (const { name } of reviews) {
    const passed = (await answer(handle, name, 'approve')) || (await answer(handle, name, 'reject'));
    if (!passed) return `it waits for a person at "${name}"`;
  }
  return undefined;
}

const answer = (handle: WorkflowHandle, gate: string, decision: 'approve' | 'reject'): Promise<boolean> =>
  handle.executeUpdate(reviewUpdate, { args: [{ gate, decision, reason: 'a rehearsal', by: 'rehearsal' }] }).then(
    () => true,
    () => false,
  );

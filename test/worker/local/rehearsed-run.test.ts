import { getMaxListeners } from 'node:events';

import type { Client, WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

import { EMPTY_LEDGER, viewLedger } from '../../../common/ledger';
import { endOf } from '../../../worker/local/rehearsed-run';

const ANSWERS: Readonly<Record<string, unknown>> = {
  ledger: viewLedger(EMPTY_LEDGER),
  blackboard: { artifacts: [], steps: [], degraded: [], errors: [{ message: 'the topic is missing' }] },
};

interface Asked {
  readonly client: Client;
  readonly handle: WorkflowHandle;
  /** Names of the queries in their order. */
  readonly queries: string[];
  /** Under which it was asked. */
  readonly signals: AbortSignal[];
}

/** A run that has failed; the first `lost` queries of each name get no answer before the time that their asker gives them. */
function failedRun(lost: number): Asked {
  const queries: string[] = [];
  const signals: AbortSignal[] = [];
  const handle = {
    result: () => Promise.reject(ApplicationFailure.nonRetryable('it failed')),
    query: ({ name }: { readonly name: string }) => {
      queries.push(name);
      return queries.filter((each) => each === name).length > lost ? Promise.resolve(ANSWERS[name]) : new Promise(() => undefined);
    },
  };
  const late = () => new Promise((_, reject) => setImmediate(reject, new Error('DEADLINE_EXCEEDED')));
  const client = {
    withDeadline: (_: number, ask: () => Promise<unknown>) => Promise.race([ask(), late()]),
    withAbortSignal: (signal: AbortSignal, ask: () => Promise<unknown>) => (signals.push(signal), ask()),
  };
  return { client: client as unknown as Client, handle: handle as unknown as WorkflowHandle, queries, signals }; // what endOf() uses of them
}

describe('endOf()', () => {
  test.each([0, 1, 2])('asks a run that has failed again when %d of its queries get lost', async (lost) => {
    const { client, handle, queries } = failedRun(lost);
    await expect(endOf(client, handle)).resolves.toEqual({ ledger: ANSWERS['ledger'], end: 'failed', reason: 'the topic is missing' });
    expect(queries.toSorted()).toEqual(['blackboard', 'ledger'].flatMap((name) => Array<string>(lost + 1).fill(name)));
  });

  test('lets a run be asked as often as need be, without a warning of listeners to whoever waits for an estimate', async () => {
    const { client, handle, signals } = failedRun(0);
    await endOf(client, handle);
    expect(signals.map((signal) => getMaxListeners(signal))).toEqual([Infinity]);
  });
});

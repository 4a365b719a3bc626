import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { readTicket } from '../../claude/batch-tickets';
import { answerIntent } from '../../claude/journal';
import type { CallContext, CallOutcome } from '../../common/call';
import { openFileStore } from '../../storage/file-store';
import type { Store } from '../../storage/store';
import { paceFor } from '../../activities/batch/pace';
import { closeRigs, rigFor } from './scripted-rig';

afterEach(closeRigs);

/** Never connects: the announcer of these tests has no use for it. */
const connection = Connection.lazy();
const client = new Client({ connection });
afterAll(() => connection.close());

/** What the collector does when the batch has ended. */
async function collect(store: Store, ticket: string, dropped: boolean): Promise<void> {
  const record = await readTicket(store, ticket);
  if (record === undefined) throw new Error('there is no ticket to answer');
  const { path, intent, model, requestHash, canonical } = record;
  const usage = { input_tokens: 7, output_tokens: 3, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = {
    id: 'm',
    model,
    role: 'assistant',
    type: 'message',
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: '{"said":"hello"}' }],
  };
  const answer = { model, requestHash, requestId: null, usage, costPico: 42, answeredAt: 1, message: message as never };
  await answerIntent(store, path, { intent, request: { params: JSON.parse(canonical) as never, canonical }, answer });
  if (dropped) await store.delete(`batch/tickets/${ticket.slice(0, 2)}/${ticket}.json`);
}

describe('callAgent() for a turn whose batch is collected while it looks', () => {
  it.each([
    ['in its batch', { lane: 'batch' }, false],
    ['out of its batch', { lane: 'interactive', queued: 'ticket' }, false],
    ['out of its batch, when its ticket is gone', { lane: 'interactive', queued: 'ticket' }, true],
  ] satisfies Array<[string, Partial<CallContext>, boolean]>)('takes the answer that is paid for, %s', async (_, context, dropped) => {
    const store = await openFileStore(mkdtempSync(join(tmpdir(), 'troupe-meanwhile-')));
    let ticket: string | undefined;
    // The journal has been read by the time the ticket is.
    const get = async (key: string) => {
      const collected = ticket !== undefined && key.startsWith('batch/tickets/') ? ticket : undefined;
      if (collected !== undefined) {
        ticket = undefined;
        await collect(store, collected, dropped);
      }
      return store.get(key);
    };
    const asked = jest.fn(() => ({ status: 400 }));
    const announcer = { pace: paceFor(true), announce: () => Promise.resolve() };
    const { rig } = await rigFor(asked, { store: { ...store, get }, announcer });
    const attempt = (partial: Partial<CallContext>): Promise<CallOutcome> =>
      new MockActivityEnvironment({}, { client, logger: new DefaultLogger('ERROR') }).run(
        rig.echo,
        { word: 'hello' },
        rig.context(partial),
      );
    const queued = await attempt({ lane: 'batch' });
    if (queued.kind !== 'queued') throw new Error('it was not queued');
    ticket = queued.ticket;
    expect(await attempt(context)).toMatchObject({
      kind: 'answered',
      output: { said: 'hello' },
      spend: { settled: [{ requests: 1, costPico: 42 }], uncertainRequests: 0 },
    });
    expect(asked).not.toHaveBeenCalled();
    rmSync(store.location, { recursive: true });
  });
});

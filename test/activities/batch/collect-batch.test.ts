import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { FailureType } from '../../../common/failures';
import { NO_SPEND } from '../../../common/ledger';
import { startActivityRig, type ActivityRig } from '../activity-rig';
import { closeRigs, failed, track } from '../scripted-rig';
import { attempt, spendOfTurn, waitingTurn } from './batch-rig';

afterEach(closeRigs);

const succeeded = {
  type: 'succeeded',
  message: {
    id: 'm',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-5-5',
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: '{"said":"hello"}' }],
    usage: { input_tokens: 100, output_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  },
};

/** A batch that has ended, with these lines of results: the first of the list at the first reading, and so on. */
async function rigWith(readings: readonly (readonly string[])[], count: number): Promise<ActivityRig> {
  let reading = 0;
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url?.endsWith('/results') === true) {
      response.writeHead(200, { 'content-type': 'application/x-jsonl' });
      response.end((readings[reading] ?? readings.at(-1) ?? []).map((line) => `${line}\n`).join(''));
      reading += 1;
      return;
    }
    const request_counts = { processing: 0, succeeded: count, errored: 0, canceled: 0, expired: 0 };
    const results_url = `http://127.0.0.1:${port}/v1/messages/batches/b/results`;
    const created_at = '2026-11-21T07:00:00Z';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'b', type: 'message_batch', processing_status: 'ended', request_counts, created_at, results_url }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  track({
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return track(await startActivityRig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

const line = (custom_id: string, result: object = succeeded): string => JSON.stringify({ custom_id, result });
const errored = (type: string): object => ({ type: 'errored', error: { type: 'error', error: { type, message: type }, request_id: null } });
const INPUT = { key: 'k', batchId: 'b' };

describe('collectBatch()', () => {
  it('reads results again that break off between two lines, or before the first, and keeps each answer once', async () => {
    const readings: string[][] = [];
    const rig = await rigWith(readings, 2);
    const tickets = [await waitingTurn(rig, 1), await waitingTurn(rig, 2)];
    const lines = tickets.map((ticket) => line(ticket));
    readings.push([], lines.slice(0, 1), [...lines].reverse());
    for (const expected of [tickets, undefined]) {
      const told: string[] = [];
      const error = await failed(attempt(rig, rig.activities.collectBatch, { input: { ...INPUT, ...(expected && { expected }) }, told }));
      expect(error.nonRetryable).not.toBe(true);
      expect(error.message).toMatch(/^Cannot take in the results of batch "b": the results break off after [01] of 2; /);
      expect(told).toEqual([]);
    }
    const told: string[] = [];
    expect(await attempt(rig, rig.activities.collectBatch, { input: INPUT, told })).toEqual({
      ours: true,
      answered: 2,
      failed: 0,
      open: 0,
    });
    expect(told.sort()).toEqual([...tickets].sort());
    for (const at of [1, 2]) expect(await spendOfTurn(rig, at)).toMatchObject({ settled: [{ requests: 1 }], uncertainRequests: 0 });
    expect(await rig.deps.store.list('batch')).toEqual([]);
  });

  it('leaves the answers alone that another store waits for', async () => {
    const readings: string[][] = [];
    const rig = await rigWith(readings, 1);
    const ticket = await waitingTurn(rig, 1);
    readings.push([line(ticket)]);
    const error = await failed(attempt(rig, rig.activities.collectBatch, { input: INPUT, storeId: 'another-store' }));
    expect(error).toMatchObject({ type: FailureType.StoreMismatch, nonRetryable: false });
    expect(error.message).toMatch(
      /^Cannot take in the results of batch "b": "troupe-collector-another-store" keeps its turns in another store than "/,
    );
    expect(await spendOfTurn(rig, 1)).toMatchObject({ settled: [], uncertainRequests: 1 });
  });

  it('takes results in any order and of every kind, known and unknown, twice and once', async () => {
    const readings: string[][] = [];
    const kinds = ['overloaded_error', 'api_error', 'rate_limit_error', 'timeout_error', 'authentication_error', 'not_found_error'];
    const rig = await rigWith(readings, kinds.length + 5);
    const tickets = await Promise.all(Array.from({ length: kinds.length + 4 }, (_, at) => waitingTurn(rig, at)));
    const [answered = '', refused = '', canceled = '', expired = '', ...others] = tickets;
    readings.push([
      ...others.map((ticket, at) => line(ticket, errored(kinds[at] ?? ''))),
      line('somebody-elses'),
      line(expired, { type: 'expired' }),
      line(answered),
      line(refused, errored('invalid_request_error')),
      line(answered),
      line(canceled, { type: 'canceled' }),
    ]);
    const told: string[] = [];
    await attempt(rig, rig.activities.collectBatch, { input: INPUT, told });
    expect([...new Set(told)].sort()).toEqual([...tickets].sort());
    expect(await spendOfTurn(rig, 0)).toMatchObject({ settled: [{ requests: 1 }], uncertainRequests: 0 });
    for (const at of tickets.keys()) if (at > 0) expect(await spendOfTurn(rig, at)).toEqual(NO_SPEND);
    expect(await rig.deps.store.list('batch')).toEqual([`batch/failed/${refused.slice(0, 2)}/${refused}.json`]);
  });
});

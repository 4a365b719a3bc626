import Anthropic from '@anthropic-ai/sdk';

import { errorOf, HOUR, idsOf, itemRecords, items, messageOf, resultsOf } from './batch-harness';
import { clientOf, rejection, simulatorFor, stopSimulators, withFault } from './simulator-harness';

afterEach(stopSimulators);

describe('faults of items', () => {
  test('a status errors the item with its type, charges nothing, and sent again it may pass', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'mix', of: [529, 500], probability: 0.5, on: 'batch_item' }] });
    const claude = clientOf(simulator);
    let left = items(40);
    const types = new Set<string>();
    for (let round = 0; left.length > 0 && round < 30; round += 1) {
      const { id } = await claude.messages.batches.create({ requests: left });
      const results = await resultsOf(claude, id);
      const failed = idsOf(results, 'errored');
      for (const custom of failed) types.add(errorOf(results, custom).type);
      const records = itemRecords(simulator, id);
      expect(
        records
          .filter((record) => record.outcome === 'faulted')
          .map((record) => record.customId)
          .sort(),
      ).toEqual(failed);
      if (round === 0) expect(failed.length).toBeGreaterThan(5);
      left = left.filter(({ custom_id }) => failed.includes(custom_id));
    }
    expect(left).toEqual([]);
    expect([...types].sort()).toEqual(['api_error', 'overloaded_error']);
    expect(simulator.stats()).toMatchObject({ charged: 40, duplicatesPaid: 0 });
  });

  test('the same seed meets the same faults; a rule for requests of their own spares items', async () => {
    const failed = async (seed: number) => {
      const simulator = await simulatorFor({ seed, faults: [{ kind: '529', probability: 0.3 }] });
      const { id } = await clientOf(simulator).messages.batches.create({ requests: items(30) });
      return idsOf(await resultsOf(clientOf(simulator), id), 'errored');
    };
    const first = await failed(5);
    expect(first.length).toBeGreaterThan(0);
    expect(await failed(5)).toEqual(first);
    expect(await failed(6)).not.toEqual(first);
    const spared = await simulatorFor({ faults: [{ kind: '529', on: 'messages' }] });
    const { id } = await clientOf(spared).messages.batches.create({ requests: items(5) });
    expect(idsOf(await resultsOf(clientOf(spared), id), 'succeeded')).toHaveLength(5);
  });

  test.each([
    ['refusal', 'refusal'],
    ['max_tokens', 'max_tokens'],
    ['pause_turn', 'pause_turn'],
  ])('%s is an answer that succeeds, with this ending, and is charged', async (kind, ending) => {
    const simulator = await simulatorFor({ faults: [{ kind }] });
    const { id } = await clientOf(simulator).messages.batches.create({ requests: items(1) });
    expect(messageOf(await resultsOf(clientOf(simulator), id), 'item-0').stop_reason).toBe(ending);
    expect(itemRecords(simulator, id)).toMatchObject([{ charged: true, fault: kind, stopReason: ending }]);
  });

  test('faults of connections do nothing to items', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'charge_then_drop' }] });
    const { id } = await clientOf(simulator).messages.batches.create({ requests: items(2) });
    expect(idsOf(await resultsOf(clientOf(simulator), id), 'succeeded')).toHaveLength(2);
    expect(itemRecords(simulator, id).map((record) => record.fault)).toEqual([null, null]);
  });

  test('item_expired keeps the batch open until it expires; sent again the item may pass', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'item_expired', firstAttempts: 1, probability: 0.3 }] });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(20) });
    expect((await claude.messages.batches.retrieve(id)).processing_status).toBe('in_progress');
    const stuck = itemRecords(simulator, id).filter((record) => record.outcome === 'open');
    expect(stuck.length).toBeGreaterThan(0);
    simulator.advanceClock(24 * HOUR);
    const results = await resultsOf(claude, id);
    const expired = idsOf(results, 'expired');
    expect(expired).toEqual(stuck.map((record) => record.customId).sort());
    expect(idsOf(results, 'succeeded')).toHaveLength(20 - expired.length);
    const { id: again } = await claude.messages.batches.create({ requests: items(20).filter((item) => expired.includes(item.custom_id)) });
    expect(idsOf(await resultsOf(claude, again), 'succeeded')).toEqual(expired);
  });

  test('item_expired items of a batch that is cancelled are canceled', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'item_expired' }] });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(3) });
    await claude.messages.batches.retrieve(id);
    await claude.messages.batches.cancel(id);
    expect((await claude.messages.batches.retrieve(id)).request_counts).toMatchObject({ canceled: 3 });
  });

  test('scripted answers reach items, too', async () => {
    const simulator = await simulatorFor({ rules: [{ match: { user: 'number 1\\b' }, reply: { text: 'Scripted.' } }] });
    const { id } = await clientOf(simulator).messages.batches.create({ requests: items(3) });
    const results = await resultsOf(clientOf(simulator), id);
    const text = (item: string) => messageOf(results, item).content.find((block) => block.type === 'text');
    expect(text('item-1')).toMatchObject({ text: 'Scripted.' });
    expect(text('item-2')).not.toMatchObject({ text: 'Scripted.' });
  });
});

describe('faults of create()', () => {
  test('create_then_fail answers 500, and the batch is there, is worked on and is paid', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'create_then_fail', nth: 1 }] });
    const claude = clientOf(simulator);
    const error = await rejection(claude.messages.batches.create({ requests: items(2) }));
    expect(error).toBeInstanceOf(Anthropic.InternalServerError);
    const { data } = await claude.messages.batches.list();
    expect(data).toMatchObject([{ processing_status: 'ended', request_counts: { succeeded: 2 } }]);
    expect(idsOf(await resultsOf(claude, String(data[0]?.id)), 'succeeded')).toEqual(['item-0', 'item-1']);
    expect(simulator.stats()).toMatchObject({ charged: 2 });
    await claude.messages.batches.create({ requests: items(1) });
    expect((await claude.messages.batches.list()).data).toHaveLength(2);
  });

  test('charge_then_drop creates the batch and drops the connection; the SDK, told to retry, makes a second one', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'charge_then_drop', on: 'batch_create', firstAttempts: 1 }] });
    const claude = clientOf(simulator);
    expect(await rejection(claude.messages.batches.create({ requests: items(1) }))).toBeInstanceOf(Anthropic.APIConnectionError);
    expect((await claude.messages.batches.list()).data).toHaveLength(1);
    await clientOf(simulator, { maxRetries: 1 }).messages.batches.create({ requests: items(2) });
    expect((await claude.messages.batches.list()).data).toHaveLength(3);
  });

  test.each<[string, string, new (...args: never[]) => Error]>([
    ['529', '529', Anthropic.OverloadedError],
    ['503 as a page', '503;body=html', Anthropic.ServiceUnavailableError],
    ['a reset', 'reset_before_headers', Anthropic.APIConnectionError],
    ['a spent limit', 'spend_limit', Anthropic.RateLimitError],
  ])('%s creates nothing', async (_what, fault, type) => {
    const simulator = await simulatorFor();
    expect(await rejection(clientOf(simulator).messages.batches.create({ requests: items(1) }, withFault(fault)))).toBeInstanceOf(type);
    expect(simulator.batches()).toEqual([]);
  });

  test('batch_slow makes one batch slow, or so slow that it expires', async () => {
    const simulator = await simulatorFor({
      faults: [
        { kind: 'batch_slow', nth: 1, ms: 60_000 },
        { kind: 'batch_slow', nth: 1 },
      ],
    });
    const claude = clientOf(simulator);
    const slow = await claude.messages.batches.create({ requests: items(1) });
    const hopeless = await claude.messages.batches.create({ requests: items(1) });
    const normal = await claude.messages.batches.create({ requests: items(1) });
    const status = async ({ id }: { id: string }) => (await claude.messages.batches.retrieve(id)).processing_status;
    expect([await status(slow), await status(hopeless), await status(normal)]).toEqual(['in_progress', 'in_progress', 'ended']);
    simulator.advanceClock(60_000);
    expect([await status(slow), await status(hopeless)]).toEqual(['ended', 'in_progress']);
    simulator.advanceClock(24 * HOUR);
    expect((await claude.messages.batches.retrieve(hopeless.id)).request_counts).toMatchObject({ expired: 1 });
  });
});

describe('faults of the other endpoints', () => {
  test('a batch that is not found at first is found at the second attempt', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: '404', on: 'batch_retrieve', firstAttempts: 1 }] });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(1) });
    expect(await rejection(claude.messages.batches.retrieve(id))).toBeInstanceOf(Anthropic.NotFoundError);
    expect((await claude.messages.batches.retrieve(id)).id).toBe(id);
  });

  test.each(['batch_list', 'batch_cancel', 'batch_delete'] as const)('%s may fail and changes nothing then', async (on) => {
    const simulator = await simulatorFor({ batchMs: HOUR, faults: [{ kind: '500', on }] });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(1) });
    const calls = {
      batch_list: () => claude.messages.batches.list(),
      batch_cancel: () => claude.messages.batches.cancel(id),
      batch_delete: () => claude.messages.batches.delete(id),
    };
    expect(await rejection(Promise.resolve(calls[on]()))).toBeInstanceOf(Anthropic.InternalServerError);
    expect(await claude.messages.batches.retrieve(id)).toMatchObject({ processing_status: 'in_progress', cancel_initiated_at: null });
  });

  const broken = async (kind: string) => {
    const simulator = await simulatorFor({ faults: [{ kind, on: 'batch_results', nth: 1 }] });
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(7) });
    const seen: string[] = [];
    const read = async () => {
      for await (const { custom_id } of await claude.messages.batches.results(id)) seen.push(custom_id);
    };
    const error = await rejection(read());
    return { seen, error, claude, id };
  };

  test('truncated results are a SyntaxError after some lines, and whole at the second reading', async () => {
    const { seen, error, claude, id } = await broken('truncated_json');
    expect((error as Error).name).toBe('SyntaxError');
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(7);
    expect((await resultsOf(claude, id)).size).toBe(7);
  });

  test('results whose connection breaks are a TypeError, and whole at the second reading', async () => {
    const { seen, error, claude, id } = await broken('reset_mid_stream');
    expect((error as Error).name).toBe('TypeError');
    expect(seen.length).toBeLessThan(7);
    expect((await resultsOf(claude, id)).size).toBe(7);
  });

  test('slow answers come later, silent ones not at all', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    const { id } = await claude.messages.batches.create({ requests: items(1) });
    const started = Date.now();
    await claude.messages.batches.retrieve(id, {}, withFault('slow;ms=60'));
    expect(Date.now() - started).toBeGreaterThanOrEqual(55);
    expect(await rejection(claude.messages.batches.retrieve(id, {}, { ...withFault('hang_headers'), timeout: 200 }))).toBeInstanceOf(
      Anthropic.APIConnectionTimeoutError,
    );
  });

  test('unknown targets are refused with the list of the known ones', async () => {
    await expect(simulatorFor({ faults: [{ kind: '500', on: 'batch' as never }] })).rejects.toThrow(
      /^Cannot use fault "500": target "batch" is unknown; use one of messages, batch_item, batch_create/,
    );
  });
});

describe('limits of batches', () => {
  const LIMITS = { requests: 1_000, inputTokens: 1e6, outputTokens: 1e6, batches: { requests: 3, queued: 10 } };

  test('requests per minute have a bucket of their own, with headers and retry-after', async () => {
    const simulator = await simulatorFor({ limits: LIMITS });
    const claude = clientOf(simulator);
    const { response } = await claude.messages.batches.list().withResponse();
    expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe('3');
    expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('2');
    expect(Date.parse(String(response.headers.get('anthropic-ratelimit-requests-reset')))).toBeGreaterThan(Date.now());
    await claude.messages.batches.list();
    await claude.messages.batches.list();
    const error = (await rejection(Promise.resolve(claude.messages.batches.list()))) as InstanceType<typeof Anthropic.RateLimitError>;
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    const wait = Number(error.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    await claude.messages.create(items(1)[0]?.params as Anthropic.Messages.MessageCreateParamsNonStreaming);
    simulator.advanceClock(wait * 1_000);
    await claude.messages.batches.list();
  });

  test('only so many items may wait', async () => {
    const simulator = await simulatorFor({ batchMs: HOUR, limits: { ...LIMITS, batches: { requests: 100, queued: 10 } } });
    const claude = clientOf(simulator);
    await claude.messages.batches.create({ requests: items(6) });
    expect(await rejection(claude.messages.batches.create({ requests: items(5) }))).toBeInstanceOf(Anthropic.RateLimitError);
    await claude.messages.batches.create({ requests: items(4) });
    simulator.advanceClock(HOUR);
    await claude.messages.batches.create({ requests: items(10) });
    expect(simulator.batches()).toHaveLength(3);
  });

  test('items use nothing of the limits of the interactive lane', async () => {
    const simulator = await simulatorFor({ limits: { requests: 2, inputTokens: 1e6, outputTokens: 1e6 } });
    const { id } = await clientOf(simulator).messages.batches.create({ requests: items(20) });
    expect(idsOf(await resultsOf(clientOf(simulator), id), 'succeeded')).toHaveLength(20);
  });

  test.each(['start', 'build', 'scale'] as const)('tier %s has its own', async (limits) => {
    const { response } = await clientOf(await simulatorFor({ limits }))
      .messages.batches.list()
      .withResponse();
    expect(response.headers.get('anthropic-ratelimit-requests-limit')).toBe({ start: '1000', build: '2000', scale: '4000' }[limits]);
  });

  test('numbers that are no limits are refused', async () => {
    await expect(simulatorFor({ limits: { ...LIMITS, batches: { requests: 0, queued: 1 } } })).rejects.toThrow(/"limits\.batches"/);
  });
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ratesFor } from '../../common/price-list';
import { costOf } from '../../common/pricing';
import { startSimulator } from '../../simulator';
import { clientOf, eventually, HELLO, lastRecord, rejection, simulatorFor, stopSimulators, withFault } from './simulator-harness';

/** An answer that takes so long is still under way when the next request has arrived, also on a busy machine. */
const TOGETHER_MS = 1_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-bill-'));
});
afterEach(async () => {
  await stopSimulators();
  rmSync(folder, { recursive: true, force: true });
});

const tags = (turn = 0, attempt = 1) => ({
  'x-troupe-workflow-id': 'article-1',
  'x-troupe-step': 'draft/writer',
  'x-troupe-agent': 'writer',
  'x-troupe-attempt': String(attempt),
  'x-troupe-turn': String(turn),
});

describe('the bill', () => {
  test('lists a request with who asked, what was charged and what it cost', async () => {
    const simulator = await simulatorFor();
    const { data, request_id } = await clientOf(simulator).messages.create(HELLO, { headers: tags() }).withResponse();
    const record = lastRecord(simulator);
    expect(record).toMatchObject({
      seq: 1,
      requestId: request_id,
      path: '/v1/messages',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      model: HELLO.model,
      workflowId: 'article-1',
      step: 'draft/writer',
      agent: 'writer',
      attempt: '1',
      turn: '0',
      status: 200,
      stopReason: 'end_turn',
      outcome: 'answered',
      charged: true,
      fault: null,
      abortedAt: null,
    });
    expect(record.usage).toMatchObject({ input_tokens: data.usage.input_tokens, output_tokens: data.usage.output_tokens });
    const rates = ratesFor(HELLO.model, record.at);
    expect(record.costPico).toBe(rates && costOf(record.usage, rates));
    expect(record.streamedBytes).toBe(Buffer.byteLength(JSON.stringify(data)));
  });

  test('decodes escaped tags', async () => {
    const simulator = await simulatorFor();
    await clientOf(simulator).messages.create(HELLO, { headers: { 'x-troupe-workflow-id': encodeURI('Straße 5') } });
    expect(simulator.requests({ workflow: 'Straße 5' })).toHaveLength(1);
    expect(simulator.requests({ workflow: 'other' })).toEqual([]);
  });

  test('charge_then_drop charges in full and answers nothing, and the second payment counts as a duplicate', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'charge_then_drop', nth: 1 }] });
    const claude = clientOf(simulator);
    await rejection(claude.messages.create(HELLO, { headers: tags() }));
    const answer = await claude.messages.create(HELLO, { headers: tags(0, 2) });
    await claude.messages.create({ ...HELLO, max_tokens: 200 }, { headers: tags(1, 2) });
    const [lost, paid] = simulator.requests();
    expect(lost).toMatchObject({ outcome: 'cut', charged: true, fault: 'charge_then_drop', streamedBytes: 0, arrival: 0 });
    expect(lost?.usage).toEqual(paid?.usage);
    expect(paid?.usage.output_tokens).toBe(answer.usage.output_tokens);
    expect(simulator.stats()).toMatchObject({
      calls: 3,
      charged: 3,
      duplicatesPaid: 1,
      duplicatesPaidPico: paid?.costPico,
      answered: 2,
      cut: 1,
    });
  });

  test('stats add up tokens and money, and count peak concurrency', async () => {
    const simulator = await simulatorFor({ latencyMs: TOGETHER_MS });
    const claude = clientOf(simulator);
    await Promise.all([1, 2, 3].map((at) => claude.messages.create({ ...HELLO, max_tokens: 100 + at })));
    const stats = simulator.stats();
    expect(stats).toMatchObject({ calls: 3, charged: 3, distinctHashes: 3, duplicatesPaid: 0, peakConcurrency: 3 });
    expect(stats.costPico).toBe(simulator.requests().reduce((sum, record) => sum + record.costPico, 0));
    expect(stats.usage.output_tokens).toBe(simulator.requests().reduce((sum, record) => sum + record.usage.output_tokens, 0));
  });

  test('reset() empties it; a request in flight is still settled', async () => {
    const simulator = await simulatorFor({ latencyMs: TOGETHER_MS });
    const pending = clientOf(simulator).messages.create(HELLO);
    await eventually('it is in flight', () => simulator.stats().inFlight === 1);
    await rejection(clientOf(simulator).messages.create(HELLO, withFault('500')));
    simulator.reset();
    await pending;
    expect(simulator.requests().map((record) => record.outcome)).toEqual(['answered']);
  });

  test('the admin endpoints tell the same', async () => {
    const simulator = await simulatorFor();
    const claude = clientOf(simulator);
    await claude.messages.create(HELLO, { headers: tags() });
    await claude.messages.create(HELLO);
    const get = async (path: string) => (await fetch(`${simulator.url}/__sim/${path}`)).json();
    const post = async (path: string, body: unknown) => {
      const response = await fetch(`${simulator.url}/__sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect(await get('requests?agent=writer')).toEqual({ requests: simulator.requests({ agent: 'writer' }) });
    expect(await get('requests?since=1')).toMatchObject({ requests: [{ seq: 2 }] });
    expect(await get('stats')).toEqual(simulator.stats());
    expect(await get('health')).toMatchObject({ ok: true, simulator: true });
    expect(await post('config', { latency: 0, limits: 'start', latencyMs: 5 })).toMatchObject({
      status: 200,
      body: { limits: 'start', latencyMs: 5 },
    });
    expect((await post('config', { latencyMs: null })).body).toEqual({ latency: 0, limits: 'start' });
    expect((await post('config', { latency: -1 })).status).toBe(400);
    expect((await post('config', { speed: 1 })).body['error']).toMatch(/^Cannot configure "speed": no such setting/);
    expect((await post('faults', { faults: [{ kind: 'flood' }] })).body['error']).toMatch(/^Cannot use fault "flood": no such kind/);
    expect((await post('clock', { advance_s: 60 })).body['now']).toBeGreaterThan(Date.now() + 59_000);
    expect((await post('clock', { advance_s: -1 })).status).toBe(400);
    expect((await post('nothing', {})).status).toBe(404);
    expect(await post('reset', {})).toMatchObject({ status: 200 });
    expect(await get('requests')).toEqual({ requests: [] });
  });
});

describe('the bill on disk', () => {
  test('goes on after a restart: numbers, ids and counts of arrivals', async () => {
    const first = await simulatorFor({ stateDir: folder, faults: [{ kind: '529', firstAttempts: 1 }] });
    await rejection(clientOf(first).messages.create(HELLO));
    await first.close();
    const second = await simulatorFor({ stateDir: folder, faults: [{ kind: '529', firstAttempts: 1 }] });
    await clientOf(second).messages.create(HELLO);
    expect(second.requests()).toMatchObject([
      { seq: 1, status: 529, arrival: 0, charged: false },
      { seq: 2, status: 200, arrival: 1, charged: true },
    ]);
    expect(new Set(second.requests().map((record) => record.requestId)).size).toBe(2);
  });

  test('forgets what a reset has voided', async () => {
    const first = await simulatorFor({ stateDir: folder });
    await clientOf(first).messages.create(HELLO);
    first.reset();
    await clientOf(first).messages.create(HELLO);
    await first.close();
    expect((await simulatorFor({ stateDir: folder })).requests().map((record) => record.seq)).toEqual([2]);
  });

  test('drops a half-written last line and goes on behind it', async () => {
    const first = await simulatorFor({ stateDir: folder });
    await clientOf(first).messages.create(HELLO);
    await first.close();
    const file = join(folder, 'bill.jsonl');
    appendFileSync(file, '{"kind":"request","rec');
    const second = await simulatorFor({ stateDir: folder });
    await clientOf(second).messages.create(HELLO);
    expect(second.requests().map((record) => record.seq)).toEqual([1, 2]);
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('refuses a file with a broken line in its middle', async () => {
    writeFileSync(join(folder, 'bill.jsonl'), 'not json\n{"kind":"start","start":1}\n');
    await expect(startSimulator({ stateDir: folder })).rejects.toThrow(
      /^Cannot read the simulator's bill: .*bill\.jsonl:1 is not JSON; restore the file/,
    );
  });

  test('refuses at once a folder that cannot be made', async () => {
    await expect(startSimulator({ stateDir: '/proc/x' })).rejects.toThrow(
      /^Cannot keep the simulator's bill in "\/proc\/x": .+; choose a folder you may write to$/,
    );
  });

  test('has the line of a streamed answer before the client sees its end', async () => {
    const simulator = await simulatorFor({ stateDir: folder, latencyMs: TOGETHER_MS });
    const lines = () =>
      readFileSync(join(folder, 'bill.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line.includes('"kind":"request"')).length;
    const seen: Array<[string, number]> = [];
    for await (const event of await clientOf(simulator).messages.create({ ...HELLO, stream: true })) seen.push([event.type, lines()]);
    expect(seen[0]).toEqual(['message_start', 0]);
    expect(seen.at(-1)).toEqual(['message_stop', 1]);
  });
});

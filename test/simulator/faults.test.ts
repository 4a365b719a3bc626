import { APIConnectionError } from '@anthropic-ai/sdk';

import { createFaultPlan, FAULT_KINDS, NAMED_FAULTS, parseFault, parseFaultHeader, type Arrival } from '../../simulator/faults';
import { until } from '../helpers/until';
import { clientOf, HELLO, simulatorFor, stopSimulators, rejection, withFault } from './simulator-harness';

afterEach(stopSimulators);

const arrival = (change: Partial<Arrival> = {}): Arrival => ({ hash: 'h', nth: 0, model: 'claude-haiku-5-5', agent: 'writer', ...change });
const MIX = {
  kind: 'mix',
  probability: 0.2,
  of: [529, { kind: '429', retryAfter: 1 }, 500, 'reset_mid_stream', 'malformed_sse', 'bad_schema_output'],
};

describe('createFaultPlan()', () => {
  test('a mix strikes as often as told and draws its kinds evenly', () => {
    const plan = createFaultPlan(1, [MIX]);
    const kinds = new Map<string, number>();
    for (let at = 0; at < 3_000; at += 1) {
      const fault = plan.choose(arrival({ hash: `request ${at}` }));
      if (fault !== undefined) kinds.set(`${fault.kind}${fault.status ?? ''}`, (kinds.get(`${fault.kind}${fault.status ?? ''}`) ?? 0) + 1);
    }
    expect([...kinds.keys()].sort()).toEqual([
      'bad_schema_output',
      'malformed_json',
      'reset_mid_stream',
      'status429',
      'status500',
      'status529',
    ]);
    const all = [...kinds.values()].reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(500);
    expect(all).toBeLessThan(700);
    for (const count of kinds.values()) expect(count).toBeGreaterThan(60);
  });

  test('a request does not meet the same fault for ever', () => {
    const plan = createFaultPlan(1, [MIX]);
    for (let at = 0; at < 200; at += 1) {
      const attempts = Array.from({ length: 8 }, (_unused, nth) => plan.choose(arrival({ hash: `request ${at}`, nth })));
      expect(attempts).toContain(undefined);
    }
  });

  test('draws depend on seed, request and number of arrival alone', () => {
    const draw = (seed: number) =>
      Array.from({ length: 100 }, (_unused, at) => createFaultPlan(seed, [MIX]).choose(arrival({ hash: String(at) }))?.kind);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test('selects by nth, first attempts, model and agent; the first rule that strikes is taken', () => {
    const chosen = (rule: object, ...arrivals: Array<Partial<Arrival>>) => {
      const plan = createFaultPlan(1, [{ kind: '500', ...rule }]);
      return arrivals.map((each) => plan.choose(arrival(each)) !== undefined);
    };
    expect(chosen({ nth: 2 }, {}, {}, {})).toEqual([false, true, false]);
    expect(chosen({ firstAttempts: 2 }, { nth: 0 }, { nth: 1 }, { nth: 2 })).toEqual([true, true, false]);
    expect(chosen({ model: 'claude-opus-5-5' }, {}, { model: 'claude-opus-5-5' })).toEqual([false, true]);
    expect(chosen({ agent: 'writer' }, {}, { agent: null })).toEqual([true, false]);
    expect(createFaultPlan(1, [{ kind: '500' }, { kind: '529' }]).choose(arrival())?.status).toBe(500);
  });
});

describe('parseFault()', () => {
  test('knows statuses, names and kinds', () => {
    expect(parseFault(529)).toEqual({ kind: 'status', status: 529 });
    expect(parseFault('429')).toEqual({ kind: 'status', status: 429 });
    expect(parseFault('rate_limited')).toEqual({ kind: 'status', status: 429, retryAfter: 1 });
    expect(parseFaultHeader('slow;ms=250')).toEqual({ kind: 'slow', ms: 250 });
    expect(parseFaultHeader('{"kind":"refusal","category":null}')).toEqual({ kind: 'refusal', category: null });
  });

  test.each([
    'flood',
    { kind: 'status' },
    { kind: '502', body: 'poem' as 'html' },
    { kind: 'mix', of: [] },
    { kind: 'mix', of: ['flood'] },
  ])('refuses %o', (input) => {
    expect(() => parseFault(input)).toThrow(/^Cannot use fault ".+": .+; .+|no such kind/);
  });

  test('a wrong header is a 400 that names what is known', async () => {
    const error = await rejection(clientOf(await simulatorFor()).messages.create(HELLO, { headers: { 'x-sim-fault': 'flood' } }));
    expect(error).toMatchObject({ status: 400 });
    expect((error as Error).message).toContain(Object.keys(NAMED_FAULTS)[0]);
    expect((error as Error).message).toContain(FAULT_KINDS[0]);
  });
});

describe('answers that are odd on purpose', () => {
  test.each([
    ['pause_turn', 'pause_turn'],
    ['context_exceeded', 'model_context_window_exceeded'],
    ['max_tokens', 'max_tokens'],
    ['empty_content', 'end_turn'],
  ])('%s ends with %s and is charged', async (fault, stopReason) => {
    const simulator = await simulatorFor({ faults: [{ kind: fault }] });
    expect((await clientOf(simulator).messages.stream(HELLO).finalMessage()).stop_reason).toBe(stopReason);
    expect(simulator.stats()).toMatchObject({ charged: 1, answered: 1 });
  });

  test('slow delays the first byte', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'slow', ms: 150 }] });
    const start = Date.now();
    await clientOf(simulator).messages.create(HELLO);
    expect(Date.now() - start).toBeGreaterThanOrEqual(145);
  });

  test('hold keeps an answer until the faults are set anew, and strikes no request after that', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'hold', agent: 'writer' }] });
    const claude = clientOf(simulator);
    const ask = (signal?: AbortSignal) => claude.messages.create(HELLO, { signal, headers: { 'x-troupe-agent': 'writer' } });
    const leaving = new AbortController();
    const [held, left] = [ask(), rejection(ask(leaving.signal))];
    const outcomes = () => simulator.requests().map(({ fault, outcome }) => `${fault} ${outcome}`);
    await until(() => simulator.requests().length === 2);
    await claude.messages.create(HELLO);
    leaving.abort();
    await left;
    await until(() => outcomes().includes('hold aborted'));
    expect(outcomes().sort()).toEqual(['hold aborted', 'hold open', 'null answered']);
    simulator.setFaults([]);
    await held;
    await ask();
    expect(simulator.stats()).toMatchObject({ answered: 3, aborted: 1, charged: 4 });
  });

  test('hold keeps requests about batches, too, also by header, and lets go at once when new faults hold again', async () => {
    const simulator = await simulatorFor();
    const list = async (): Promise<number> => (await clientOf(simulator).messages.batches.list({}, withFault('hold'))).data.length;
    const held = list();
    await until(() => simulator.requests().length === 1);
    simulator.setFaults([{ kind: 'hold' }]);
    expect(await held).toBe(0);
  });

  test('stopping the simulator lets go what is held', async () => {
    const simulator = await simulatorFor({ faults: [{ kind: 'hold' }] });
    const held = rejection(clientOf(simulator).messages.create(HELLO));
    await until(() => simulator.requests().length === 1);
    await simulator.close();
    expect(await held).toBeInstanceOf(APIConnectionError);
  });

  test('scripted rules come before everything else and may call tools', async () => {
    const simulator = await simulatorFor({
      rules: [
        { match: { agent: 'writer', nth: 2 }, reply: { text: 'second' } },
        { match: { tool: 'look_up' }, reply: { toolUse: [{ name: 'look_up', input: { query: 'x' } }] } },
      ],
    });
    const claude = clientOf(simulator);
    const ask = async () => (await claude.messages.create(HELLO, { headers: { 'x-troupe-agent': 'writer' } })).content.at(-1);
    expect(await ask()).not.toMatchObject({ text: 'second' });
    expect(await ask()).toMatchObject({ text: 'second' });
    const tools = [{ name: 'look_up', input_schema: { type: 'object' as const } }];
    const called = await claude.messages.create({ ...HELLO, tools });
    expect(called).toMatchObject({ stop_reason: 'tool_use' });
    expect(called.content.at(-1)).toMatchObject({
      type: 'tool_use',
      name: 'look_up',
      input: { query: 'x' },
      id: expect.stringMatching(/^toolu_01/),
    });
  });

  test('variability changes a repeated answer, never the first', async () => {
    const text = async (variability: number) => {
      const claude = clientOf(await simulatorFor({ variability }));
      const ids: string[] = [];
      for (let at = 0; at < 3; at += 1) ids.push((await claude.messages.create(HELLO)).id);
      return ids;
    };
    const [steady, varied] = [await text(0), await text(1)];
    expect(new Set(steady).size).toBe(1);
    expect(new Set(varied).size).toBe(3);
    expect(varied[0]).toBe(steady[0]);
  });
});

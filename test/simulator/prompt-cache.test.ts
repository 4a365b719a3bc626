import type Anthropic from '@anthropic-ai/sdk';

import type { Simulator } from '../../simulator';
import { clientOf, HELLO, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

/** 3,600 bytes: 1,000 tokens. */
const LONG = 'caching '.repeat(450);
const MINUTE = 60_000;

type System = Anthropic.TextBlockParam[];
const block = (text: string, ttl?: '5m' | '1h' | 'none'): Anthropic.TextBlockParam => ({
  type: 'text',
  text,
  ...(ttl === 'none' ? {} : { cache_control: { type: 'ephemeral', ...(ttl === undefined ? {} : { ttl }) } }),
});

async function usageOf(simulator: Simulator, system: System, change: Partial<Anthropic.MessageCreateParamsNonStreaming> = {}) {
  const { usage } = await clientOf(simulator).messages.create({ ...HELLO, system, ...change });
  const { input_tokens: fresh, cache_creation_input_tokens: written, cache_read_input_tokens: read, cache_creation } = usage;
  return { fresh, written, read, hour: cache_creation?.ephemeral_1h_input_tokens };
}

describe('prompt cache', () => {
  test('writes at the breakpoint, then reads; the parts always add up to the whole prompt', async () => {
    const simulator = await simulatorFor();
    const { input_tokens: all } = await clientOf(simulator).messages.countTokens({
      model: HELLO.model,
      messages: HELLO.messages,
      system: [block(LONG)],
    });
    expect(await usageOf(simulator, [block(LONG)])).toEqual({ fresh: all - 1_000, written: 1_000, read: 0, hour: 0 });
    expect(await usageOf(simulator, [block(LONG)])).toEqual({ fresh: all - 1_000, written: 0, read: 1_000, hour: 0 });
    const { usage, costPico } = simulator.requests().at(-1) as NonNullable<ReturnType<Simulator['requests']>[number]>;
    expect(costPico).toBe((all - 1_000) * 100_000 + 1_000 * 10_000 + usage.output_tokens * 500_000);
  });

  test('lives five minutes from its last use, or an hour', async () => {
    const simulator = await simulatorFor();
    await usageOf(simulator, [block(LONG)]);
    simulator.advanceClock(4 * MINUTE);
    expect((await usageOf(simulator, [block(LONG)])).read).toBe(1_000);
    simulator.advanceClock(4 * MINUTE);
    expect((await usageOf(simulator, [block(LONG)])).read).toBe(1_000);
    simulator.advanceClock(6 * MINUTE);
    expect(await usageOf(simulator, [block(LONG)])).toMatchObject({ read: 0, written: 1_000, hour: 0 });
    simulator.reset();
    expect(await usageOf(simulator, [block(LONG, '1h')])).toMatchObject({ written: 1_000, hour: 1_000 });
    simulator.advanceClock(59 * MINUTE);
    expect((await usageOf(simulator, [block(LONG, '1h')])).read).toBe(1_000);
    simulator.advanceClock(61 * MINUTE);
    expect((await usageOf(simulator, [block(LONG, '1h')])).read).toBe(0);
  });

  test('leaves prefixes alone that are shorter than the model demands', async () => {
    const simulator = await simulatorFor();
    const short = 'x'.repeat(1_800);
    expect(await usageOf(simulator, [block(short)])).toMatchObject({ written: 0, read: 0 });
    expect((await usageOf(simulator, [block(`${short}${'y'.repeat(100)}`)])).written).toBe(528);
    expect((await usageOf(simulator, [block(LONG)], { model: 'claude-haiku-4-5' })).written).toBe(0);
  });

  test('reads the longest known prefix and writes only what comes after it', async () => {
    const simulator = await simulatorFor();
    await usageOf(simulator, [block(LONG)]);
    expect(await usageOf(simulator, [block(LONG), block(LONG)])).toMatchObject({ read: 1_000, written: 1_000 });
    expect(await usageOf(simulator, [block(LONG, 'none'), block(LONG, 'none'), block('tail')])).toMatchObject({ read: 2_000, written: 2 });
    expect(await usageOf(simulator, [block(`${LONG}.`), block(LONG)])).toMatchObject({ read: 0 });
  });

  test('looks back twenty positions from a breakpoint, not further', async () => {
    const simulator = await simulatorFor();
    await usageOf(simulator, [block(LONG)]);
    const after = (count: number): System => [
      block(LONG, 'none'),
      ...Array.from({ length: count - 1 }, () => block('more', 'none')),
      block('end'),
    ];
    expect((await usageOf(simulator, after(19))).read).toBe(1_000);
    simulator.reset();
    await usageOf(simulator, [block(LONG)]);
    expect((await usageOf(simulator, after(20))).read).toBe(0);
  });

  test('is kept apart by model and by key', async () => {
    const simulator = await simulatorFor();
    await usageOf(simulator, [block(LONG)]);
    expect((await usageOf(simulator, [block(LONG)], { model: 'claude-opus-5-5' })).read).toBe(0);
    const { usage } = await clientOf(simulator, { apiKey: 'other' }).messages.create({ ...HELLO, system: [block(LONG)] });
    expect(usage.cache_read_input_tokens).toBe(0);
  });

  test('takes a breakpoint at the top level for the last block', async () => {
    const simulator = await simulatorFor();
    const messages = [{ role: 'user' as const, content: LONG }];
    const ask = async () => (await clientOf(simulator).messages.create({ ...HELLO, messages, cache_control: { type: 'ephemeral' } })).usage;
    expect(await ask()).toMatchObject({ input_tokens: 0, cache_creation_input_tokens: 1_000 });
    expect(await ask()).toMatchObject({ input_tokens: 0, cache_read_input_tokens: 1_000 });
  });

  test('can be read only once the writer has begun to answer', async () => {
    // The first byte comes after a quarter of it: time for the second request to arrive.
    const simulator = await simulatorFor({ latencyMs: 3_000 });
    const together = await Promise.all([usageOf(simulator, [block(LONG)]), usageOf(simulator, [block(LONG)])]);
    expect(together.map((usage) => usage.read)).toEqual([0, 0]);
    simulator.configure({ latencyMs: 0 });
    expect((await usageOf(simulator, [block(LONG)])).read).toBe(1_000);
  });
});

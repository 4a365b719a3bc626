import { answerTimes } from '../../simulator/latency';
import { MODELS, type SimulatedModel } from '../../simulator/models';
import { randomFrom } from '../../simulator/random';
import { clientOf, HELLO, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

const model = (id: string): SimulatedModel => {
  const found = MODELS.get(id);
  if (found === undefined) throw new Error(id);
  return found;
};
const answer = (change: object = {}) => ({ freshInputTokens: 1_000, outputTokens: 900, random: randomFrom('x'), ...change });

describe('answerTimes()', () => {
  test('follows the model’s speed, the prompt and the answer, times the scale', () => {
    const real = answerTimes({ scale: 1 }, model('claude-sonnet-5-5'), answer());
    expect(real.firstByteMs).toBeGreaterThan(500);
    expect(real.totalMs - real.firstByteMs).toBeGreaterThan(8_400);
    expect(real.totalMs - real.firstByteMs).toBeLessThan(11_600);
    const scaled = answerTimes({ scale: 0.1 }, model('claude-sonnet-5-5'), answer());
    expect(scaled.totalMs).toBeCloseTo(real.totalMs / 10);
    expect(answerTimes({ scale: 1 }, model('claude-haiku-5-5'), answer()).totalMs).toBeLessThan(real.totalMs);
    expect(answerTimes({ scale: 1 }, model('claude-sonnet-5-5'), answer({ freshInputTokens: 100_000 })).firstByteMs).toBeGreaterThan(
      real.firstByteMs + 1_000,
    );
    expect(answerTimes({ scale: 1, tokensPerSecond: 9_000 }, model('claude-sonnet-5-5'), answer()).totalMs).toBeLessThan(real.totalMs / 5);
  });

  test('is nothing at scale 0 and a fixed total when told so', () => {
    expect(answerTimes({ scale: 0 }, model('claude-opus-5-5'), answer())).toEqual({ firstByteMs: 0, totalMs: 0 });
    expect(answerTimes({ scale: 1, fixedMs: 200 }, model('claude-opus-5-5'), answer())).toEqual({ firstByteMs: 50, totalMs: 200 });
  });
});

describe('latency', () => {
  test('a fixed total holds for JSON and for streams, whose pieces come over time', async () => {
    const claude = clientOf(await simulatorFor({ latencyMs: 200 }));
    const timed = async (call: Promise<unknown>) => {
      const start = performance.now();
      await call;
      return performance.now() - start;
    };
    expect(await timed(claude.messages.create(HELLO))).toBeGreaterThanOrEqual(198);
    // Long enough for a busy machine to see the pieces apart.
    const slow = clientOf(await simulatorFor({ latencyMs: 1_000 }));
    const stream = slow.messages.stream(HELLO);
    const times: number[] = [];
    const start = performance.now();
    stream.on('text', () => times.push(performance.now() - start));
    expect(await timed(stream.finalMessage())).toBeGreaterThanOrEqual(998);
    expect(times.length).toBeGreaterThan(2);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(40);
  });
});

import Anthropic from '@anthropic-ai/sdk';

import { clientOf, HELLO, rejection, simulatorFor, stopSimulators } from './simulator-harness';

afterEach(stopSimulators);

const SMALL = { requests: 5, inputTokens: 100_000, outputTokens: 100_000 };
const NAMES = ['requests', 'tokens', 'input-tokens', 'output-tokens'];
type ApiError = InstanceType<typeof Anthropic.APIError>;

describe('rate limits', () => {
  test('five of eight parallel calls pass a bucket of five; after retry-after one more does', async () => {
    const simulator = await simulatorFor({ limits: SMALL });
    const claude = clientOf(simulator);
    const calls = await Promise.allSettled(Array.from({ length: 8 }, () => claude.messages.create(HELLO)));
    const errors = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason as ApiError] : []));
    expect(errors).toHaveLength(3);
    for (const error of errors) {
      expect(error).toBeInstanceOf(Anthropic.RateLimitError);
      expect(error).toMatchObject({ type: 'rate_limit_error', apiMessage: expect.stringMatching(/rate limit of 5 requests per minute/) });
      expect(error.headers?.get('retry-after')).toBe('12');
      expect(error.headers?.get('anthropic-ratelimit-requests-remaining')).toBe('0');
    }
    expect(simulator.stats()).toMatchObject({ charged: 5, rateLimited: 3 });
    expect(simulator.requests().filter((record) => record.outcome === 'limited')).toHaveLength(3);
    simulator.advanceClock(12_000);
    expect((await claude.messages.create(HELLO)).type).toBe('message');
    expect(await rejection(claude.messages.create(HELLO))).toBeInstanceOf(Anthropic.RateLimitError);
  });

  test.each(['off', 'start', 'build', 'scale'] as const)('with "%s" every answer has the twelve headers', async (limits) => {
    const simulator = await simulatorFor({ limits });
    const { response } = await clientOf(simulator).messages.create(HELLO).withResponse();
    for (const name of NAMES) {
      const [limit, remaining] = ['limit', 'remaining'].map((field) =>
        Number(response.headers.get(`anthropic-ratelimit-${name}-${field}`)),
      );
      expect(limit).toBeGreaterThan(0);
      expect(remaining).toBeLessThanOrEqual(limit ?? 0);
      expect(response.headers.get(`anthropic-ratelimit-${name}-reset`)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
    expect(response.headers.get('retry-after')).toBeNull();
  });

  test('input tokens are taken without what the cache gave', async () => {
    const simulator = await simulatorFor({ limits: { requests: 100, inputTokens: 3_000, outputTokens: 100_000 } });
    const system = [{ type: 'text' as const, text: 'caching '.repeat(900), cache_control: { type: 'ephemeral' as const } }];
    const ask = () => clientOf(simulator).messages.create({ ...HELLO, system });
    for (let at = 0; at < 6; at += 1) expect((await ask()).type).toBe('message');
    const error = (await rejection(clientOf(simulator).messages.create({ ...HELLO, system: 'x'.repeat(7_000) }))) as ApiError;
    expect(error.apiMessage).toMatch(/3000 input tokens per minute/);
  });

  test('output tokens are taken as they are produced', async () => {
    const simulator = await simulatorFor({ limits: { requests: 100, inputTokens: 100_000, outputTokens: 150 } });
    const { usage } = await clientOf(simulator).messages.create(HELLO);
    expect(usage.output_tokens).toBeGreaterThan(150);
    const error = (await rejection(clientOf(simulator).messages.create(HELLO))) as ApiError;
    expect(error.apiMessage).toMatch(/output tokens per minute/);
    simulator.advanceClock(Number(error.headers?.get('retry-after')) * 1_000);
    expect((await clientOf(simulator).messages.create(HELLO)).type).toBe('message');
  });

  test('are kept apart by key and by class of model', async () => {
    const simulator = await simulatorFor({ limits: { ...SMALL, requests: 1 } });
    await clientOf(simulator).messages.create(HELLO);
    await clientOf(simulator).messages.create({ ...HELLO, model: 'claude-sonnet-5-5' });
    await clientOf(simulator, { apiKey: 'other' }).messages.create(HELLO);
    expect(await rejection(clientOf(simulator).messages.create(HELLO))).toBeInstanceOf(Anthropic.RateLimitError);
  });

  test('a ramp limit has its own error code, a concurrency cap answers 529', async () => {
    const simulator = await simulatorFor({ limits: { ...SMALL, requests: 100, perSecond: 1 } });
    const ramp = await Promise.allSettled([1, 2, 3, 4].map(() => clientOf(simulator).messages.create(HELLO)));
    const codes = ramp.flatMap((call) => (call.status === 'rejected' ? [(call.reason as ApiError).errorCode] : []));
    expect(codes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(codes)).toEqual(new Set(['ramp_limit_exceeded']));
    simulator.configure({ limits: { ...SMALL, concurrency: 2 }, latencyMs: 1_000 });
    const crowd = await Promise.allSettled([1, 2, 3].map(() => clientOf(simulator).messages.create(HELLO)));
    expect(crowd.filter((call) => call.status === 'rejected' && call.reason instanceof Anthropic.OverloadedError)).toHaveLength(1);
  });
});

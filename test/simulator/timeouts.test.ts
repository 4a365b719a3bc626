import Anthropic from '@anthropic-ai/sdk';
import { Agent, fetch as undiciFetch } from 'undici';

import type { Simulator } from '../../simulator';
import {
  causeCode,
  clientOf,
  HELLO,
  lastRecord,
  rejection,
  simulatorFor,
  stopSimulators,
  withFault,
  eventually,
} from './simulator-harness';

let simulator: Simulator;

beforeEach(async () => {
  simulator = await simulatorFor();
});
afterEach(stopSimulators);

/** A client whose HTTP layer gives up early; it stands for the fixed limits of the bundled one. */
function impatient(limits: { headersTimeout?: number; bodyTimeout?: number }): Anthropic {
  const dispatcher = new Agent(limits);
  const fetch = ((url: string, init: object) => undiciFetch(url, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
  return clientOf(simulator, { fetch });
}

const collect = async (events: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const _event of events) count += 1;
  return count;
};

describe('time limits of the client', () => {
  test('no headers within the timeout: APIConnectionTimeoutError, tried again when allowed', async () => {
    const error = await rejection(clientOf(simulator).messages.create(HELLO, { ...withFault('hang_headers'), timeout: 60, maxRetries: 1 }));
    expect(error).toBeInstanceOf(Anthropic.APIConnectionTimeoutError);
    expect(error).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(error).toMatchObject({ message: 'Request timed out.' });
    expect(simulator.requests()).toHaveLength(2);
    await eventually('both aborts are noticed', () => simulator.requests().every((record) => record.abortedAt !== null));
    expect(simulator.stats().charged).toBe(0);
  });

  test('no headers within the limit of the HTTP layer: APIConnectionTimeoutError, whatever the SDK timeout', async () => {
    const error = await rejection(
      impatient({ headersTimeout: 60 }).messages.create(HELLO, { ...withFault('hang_headers'), timeout: 60_000 }),
    );
    expect(error).toBeInstanceOf(Anthropic.APIConnectionTimeoutError);
  });

  test('the timeout does not cover the body: only the limit of the HTTP layer ends a silent one', async () => {
    const error = await rejection(impatient({ bodyTimeout: 400 }).messages.create(HELLO, { ...withFault('hang_body'), timeout: 60 }));
    expect(error).not.toBeInstanceOf(Anthropic.APIError);
    expect(causeCode(error)).toBe('UND_ERR_BODY_TIMEOUT');
  });

  test('a silent stream ends with AnthropicError "terminated" and the body limit as its cause', async () => {
    const error = await rejection(impatient({ bodyTimeout: 100 }).messages.stream(HELLO, withFault('hang_body')).finalMessage());
    expect(error).toBeInstanceOf(Anthropic.AnthropicError);
    expect((error as Error).message).toMatch(/terminated$/);
    expect(causeCode(error)).toBe('UND_ERR_BODY_TIMEOUT');
    await eventually('the abort is noticed', () => lastRecord(simulator).outcome === 'aborted');
    expect(lastRecord(simulator)).toMatchObject({ charged: true, abortedAt: expect.any(Number) });
  });

  test('a signal covers the whole call, the SDK’s waits included', async () => {
    const fault = withFault({ kind: 'status', status: 429, retryAfter: 60 });
    const error = await rejection(clientOf(simulator).messages.create(HELLO, { ...fault, maxRetries: 2, signal: AbortSignal.timeout(60) }));
    expect(error).toBeInstanceOf(Anthropic.APIUserAbortError);
    expect(simulator.requests()).toHaveLength(1);
  });

  test('the timeout does not cover the wait for retry-after', async () => {
    const fault = withFault({ kind: 'status', status: 429, retryAfterMs: 200 });
    const error = await rejection(clientOf(simulator).messages.create(HELLO, { ...fault, maxRetries: 1, timeout: 100 }));
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    expect(simulator.requests()).toHaveLength(2);
  });
});

describe('what the SDK tries again by itself', () => {
  const gap = () => {
    const [first, second] = simulator.requests();
    return (second?.at ?? Number.NaN) - (first?.at ?? Number.NaN);
  };

  /** Milliseconds of all timers set during a call, which is aborted once a wait as described has begun. */
  const waitsUntil = async (wanted: (ms: number) => boolean, maxRetries: number): Promise<number[]> => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const waits = () => timers.mock.calls.map(([, ms]) => ms ?? 0);
    const abort = new AbortController();
    try {
      const pending = rejection(clientOf(simulator).messages.create(HELLO, { maxRetries, signal: abort.signal }));
      await eventually('the wait begins', () => waits().some(wanted));
      abort.abort();
      expect(await pending).toBeInstanceOf(Anthropic.APIUserAbortError);
      return waits();
    } finally {
      timers.mockRestore();
    }
  };

  test('connection errors', async () => {
    await rejection(clientOf(simulator).messages.create(HELLO, { ...withFault('reset_before_headers'), maxRetries: 1 }));
    expect(simulator.requests().map((record) => record.retryCount)).toEqual([0, 1]);
  });

  test.each([
    ['retry-after in seconds', { retryAfter: 1 }, 990, 1_900],
    ['retry-after as a date', 'in two seconds', 900, 2_600],
    ['retry-after-ms', { retryAfterMs: 50 }, 40, 350],
    ['nothing', {}, 350, 1_200],
    ['retry-after of 0', { retryAfter: 0 }, 350, 1_200],
    ['retry-after that is no time', { retryAfter: 'soon' }, 350, 1_200],
    ['retry-after in the past', { retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }, 350, 1_200],
    ['retry-after-ms before retry-after', { retryAfterMs: 50, retryAfter: 30 }, 40, 350],
  ])('waits as told by %s', async (_name, details, least, most) => {
    await rejection(
      clientOf(simulator).messages.create(HELLO, {
        ...withFault({
          kind: 'status',
          status: 429,
          ...(typeof details === 'string' ? { retryAfter: new Date(Date.now() + 2_000).toUTCString() } : details),
        }),
        maxRetries: 1,
      }),
    );
    expect(gap()).toBeGreaterThanOrEqual(least);
    expect(gap()).toBeLessThan(most);
  });

  test('x-should-retry overrides the status both ways', async () => {
    const claude = clientOf(simulator, { maxRetries: 1 });
    await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status: 400, shouldRetry: true, retryAfterMs: 1 })));
    expect(simulator.requests()).toHaveLength(2);
    simulator.reset();
    await rejection(claude.messages.create(HELLO, withFault({ kind: 'status', status: 500, shouldRetry: false })));
    expect(simulator.requests()).toHaveLength(1);
  });

  test.each(['truncated_json', 'reset_mid_stream', 'hang_body;ms=20'])('never after the headers: %s', async (fault) => {
    await rejection(clientOf(simulator, { maxRetries: 2 }).messages.create(HELLO, withFault(fault)));
    expect(simulator.requests()).toHaveLength(1);
  });

  test('without being told, each wait is twice the one before', async () => {
    await rejection(clientOf(simulator).messages.create(HELLO, { ...withFault('529'), maxRetries: 2 }));
    const at = simulator.requests().map((record) => record.at);
    expect(Number(at[2]) - Number(at[1])).toBeGreaterThanOrEqual(740);
    expect(Number(at[2]) - Number(at[1])).toBeLessThan(2_000);
  });

  test('without being told, no wait is longer than eight seconds', async () => {
    simulator.setFaults([{ kind: '529', retryAfterMs: 1, firstAttempts: 5 }, { kind: '529' }]);
    // The sixth would be sixteen seconds, less a quarter at most.
    const waits = await waitsUntil((ms) => ms >= 6_000 && ms <= 16_000, 6);
    expect(simulator.requests()).toHaveLength(6);
    expect(waits.filter((ms) => ms > 8_000 && ms <= 16_000)).toEqual([]);
  });

  test('a wait that is told has no upper limit: an hour of retry-after is an hour in the caller’s call, until the signal', async () => {
    simulator.setFaults([{ kind: '429', retryAfter: 3_600 }]);
    expect(await waitsUntil((ms) => ms > 600_000, 1)).toContain(3_600_000);
    expect(simulator.requests()).toHaveLength(1);
  });

  test.each(['sse_error', 'eof_no_stop', 'empty_body', 'reset_mid_stream', 'malformed_sse'])('never inside a stream: %s', async (fault) => {
    const claude = clientOf(simulator, { maxRetries: 2 });
    await rejection(claude.messages.stream(HELLO, withFault(fault)).finalMessage());
    expect(simulator.requests()).toHaveLength(1);
  });

  test('a status before the first byte of a stream is', async () => {
    simulator.setFaults([{ kind: '529', retryAfterMs: 1, firstAttempts: 1 }]);
    expect(await collect(await clientOf(simulator, { maxRetries: 2 }).messages.create({ ...HELLO, stream: true }))).toBeGreaterThan(5);
    expect(simulator.requests().map((record) => record.status)).toEqual([529, 200]);
  });
});

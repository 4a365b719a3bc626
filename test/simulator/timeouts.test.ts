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
    const error = await rejection(
      clientOf(simulator).messages.create(HELLO, { ...withFault('hang_headers'), timeout: 1_000, maxRetries: 1 }),
    );
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
    const error = await rejection(impatient({ bodyTimeout: 2_000 }).messages.create(HELLO, { ...withFault('hang_body'), timeout: 1_500 }));
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
    const abort = new AbortController();
    const pending = rejection(clientOf(simulator).messages.create(HELLO, { ...fault, maxRetries: 2, signal: abort.signal }));
    await eventually('the 429 has been sent', () => simulator.requests()[0]?.outcome === 'faulted');
    abort.abort();
    const error = await pending;
    expect(error).toBeInstanceOf(Anthropic.APIUserAbortError);
    expect(simulator.requests()).toHaveLength(1);
  });

  test('the timeout does not cover the wait for retry-after', async () => {
    const fault = withFault({ kind: 'status', status: 429, retryAfterMs: 2_000 });
    const error = await rejection(clientOf(simulator).messages.create(HELLO, { ...fault, maxRetries: 1, timeout: 1_500 }));
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    expect(simulator.requests()).toHaveLength(2);
  });
});

describe('what the SDK tries again by itself', () => {
  /** The wait, in milliseconds, that the SDK begins after so many attempts, the last of which met the fault; the call ends there. */
  async function waitAfter(attempts: number, fault: object): Promise<number> {
    simulator.setFaults([
      { kind: '429', retryAfterMs: 1, firstAttempts: attempts - 1 },
      { kind: '429', ...fault },
    ]);
    const [timeout, poll] = [599_999, 5];
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const waits = () => timers.mock.calls.map(([, ms]) => ms ?? 0).filter((ms) => ms !== timeout && ms !== poll);
    const abort = new AbortController();
    try {
      // The bundled fetch keeps its timers outside the test's realm, so those seen are the SDK's.
      const claude = clientOf(simulator, { fetch: globalThis.fetch, timeout, maxRetries: attempts });
      const pending = rejection(claude.messages.create(HELLO, { signal: abort.signal }));
      await eventually('the wait begins', () => waits().length === attempts);
      abort.abort();
      expect(await pending).toBeInstanceOf(Anthropic.APIUserAbortError);
      return waits().at(-1) ?? Number.NaN;
    } finally {
      timers.mockRestore();
    }
  }

  test('connection errors', async () => {
    await rejection(clientOf(simulator).messages.create(HELLO, { ...withFault('reset_before_headers'), maxRetries: 1 }));
    expect(simulator.requests().map((record) => record.retryCount)).toEqual([0, 1]);
  });

  const inAnHour = () => new Date(Date.now() + 3_600_000).toUTCString();

  test.each<[string, () => object, number, number]>([
    ['retry-after in seconds', () => ({ retryAfter: 2 }), 2_000, 2_000],
    ['retry-after of an hour, for there is no upper limit', () => ({ retryAfter: 3_600 }), 3_600_000, 3_600_000],
    ['retry-after as a date', () => ({ retryAfter: inAnHour() }), 3_590_000, 3_600_000],
    ['retry-after-ms', () => ({ retryAfterMs: 50 }), 50, 50],
    ['retry-after-ms before retry-after', () => ({ retryAfterMs: 50, retryAfter: 30 }), 50, 50],
    ['nothing: half a second, less a quarter at most', () => ({}), 375, 500],
    ['retry-after of 0', () => ({ retryAfter: 0 }), 375, 500],
    ['retry-after that is no time', () => ({ retryAfter: 'soon' }), 375, 500],
    ['retry-after in the past', () => ({ retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }), 375, 500],
  ])('waits as told by %s', async (_name, details, least, most) => {
    const wait = await waitAfter(1, details());
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });

  test.each([
    [2, 1_000],
    [3, 2_000],
    [5, 8_000],
    [6, 8_000],
  ])('without being told, the wait after attempt %i is %i ms, less a quarter at most', async (attempts, most) => {
    const wait = await waitAfter(attempts, {});
    expect(wait).toBeGreaterThanOrEqual(most * 0.75);
    expect(wait).toBeLessThanOrEqual(most);
    expect(simulator.requests()).toHaveLength(attempts);
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

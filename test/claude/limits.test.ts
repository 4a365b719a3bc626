import { BATCH_FAILPOINTS, CALL_FAILPOINTS, createFailpoints, FAILPOINTS, type Failpoint } from '../../claude/failpoints';
import { classify, MAX_RETRY_AFTER_MS, retryAfter } from '../../claude/failures';
import { createProcessLimits, spread } from '../../claude/limits';
import { priceOf, usageOf } from '../../claude/prices';

describe('createProcessLimits()', () => {
  it('closes one model for as long as Claude said, from the latest word on', async () => {
    let now = 1_000;
    const limits = createProcessLimits(
      () => now,
      () => 0,
    );
    expect(await limits.waitFor('a')).toBe(0);
    await limits.limited('a', 10_000);
    await limits.limited('a', 2_000);
    expect(await limits.waitFor('a')).toBe(10_000);
    expect(await limits.waitFor('b')).toBe(0);
    now += 9_999;
    expect(await limits.waitFor('a')).toBe(1);
    now += 1;
    expect(await limits.waitFor('a')).toBe(0);
  });

  it('spreads those who wait, never to an earlier time', () => {
    expect(spread(10_000, () => 0)).toBe(10_000);
    expect(spread(10_000, () => 1)).toBe(12_500);
    expect(spread(1_000_000, () => 1)).toBe(1_005_000);
  });
});

describe('retryAfter()', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  const from = (headers: Record<string, string>) => retryAfter(new Headers(headers), now);

  it('reads milliseconds before seconds before a date', () => {
    expect(from({ 'retry-after-ms': '250', 'retry-after': '9' })).toBe(250);
    expect(from({ 'retry-after': '1.5' })).toBe(1_500);
    expect(from({ 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' })).toBe(30_000);
  });

  it('has nothing to say for an absent, past or unreadable value', () => {
    expect(from({})).toBeUndefined();
    expect(retryAfter(undefined, now)).toBeUndefined();
    expect(from({ 'retry-after': '0' })).toBeUndefined();
    expect(from({ 'retry-after': 'soon' })).toBeUndefined();
    expect(from({ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' })).toBeUndefined();
  });

  it('cuts a long wait', () => {
    expect(from({ 'retry-after': '36000' })).toBe(MAX_RETRY_AFTER_MS);
  });
});

describe('classify()', () => {
  it('calls what it does not know a bug and does not repeat it', () => {
    expect(classify(new TypeError('x is not a function'), 0)).toMatchObject({ type: 'Internal', retryable: false, paid: 'maybe' });
    expect(classify('oops', 0)).toMatchObject({ type: 'Internal', retryable: false });
  });
});

describe('createFailpoints()', () => {
  const names = Object.keys(FAILPOINTS) as Failpoint[];

  it('has ten places along a call, and more along a batch', () => {
    expect(Object.keys(CALL_FAILPOINTS)).toHaveLength(10);
    expect(names).toEqual([...Object.keys(CALL_FAILPOINTS), ...Object.keys(BATCH_FAILPOINTS)]);
  });

  it.each(names)('ends the process at %s, once', (name) => {
    const died: string[] = [];
    const failpoints = createFailpoints(name, () => died.push(name));
    for (const each of names) failpoints.hit(each);
    for (const each of names) failpoints.hit(each);
    expect(died).toEqual([name]);
  });

  it('waits for the n-th visit', () => {
    let died = 0;
    const failpoints = createFailpoints('mid-stream:3', () => (died += 1));
    failpoints.hit('mid-stream');
    failpoints.hit('mid-stream');
    expect(died).toBe(0);
    failpoints.hit('mid-stream');
    expect(died).toBe(1);
  });

  it.each(['nowhere', 'mid-stream:0', 'mid-stream:x', 'toString', ':1'])('refuses %j and names the places', (spec) => {
    expect(() => createFailpoints(spec)).toThrow(/^Cannot set failpoint ".*": no such place; use one of call-start, .*before-completion/);
  });
});

describe('usageOf() and priceOf()', () => {
  const wire = {
    input_tokens: 10,
    output_tokens: 20,
    cache_creation_input_tokens: 30,
    cache_read_input_tokens: 40,
    cache_creation: { ephemeral_5m_input_tokens: 25, ephemeral_1h_input_tokens: 5 },
    server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
  };
  const on = Date.parse('2026-11-21T00:00:00Z');

  it('prices every kind of token', () => {
    const usage = usageOf(wire as never);
    expect(usage).toEqual({
      input_tokens: 10,
      output_tokens: 20,
      cache_creation_input_tokens: 30,
      cache_read_input_tokens: 40,
      cache_creation_1h_input_tokens: 5,
      web_search_requests: 2,
    });
    const pico = 10 * 2e6 + 20 * 10e6 + 25 * 2.5e6 + 5 * 4e6 + 40 * 0.1e6 + 2 * 1e10;
    expect(priceOf(usage, { answered: 'claude-sonnet-5-5', asked: 'claude-sonnet-5-5' }, on)).toBe(pico);
  });

  it('falls back to the model that was asked, and knows when it knows no price', () => {
    const usage = usageOf({
      ...wire,
      cache_creation: null,
      server_tool_use: null,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: null,
    } as never);
    expect(priceOf(usage, { answered: 'claude-sonnet-5-5-20260901', asked: 'claude-sonnet-5-5' }, on)).toBe(10 * 2e6 + 20 * 10e6);
    expect(priceOf(usage, { answered: 'x', asked: 'y' }, on)).toBeNull();
  });
});

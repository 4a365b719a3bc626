import { createPromptTurns, type BegunUsage, type PromptTurn } from '../../claude/prompt-turns';

const WRITTEN: BegunUsage = { cache_creation_input_tokens: 900, cache_read_input_tokens: 0 };
const READ: BegunUsage = { cache_creation_input_tokens: 0, cache_read_input_tokens: 900 };
const NEITHER: BegunUsage = { cache_creation_input_tokens: 0, cache_read_input_tokens: null };
const MINUTE = 60_000;

/** Lets all promises that can settle do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function rig(longestWaitMs = 60_000) {
  let time = 1_000_000;
  const turns = createPromptTurns({ now: () => time, longestWaitMs });
  const gone: PromptTurn[] = [];
  const calls: AbortController[] = [];
  const take = async (prefix: string, waits: boolean): Promise<void> => {
    const call = new AbortController();
    calls.push(call);
    gone.push(await turns.take(prefix, { waits, signal: call.signal }));
  };
  return {
    gone,
    abort: () => calls.forEach((call) => call.abort()),
    pass: (ms: number) => (time += ms),
    /** Asks for turns; returns when those that need not wait have gone. */
    ask: async (count: number, { prefix = 'a', waits = true } = {}) => {
      for (let at = 0; at < count; at += 1) void take(prefix, waits);
      await settle();
      return gone.length;
    },
  };
}

describe('createPromptTurns()', () => {
  it('lets one of many go, and the others when its answer begins', async () => {
    const { ask, gone } = rig();
    expect(await ask(25)).toBe(1);
    gone[0]?.begun(WRITTEN);
    await settle();
    expect(gone).toHaveLength(25);
    expect(await ask(3)).toBe(28);
  });

  it('holds prefixes apart', async () => {
    const { ask } = rig();
    expect(await ask(2)).toBe(1);
    expect(await ask(2, { prefix: 'b' })).toBe(2);
  });

  it('lets another write when the one that wrote has failed', async () => {
    const { ask, gone } = rig();
    await ask(3);
    gone[0]?.ended();
    await settle();
    expect(gone).toHaveLength(2);
    gone[1]?.begun(WRITTEN);
    gone[1]?.ended();
    await settle();
    expect(gone).toHaveLength(3);
  });

  it('never holds one that does not wait, and lets it write for those that do', async () => {
    const { ask, gone } = rig();
    expect(await ask(3, { waits: false })).toBe(3);
    expect(await ask(2)).toBe(3);
    gone[1]?.begun(NEITHER); // did not write for the others
    gone[0]?.begun(WRITTEN);
    await settle();
    expect(gone).toHaveLength(5);
  });

  it('takes a prefix as warm for five minutes, less the way, from the start of the latest request that used it', async () => {
    const { ask, gone, pass } = rig();
    await ask(1);
    pass(20_000);
    gone[0]?.begun(WRITTEN);
    pass(4 * MINUTE);
    expect(await ask(1)).toBe(2);
    gone[1]?.begun(READ);
    pass(4 * MINUTE);
    expect(await ask(2)).toBe(4);
    pass(MINUTE);
    expect(await ask(2)).toBe(5);
  });

  it('waits no more for a prefix that Claude does not cache', async () => {
    const { ask, gone, pass } = rig();
    expect(await ask(2)).toBe(1);
    gone[0]?.begun(NEITHER);
    await settle();
    expect(gone).toHaveLength(2);
    pass(60 * MINUTE);
    expect(await ask(9)).toBe(11);
  });

  it('waits no longer than it should, and not for a call that is cancelled', async () => {
    const slow = createPromptTurns({ longestWaitMs: 30 });
    const { signal } = new AbortController();
    const started = Date.now();
    await slow.take('a', { waits: true, signal });
    await slow.take('a', { waits: true, signal });
    expect(Date.now() - started).toBeGreaterThanOrEqual(29);

    const { ask, gone, abort } = rig();
    expect(await ask(4)).toBe(1);
    abort();
    await settle();
    expect(gone).toHaveLength(4);
  });
});

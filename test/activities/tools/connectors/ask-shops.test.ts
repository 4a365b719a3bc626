import { ApplicationFailure } from '@temporalio/common';

import { askShops } from '../../../../activities/tools/connectors/ask-shops';
import { toolFailure } from '../../../../activities/tools/tool-failure';
import { failed } from '../../scripted-rig';

const shops = ['A', 'B', 'C'].map((name) => ({ name }));
const passing = (why: string, retryAfterMs?: number) =>
  toolFailure({
    message: `Cannot ask "h:1" for "t": ${why}; it is tried again`,
    retryable: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
const final = (why: string) => toolFailure({ message: `Cannot ask "h:2" for "t": ${why}; check the key` });

type Behavior = (signal: AbortSignal) => Promise<string>;
const ask = (behaviors: Readonly<Record<string, Behavior>>, timeoutMs = 5_000, { signal } = new AbortController()) =>
  askShops({
    tool: 't',
    shops: shops.filter(({ name }) => Object.hasOwn(behaviors, name)),
    timeoutMs,
    signal,
    ask: async ({ name }, ending) => (await behaviors[name]?.(ending)) ?? 'none',
  });
const silent: Behavior = (signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
const works = async () => 'rows';
const fails = (error: Error) => async () => {
  throw error;
};

describe('askShops()', () => {
  it('returns what the others answer and says why one is left out', async () => {
    const { answered, unavailable } = await ask({ A: fails(final('it refuses the key (401)')), B: works, C: silent }, 100);
    expect(answered).toEqual([{ shop: { name: 'B' }, answer: 'rows' }]);
    expect(unavailable).toEqual([
      { shop: 'A', why: 'Cannot ask "h:2" for "t": it refuses the key (401); check the key' },
      { shop: 'C', why: 'Cannot ask "C" for "t": it did not answer within 100 ms; ask again later' },
    ]);
  });

  it('asks all of them at the same time', async () => {
    let open = 0;
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const meets: Behavior = async () => {
      open += 1;
      if (open === 3) release();
      await all;
      return 'met';
    };
    expect((await ask({ A: meets, B: meets, C: meets })).answered).toHaveLength(3);
  });

  it('looks for the reason in any message in no time', async () => {
    const quoted = toolFailure({ message: `Cannot ask ${'"h:1" '.repeat(5_000)}` });
    const failure = await failed(ask({ A: fails(quoted), B: fails(final('it refuses the key (401)')) }));
    expect(failure.message).toContain('"B": it refuses the key (401)');
  });

  it('fails with the failure of the only shop as it is', async () => {
    const only = final('it refuses the key (401)');
    expect(await failed(ask({ A: fails(only) }))).toBe(only);
  });

  it('fails when all of them do: retryable when one may answer later, after the longest wait', async () => {
    const failure = await failed(ask({ A: fails(passing('busy', 2_000)), B: fails(final('closed')), C: fails(passing('busier', 9_000)) }));
    expect(failure).toMatchObject({
      type: 'ToolFailed',
      nonRetryable: false,
      nextRetryDelay: 9_000,
      message: 'Cannot ask any shop for "t": "A": busy, "B": closed, "C": busier; it is tried again',
    });
    expect(await failed(ask({ A: fails(final('closed')), B: fails(final('gone')) }))).toMatchObject({
      nonRetryable: true,
      message: 'Cannot ask any shop for "t": "A": closed, "B": gone; check the section of "t" in the tools file',
    });
  });

  it('is retryable when the only shop is too slow', async () => {
    const failure = await failed(ask({ A: silent }, 50));
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ nonRetryable: false, message: expect.stringMatching(/did not answer within 50 ms/) as string });
  });

  it('ends with the call when that is cancelled, also when a shop has answered', async () => {
    const ending = new AbortController();
    const ended = ask({ A: works, B: silent }, 5_000, ending);
    ending.abort(new Error('cancelled'));
    await expect(ended).rejects.toThrow('cancelled');
  });

  it('does not take a bug for a shop that is down', async () => {
    await expect(ask({ A: works, B: fails(new TypeError('x is undefined')) })).rejects.toThrow(TypeError);
  });
});

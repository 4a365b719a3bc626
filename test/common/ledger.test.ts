import { EMPTY_LEDGER, NO_SPEND, totalOf } from '../../common/ledger';

describe('totalOf()', () => {
  const usage = { input_tokens: 3, output_tokens: 4, cache_creation_input_tokens: 1, cache_read_input_tokens: 2 };
  const line = { model: 'm', requests: 1, usage, costPico: 70 };
  const uncertain = { uncertainPico: 1_000, uncertainTokens: 50, uncertainRequests: 2 };

  it('adds what is uncertain to what is settled, in a call and in a ledger', () => {
    expect(totalOf({ settled: [line, line], ...uncertain })).toEqual({ pico: 1_140, tokens: 70 });
    expect(totalOf({ lines: [{ agent: 'a', ...line }], ...uncertain })).toEqual({ pico: 1_070, tokens: 60 });
    expect([totalOf(NO_SPEND), totalOf(EMPTY_LEDGER)]).toEqual([
      { pico: 0, tokens: 0 },
      { pico: 0, tokens: 0 },
    ]);
  });
});

import fc from 'fast-check';

import { toUsd } from '../../common/money';
import { BATCH_FACTOR, ratesFor } from '../../common/price-list';
import { costOf, NO_USAGE, worstCaseOf, type ModelRates } from '../../common/pricing';

const day = (text: string): number => Date.parse(`${text}T12:00:00Z`);
const rates = (model: string, on = '2026-11-21'): ModelRates => {
  const found = ratesFor(model, day(on));
  if (found === null) throw new Error(`no price for ${model}`);
  return found;
};

describe('ratesFor()', () => {
  it('takes the price in force on the day of the call', () => {
    expect(toUsd(rates('claude-sonnet-5-5', '2026-10-06').cacheRead * 1e6)).toBe(0.2);
    expect(toUsd(rates('claude-sonnet-5-5', '2026-10-07').cacheRead * 1e6)).toBe(0.1);
  });

  it('knows no price for an id that is only similar', () => {
    expect(ratesFor('claude-sonnet-5-5-20261001', day('2026-11-21'))).toBeNull();
    expect(ratesFor('claude-sonnet', day('2026-11-21'))).toBeNull();
  });
});

describe('costOf()', () => {
  it('adds fresh, written, read and produced tokens at their own prices', () => {
    const usage = { input_tokens: 1_000, cache_creation_input_tokens: 2_000, cache_read_input_tokens: 10_000, output_tokens: 500 };
    expect(toUsd(costOf(usage, rates('claude-sonnet-5-5')))).toBe(0.013);
  });

  it('charges a long prompt of Haiku at the long price, as a whole', () => {
    const usage = { ...NO_USAGE, input_tokens: 60_000, cache_read_input_tokens: 50_000, output_tokens: 100 };
    expect(toUsd(costOf(usage, rates('claude-haiku-5-5')))).toBe(0.03275);
  });

  it('halves in the batch lane', () => {
    const usage = { ...NO_USAGE, input_tokens: 1_001, output_tokens: 7 };
    expect(costOf(usage, rates('claude-opus-5-5'), BATCH_FACTOR) * 2).toBe(costOf(usage, rates('claude-opus-5-5')));
  });

  it('is never more than the worst case of the request', () => {
    const part = fc.nat(70_000);
    fc.assert(
      fc.property(part, part, part, fc.nat(8_000), fc.nat(500), (fresh, written, read, output, slack) => {
        const usage = { input_tokens: fresh, cache_creation_input_tokens: written, cache_read_input_tokens: read, output_tokens: output };
        const request = { inputBytes: fresh + written + read + slack, maxTokens: output + slack, cacheWrites: true };
        for (const model of ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5']) {
          expect(costOf(usage, rates(model))).toBeLessThanOrEqual(worstCaseOf(request, rates(model)));
          const uncached = { ...usage, input_tokens: fresh + written, cache_creation_input_tokens: 0 };
          expect(costOf(uncached, rates(model))).toBeLessThanOrEqual(worstCaseOf({ ...request, cacheWrites: false }, rates(model)));
        }
      }),
    );
  });
});

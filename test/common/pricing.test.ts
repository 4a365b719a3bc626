import fc from 'fast-check';

import { toUsd } from '../../common/money';
import { BATCH_FACTOR, ratesFor } from '../../common/price-list';
import {
  costOf,
  NO_USAGE,
  totalTokens,
  WEB_RESULT_TOKENS,
  worstCaseOf,
  worstPromptTokens,
  worstTokensOf,
  type ModelRates,
} from '../../common/pricing';

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

describe('worstCaseOf() with server tools', () => {
  const size = { inputBytes: 1_000, maxTokens: 100, cacheWrites: false };

  it('counts the whole prompt again after each use, one that is refused, and the price of every search', () => {
    const serverTools = { searches: 2, fetches: 1 };
    const results = (0 + 1 + 2 + 3 + 3) * WEB_RESULT_TOKENS;
    expect(worstPromptTokens({ ...size, serverTools })).toBe(5 * 1_000 + results + 4 * 100);
    expect(worstTokensOf({ ...size, serverTools })).toBe(worstPromptTokens({ ...size, serverTools }) + 100);
    const { cacheWrite5m, output } = rates('claude-sonnet-5-5');
    const tokens = worstPromptTokens({ ...size, serverTools }) * cacheWrite5m + 100 * output;
    expect(worstCaseOf({ ...size, serverTools }, rates('claude-sonnet-5-5'))).toBe(tokens + 2 * 1e10);
  });

  it('is what it was without them', () => {
    expect(worstPromptTokens(size)).toBe(1_000);
    expect(worstTokensOf(size)).toBe(1_100);
  });

  it('bounds every loop whose results are within what they are counted as', () => {
    const use = fc.record({ result: fc.nat(WEB_RESULT_TOKENS), said: fc.nat(300), searches: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(50_000), fc.array(use, { minLength: 1, maxLength: 5 }), fc.boolean(), (prompt, uses, cached) => {
        let [before, usage] = [prompt, { ...NO_USAGE, input_tokens: prompt }];
        for (const { result, said } of uses) {
          const added = result + said;
          usage = cached
            ? {
                ...usage,
                cache_read_input_tokens: usage.cache_read_input_tokens + before,
                cache_creation_input_tokens: usage.cache_creation_input_tokens + added,
              }
            : { ...usage, input_tokens: usage.input_tokens + before + added };
          before += added;
        }
        const maxTokens = uses.reduce((sum, { said }) => sum + said, 50);
        const searches = uses.filter((each) => each.searches).length;
        const spent = { ...usage, output_tokens: maxTokens, web_search_requests: searches };
        const request = { inputBytes: prompt, maxTokens, cacheWrites: false, serverTools: { searches, fetches: uses.length - searches } };
        expect(totalTokens(spent)).toBeLessThanOrEqual(worstTokensOf(request));
        for (const model of ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5'])
          expect(costOf(spent, rates(model))).toBeLessThanOrEqual(worstCaseOf(request, rates(model)));
      }),
    );
  });
});

import fc from 'fast-check';

import type { CallSpend } from '../../../common/ledger';
import { NO_USAGE } from '../../../common/pricing';
import { covers, grant, leftFor, openBudget, settle, type Budget } from '../../../workflows/run/budget';

const spend = (pico: number, tokens: number, uncertainPico = 0, uncertainTokens = 0): CallSpend => ({
  settled: [{ model: 'm', requests: 1, usage: { ...NO_USAGE, output_tokens: tokens }, costPico: pico }],
  uncertainPico,
  uncertainTokens,
  uncertainRequests: 0,
});

describe('budget', () => {
  it('leftFor() counts the grants of others and not the own one', () => {
    let budget = openBudget({ pico: 100, tokens: null });
    budget = grant(budget, 'a', { pico: 30, tokens: 0 });
    budget = grant(budget, 'b', { pico: 50, tokens: 0 });
    expect(leftFor(budget, 'a').pico).toBe(50);
    expect(leftFor(budget, 'c').pico).toBe(20);
    expect(leftFor(budget, 'c').tokens).toBe(Infinity);
  });

  it('settle() gives back what a call did not use and keeps what is uncertain', () => {
    let budget = grant(openBudget({ pico: 100, tokens: 1_000 }), 'a', { pico: 80, tokens: 500 });
    budget = settle(budget, 'a', spend(20, 100, 15, 50));
    expect(leftFor(budget, 'b')).toEqual({ pico: 65, tokens: 850 });
  });

  it('never lets what is spent exceed the limit, whatever the order of grants and settlements', () => {
    const steps = fc.array(
      fc.record({ step: fc.constantFrom('a', 'b', 'c', 'd'), needs: fc.nat(60), uses: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.nat(150), steps, (limit, moves) => {
        let budget: Budget = openBudget({ pico: limit, tokens: null });
        for (const { step, needs, uses } of moves) {
          const held = budget.granted.get(step);
          if (held !== undefined) budget = settle(budget, step, spend(Math.floor(held.pico * uses), 0));
          else if (covers(leftFor(budget, step), { pico: needs, tokens: 0 })) budget = grant(budget, step, { pico: needs, tokens: 0 });
          const granted = [...budget.granted.values()].reduce((sum, { pico }) => sum + pico, 0);
          expect(budget.spent.pico + granted).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});

import { EMPTY_LEDGER, type Ledger } from '../../../common/ledger';
import { PICO_PER_USD } from '../../../common/money';
import { NO_USAGE } from '../../../common/pricing';
import { holdOf } from '../../../workflows/job/hold';
import type { Job } from '../../../workflows/job/job-state';
import { openBudget, type Amount, type Budget } from '../../../workflows/run/budget';

const dollars = (usd: number): number => Math.round(usd * PICO_PER_USD);

interface Given {
  readonly limit: Budget['limit'];
  readonly done: number;
  readonly spentUsd: number;
  readonly tokens?: number;
  readonly need: Amount;
}

/** A job of ten rows, none of which is under way. */
function jobOf({ limit, done, spentUsd, tokens = 0, need }: Given): Job {
  const costPico = dollars(spentUsd);
  const line = { agent: 'writer', model: 'm', requests: done, usage: { ...NO_USAGE, output_tokens: tokens }, costPico };
  const ledger: Ledger = { ...EMPTY_LEDGER, lines: done === 0 ? [] : [line] };
  const budget: Budget = { ...openBudget(limit), spent: { pico: costPico, tokens } };
  const job = {
    run: { ledger, budget, opened: { options: {} } },
    input: { pipeline: 'brief' },
    count: 10,
    finished: [],
    failed: 0,
    rowMs: 0,
  };
  const maps = { running: new Map(), followed: new Map(), persons: new Map(), inBatch: new Set(), startedAt: 0 };
  return { ...job, ...maps, done, rowNeed: need, concurrency: 5 } as unknown as Job; // of a job only what its hold looks at
}

describe('holdOf()', () => {
  it('says what is missing, what the rest would cost, and the budget that does it', () => {
    const job = jobOf({
      limit: { pico: dollars(0.03), tokens: null },
      done: 4,
      spentUsd: 0.02,
      need: { pico: dollars(0.0342), tokens: 0 },
    });
    expect(holdOf(job)).toEqual({
      kind: 'budget',
      message:
        'the budget of $0.0300 does not cover another row: $0.0100 is left and a row may need up to $0.0342; ' +
        'the other 6 of 10 rows would cost about $0.0300 more; raise it and the job goes on',
      // Five rows at $0.005, and the last one needs $0.0342 to begin: $0.0792.
      enough: { budgetUsd: 0.08 },
    });
  });

  it('names both caps when neither does', () => {
    const limit = { pico: dollars(0.9), tokens: 5_000 };
    const job = jobOf({ limit, done: 5, spentUsd: 0.5, tokens: 4_500, need: { pico: dollars(0.1), tokens: 2_000 } });
    expect(holdOf(job).enough).toEqual({ budgetUsd: 1, budgetTokens: 11_000 });
  });

  it.each([
    [{ pico: dollars(50), tokens: 5_000 }, { budgetTokens: 11_000 }],
    [{ pico: dollars(0.55), tokens: 1_000_000 }, { budgetUsd: 1 }],
  ])('names of two caps only the one that does not do: the other could not be lowered', (limit, enough) => {
    const job = jobOf({ limit, done: 5, spentUsd: 0.5, tokens: 4_500, need: { pico: dollars(0.1), tokens: 2_000 } });
    expect(holdOf(job).enough).toEqual(enough);
  });

  it('speaks of tokens when they are what is missing', () => {
    const limit = { pico: dollars(1), tokens: 5_000 };
    const job = jobOf({ limit, done: 5, spentUsd: 0.5, tokens: 4_500, need: { pico: dollars(0.1), tokens: 2_000 } });
    expect(holdOf(job).message).toMatch(
      /^the budget of 5000 tokens does not cover another row: 500 tokens are left and a row may need up to 2000; the other 5 of 10 rows/,
    );
  });

  it('takes what a row may need where none has ended', () => {
    const job = jobOf({ limit: { pico: dollars(0.01), tokens: null }, done: 0, spentUsd: 0, need: { pico: dollars(0.03), tokens: 0 } });
    expect(holdOf(job).enough).toEqual({ budgetUsd: 0.3 });
  });
});

import fc from 'fast-check';

import { debate } from '../../../workflows/patterns/debate';
import { broken, runWide } from './branches';

/** A critic that has so many blocking points in each round, and a reviser that numbers its drafts. */
function debaters(blocking: readonly number[]) {
  const calls: string[] = [];
  return {
    calls,
    propose: async () => (calls.push('propose'), 'draft 0'),
    criticise: async (draft: string, round: number) => {
      calls.push(`criticise ${draft}`);
      return { blocking: Array.from({ length: blocking[round - 1] ?? 0 }, (_, point) => `${round}.${point}`), by: 'critic' };
    },
    revise: async (_: string, critique: { blocking: readonly string[] }, earlier: readonly unknown[]) => {
      calls.push(`revise ${critique.blocking.join(' ')}`);
      return `draft ${earlier.length + 1}`;
    },
  };
}

describe('debate()', () => {
  it('stops at the first round without a blocking point, or when the rounds are used up, and keeps every round', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { maxLength: 6 }), fc.integer({ min: 1, max: 6 }), async (blocking, rounds) => {
        const steps = debaters(blocking);
        const result = await debate(steps, { rounds });
        const clean = [...Array(rounds).keys()].findIndex((round) => (blocking[round] ?? 0) === 0);
        const revisions = clean === -1 ? rounds : clean;
        expect(result.status).toBe(clean === -1 ? 'exhausted' : 'settled');
        expect(result.draft).toBe(`draft ${revisions}`);
        expect(result.rounds.map(({ round, draft }) => [round, draft])).toEqual(
          Array.from({ length: clean === -1 ? rounds : clean + 1 }, (_, index) => [index + 1, `draft ${index}`]),
        );
        expect(result.rounds.map(({ revised }) => revised)).toEqual(
          result.rounds.map((_, index) => (index < revisions ? `draft ${index + 1}` : null)),
        );
        expect(steps.calls.length).toBeLessThanOrEqual(1 + 2 * rounds);
        if (result.status === 'exhausted') expect(result.unconfirmed).toEqual(result.rounds.at(-1)?.critique.blocking);
      }),
    );
  });

  it('lets no reviser touch a draft that stands', async () => {
    const steps = debaters([]);
    await expect(debate(steps)).resolves.toMatchObject({ status: 'settled', draft: 'draft 0' });
    expect(steps.calls).toEqual(['propose', 'criticise draft 0']);
  });

  it('hands each reviser the critique and the rounds before', async () => {
    const steps = debaters([1, 2]);
    await debate(steps);
    expect(steps.calls).toEqual(['propose', 'criticise draft 0', 'revise 1.0', 'criticise draft 1', 'revise 2.0 2.1', 'criticise draft 2']);
  });

  it('keeps the draft when critic or reviser fails and it is told to, and fails otherwise, in any round', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.constantFrom('criticise' as const, 'revise' as const), async (at, step) => {
        const error = broken(`no ${step}`);
        const good = debaters([1, 1, 1, 1]);
        const failing = {
          ...good,
          criticise: async (draft: string, round: number) =>
            step === 'criticise' && round === at ? Promise.reject(error) : good.criticise(draft, round),
          revise: async (...args: Parameters<typeof good.revise>) =>
            step === 'revise' && args[2].length + 1 === at ? Promise.reject(error) : good.revise(...args),
        };
        await expect(debate(failing, { rounds: 4 })).rejects.toBe(error);
        const result = await debate(failing, { rounds: 4, ifStepFails: 'keep draft' });
        expect(result).toMatchObject({ status: 'broken off', step, error, draft: `draft ${at - 1}` });
        expect(result.rounds).toHaveLength(step === 'criticise' ? at - 1 : at);
        if (step === 'revise')
          expect(result.rounds.at(-1)).toMatchObject({ round: at, revised: null, critique: { blocking: [`${at}.0`] } });
      }),
    );
  });

  it('never keeps a draft that was not proposed', async () => {
    const error = broken('no draft');
    await expect(debate({ ...debaters([]), propose: async () => Promise.reject(error) }, { ifStepFails: 'keep draft' })).rejects.toBe(
      error,
    );
  });

  it.each(runWide)('does not tolerate %s', async (_, error) => {
    const steps = { ...debaters([1]), criticise: async () => Promise.reject(error) };
    await expect(debate(steps, { ifStepFails: 'keep draft' })).rejects.toBe(error);
  });

  it.each([0, 1.5])('refuses %d rounds', async (rounds) => {
    await expect(debate(debaters([]), { rounds })).rejects.toThrow(`'rounds' must be a whole number from 1; current value is ${rounds}`);
  });
});

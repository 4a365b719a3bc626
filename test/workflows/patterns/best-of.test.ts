import { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';

import { FailureType } from '../../../common/failures';
import { bestOf } from '../../../workflows/patterns/best-of';
import { debate } from '../../../workflows/patterns/debate';
import { variantsOf, type Variant } from '../../../workflows/patterns/variants';
import { broken, fates, runWide } from './branches';

const two = variantsOf(['plain', 'bold']);
const propose = async ({ instruction }: Variant): Promise<string> => instruction;
const judgeThat = (index: number) => async () => ({ index, reason: 'It is clear.' });
const noJudge = async (): Promise<never> => {
  throw new Error('the judge was asked');
};

describe('bestOf()', () => {
  it('returns the candidate that the judge points at, the very same value, whatever fails and in whatever order they finish', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fates(), fc.nat(), fc.string(), async (scheduler, succeeds, pick, text) => {
        const variants = variantsOf(['a', 'b', 'c'], succeeds.length);
        const made = variants.filter(({ index }) => succeeds[index] === true);
        const outputs = new Map(made.map((variant) => [variant, { text: `${text}\u0000\r\n${variant.index}` }]));
        const run = bestOf<{ text: string }>(variants, {
          propose: scheduler.scheduleFunction(
            async (variant: Variant): Promise<{ text: string }> => outputs.get(variant) ?? Promise.reject(broken('no')),
          ),
          judge: async (candidates) => {
            expect(candidates).toEqual([...outputs.values()]);
            return { index: pick % candidates.length, reason: 'It is clear.' };
          },
        });
        if (made.length === 0) {
          await expect(scheduler.waitFor(run)).rejects.toBeInstanceOf(ApplicationFailure);
          return;
        }
        const { winner, variant, decidedBy, reason, candidates } = await scheduler.waitFor(run);
        const expected = made[pick % made.length] as Variant;
        expect(variant).toBe(expected);
        expect(winner).toBe(outputs.get(expected));
        expect(winner.text).toBe(`${text}\u0000\r\n${expected.index}`);
        expect([decidedBy, reason]).toEqual(made.length === 1 ? ['only candidate', null] : ['judge', 'It is clear.']);
        expect(candidates.map(({ item, status }) => [item, status])).toEqual(
          variants.map((item) => [item, succeeds[item.index] === true ? 'done' : 'failed']),
        );
      }),
    );
  });

  it('tolerates failed candidates down to atLeast, at any split', async () => {
    await fc.assert(
      fc.asyncProperty(fates(), fc.integer({ min: 1, max: 8 }), async (succeeds, wanted) => {
        const atLeast = Math.min(wanted, succeeds.length);
        const told: number[] = [];
        const run = bestOf(
          variantsOf(['a'], succeeds.length),
          { propose: async ({ index }) => (succeeds[index] === true ? index : Promise.reject(broken('no'))), judge: judgeThat(0) },
          { atLeast, onFailed: ({ index }) => told.push(index) },
        );
        const failed = [...succeeds.keys()].filter((index) => succeeds[index] !== true);
        if (succeeds.length - failed.length < atLeast) {
          await expect(run).rejects.toBeInstanceOf(ApplicationFailure);
        } else {
          expect((await run).winner).toBe(succeeds.indexOf(true));
          expect(told).toEqual(failed);
        }
      }),
    );
  });

  it('needs no judge for the only candidate', async () => {
    await expect(bestOf(variantsOf(['a']), { propose, judge: noJudge })).resolves.toMatchObject({
      winner: 'a',
      decidedBy: 'only candidate',
    });
  });

  it.each([2, -1, 0.5, Number.NaN])('fails, or takes the first candidate when told so, when the judge points at %d of 2', async (index) => {
    const steps = { propose, judge: judgeThat(index) };
    await expect(bestOf(two, steps)).rejects.toMatchObject({
      type: FailureType.StepFailed,
      message: `Cannot pick the best: the judge points at index ${index} of 2 candidates; it must be a whole number from 0 to 1`,
    });
    const onJudgeFailed = jest.fn();
    await expect(bestOf(two, steps, { ifJudgeFails: 'first', onJudgeFailed })).resolves.toMatchObject({
      winner: 'plain',
      decidedBy: 'first candidate',
      reason: null,
    });
    expect(onJudgeFailed).toHaveBeenCalledWith(expect.objectContaining({ type: FailureType.StepFailed }));
  });

  it('does the same when the judge itself fails', async () => {
    const steps = { propose, judge: async () => Promise.reject(broken('no verdict')) };
    await expect(bestOf(two, steps)).rejects.toThrow('no verdict');
    await expect(bestOf(two, steps, { ifJudgeFails: 'first' })).resolves.toMatchObject({ decidedBy: 'first candidate' });
  });

  it.each(runWide)('tolerates %s neither in a candidate nor in the judge', async (_, error) => {
    const failing = async () => Promise.reject(error);
    await expect(bestOf(two, { propose: failing, judge: noJudge })).rejects.toBe(error);
    await expect(bestOf(two, { propose, judge: failing }, { ifJudgeFails: 'first' })).rejects.toBe(error);
  });

  it('cancels the rest once too many have failed', async () => {
    const cancelRest = jest.fn();
    const steps = { propose: async () => Promise.reject(broken('no')), judge: noJudge };
    await expect(bestOf(two, steps, { atLeast: 2, cancelRest })).rejects.toThrow('no');
    expect(cancelRest).toHaveBeenCalledTimes(1);
  });

  it('refuses an atLeast of 0', async () => {
    await expect(bestOf(two, { propose, judge: noJudge }, { atLeast: 0 })).rejects.toThrow(
      "'atLeast' must be 1 or more; current value is 0",
    );
  });

  it('takes debates as candidates, and keeps the rounds of each', async () => {
    const { winner, candidates } = await bestOf(two, {
      propose: ({ instruction }) =>
        debate({
          propose: async () => instruction,
          criticise: async (draft) => ({ blocking: draft.length < 7 ? ['too short'] : [] }),
          revise: async (draft) => `${draft}!`,
        }),
      judge: async (debates) => ({ index: debates.findIndex(({ status }) => status === 'settled'), reason: 'It is settled.' }),
    });
    expect(winner).toMatchObject({ status: 'settled', draft: 'plain!!' });
    expect(candidates.map((one) => one.status === 'done' && [one.output.status, one.output.rounds.length])).toEqual([
      ['settled', 3],
      ['exhausted', 3],
    ]);
  });
});

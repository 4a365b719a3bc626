import { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';

import { FailureType } from '../../../common/failures';
import { variantsOf, type Variant } from '../../../workflows/patterns/variants';
import { vote } from '../../../workflows/patterns/vote';
import { broken, runWide } from './branches';

const choices = ['yes', 'no', 'maybe'] as const;
type Choice = (typeof choices)[number];

/** What each voter says: a choice, something else, or nothing because the call fails. */
const answers = fc.array(fc.constantFrom(...choices, 'Yes', null), { minLength: 1, maxLength: 9 });
const voters = (count: number) => variantsOf(['vote'], count);
const casting =
  (given: ReadonlyArray<string | null>) =>
  async ({ index }: Variant) => {
    const choice = given[index] ?? null;
    return choice === null ? Promise.reject(broken('no answer')) : { choice, because: `voter ${index}` };
  };
const tally = (given: ReadonlyArray<string | null>) => choices.map((choice) => given.filter((answer) => answer === choice).length);

describe('vote()', () => {
  it('elects by the ballots alone, whatever fails and in whatever order they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), answers, async (scheduler, given) => {
        const votes = tally(given);
        const counted = votes.reduce((sum, count) => sum + count, 0);
        const run = vote(voters(given.length), { choices, cast: scheduler.scheduleFunction(casting(given)) }, { atLeast: 1 });
        if (counted === 0) {
          await expect(scheduler.waitFor(run)).rejects.toBeInstanceOf(ApplicationFailure);
          return;
        }
        const result = await scheduler.waitFor(run);
        const most = Math.max(...votes);
        const leaders = choices.filter((_, index) => votes[index] === most);
        expect(result).toMatchObject({ winner: leaders[0], leaders, counted });
        expect(result.decidedBy).toBe(leaders.length > 1 ? 'tie-break' : most > counted / 2 ? 'majority' : 'plurality');
        expect(result.distribution).toEqual(choices.map((choice, index) => ({ choice, votes: votes[index] })));
      }),
    );
  });

  it('keeps every ballot in the order of the voters, lost ones with what was answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), answers, async (scheduler, given) => {
        fc.pre(given.includes('yes'));
        const lost: number[] = [];
        const { ballots } = await scheduler.waitFor(
          vote(
            voters(given.length),
            { choices, cast: scheduler.scheduleFunction(casting(given)) },
            { atLeast: 1, onLost: ({ index }) => lost.push(index) },
          ),
        );
        expect(ballots.map(({ voter }) => voter.index)).toEqual([...given.keys()]);
        expect(ballots.map(({ answer }) => answer?.choice ?? null)).toEqual(given);
        expect(ballots.map(({ status }) => status === 'counted')).toEqual(given.map((answer) => choices.includes(answer as Choice)));
        expect([...lost].sort()).toEqual(ballots.filter(({ status }) => status === 'lost').map(({ voter }) => voter.index));
      }),
    );
  });

  it('asks for more than half of the ballots unless told otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        const counted = tally(given).reduce((sum, count) => sum + count, 0);
        const run = vote(voters(given.length), { choices, cast: casting(given) });
        if (counted * 2 > given.length) await expect(run).resolves.toMatchObject({ counted });
        else await expect(run).rejects.toBeInstanceOf(ApplicationFailure);
      }),
    );
  });

  it('settles a tie by the order of the choices, or by a function that sees the tied and the ballots', async () => {
    const question = { choices, cast: casting(['no', 'maybe', 'maybe', 'no', 'yes']) };
    await expect(vote(voters(5), question)).resolves.toMatchObject({ winner: 'no', decidedBy: 'tie-break', leaders: ['no', 'maybe'] });
    const tieBreak = jest.fn(async (tied: readonly Choice[], _: readonly unknown[]) => tied.at(-1) as Choice);
    const result = await vote(voters(5), question, { tieBreak });
    expect(result).toMatchObject({ winner: 'maybe', decidedBy: 'tie-break' });
    expect(tieBreak).toHaveBeenCalledWith(['no', 'maybe'], result.ballots);
  });

  it('fails when the tie-break picks what is not tied', async () => {
    const run = vote(voters(2), { choices, cast: casting(['no', 'maybe']) }, { tieBreak: () => 'yes' });
    await expect(run).rejects.toMatchObject({
      type: FailureType.StepFailed,
      message: 'Cannot settle the tie: the tie-break picked "yes"; it must be one of "no", "maybe"',
    });
  });

  it('does not ask the tie-break when one choice leads', async () => {
    const tieBreak = jest.fn();
    await vote(voters(3), { choices, cast: casting(['no', 'no', 'yes']) }, { tieBreak });
    expect(tieBreak).not.toHaveBeenCalled();
  });

  it('names the choices when a ballot is lost', async () => {
    await expect(vote(voters(1), { choices, cast: casting(['perhaps']) })).rejects.toMatchObject({
      message: 'Cannot count the ballot: "perhaps" is not a choice; the choices are "yes", "no", "maybe"',
    });
  });

  it.each(runWide)('does not count %s as a lost ballot', async (_, error) => {
    await expect(vote(voters(3), { choices, cast: async () => Promise.reject(error) }, { atLeast: 1 })).rejects.toBe(error);
  });

  it.each([
    [['yes'], 'has at least 2 choices; current number is 1'],
    [['yes', 'no', 'yes'], 'the choice "yes" is given twice'],
  ])('refuses the choices %j', async (list, message) => {
    await expect(vote(voters(1), { choices: list, cast: casting(['yes']) })).rejects.toThrow(message);
  });

  it('refuses an atLeast of 0', async () => {
    await expect(vote(voters(1), { choices, cast: casting(['yes']) }, { atLeast: 0 })).rejects.toThrow("'atLeast' must be 1 or more");
  });
});

import type { AnswerRule } from '../../simulator/rules';
import { withRig } from './with-rig';

const INPUT = { question: 'Is it a complaint?', options: ['no', 'yes'], perspectives: ['one', 'two', 'three'], voters: 3 };
const cast = (perspective: string, choice: string): AnswerRule => ({
  match: { agent: 'voter', user: `<perspective>\\n${perspective}\\n` },
  reply: { json: { reason: `${perspective} says ${choice}.`, choice } },
});

describe('vote', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setRules([]);
    rig.simulator.setFaults([]);
  });

  it('counts the votes and keeps every one', async () => {
    rig.simulator.setRules([cast('one', 'yes'), cast('two', 'no'), cast('three', 'yes')]);
    const { result, degraded } = await (await rig.start('vote', INPUT)).outcome();
    expect(result).toEqual({
      winner: 'yes',
      decidedBy: 'majority',
      distribution: [
        { choice: 'no', votes: 1 },
        { choice: 'yes', votes: 2 },
      ],
      votes: [
        { voter: 1, perspective: 'one', choice: 'yes', reason: 'one says yes.', lost: null },
        { voter: 2, perspective: 'two', choice: 'no', reason: 'two says no.', lost: null },
        { voter: 3, perspective: 'three', choice: 'yes', reason: 'three says yes.', lost: null },
      ],
    });
    expect(degraded).toEqual([]);
  });

  it('settles a tie by the earliest option, whoever voted first', async () => {
    rig.simulator.setRules([cast('one', 'yes'), cast('two', 'no')]);
    const { result } = await (await rig.start('vote', { ...INPUT, perspectives: ['one', 'two'], voters: 4 })).outcome();
    expect(result).toMatchObject({ winner: 'no', decidedBy: 'tie-break', distribution: [{ votes: 2 }, { votes: 2 }] });
    expect(result.votes.map(({ perspective }) => perspective)).toEqual(['one', 'two', 'one', 'two']);
  });

  it('goes on without a voter who fails, and says so', async () => {
    rig.simulator.setRules(['one', 'two', 'three'].map((perspective) => cast(perspective, 'yes')));
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'voter', nth: 1 }]);
    const { result, degraded } = await (await rig.start('vote', INPUT)).outcome();
    expect(result).toMatchObject({ winner: 'yes', decidedBy: 'majority', distribution: [{ votes: 0 }, { votes: 2 }] });
    const lost = result.votes.filter((vote) => vote.lost !== null);
    expect(lost).toEqual([expect.objectContaining({ choice: null, reason: null, lost: expect.stringMatching(/declined/) as string })]);
    expect(degraded).toEqual([expect.objectContaining({ step: `voter/${lost[0]?.voter}`, instead: 'a count without this vote' })]);
  });

  it('loses a vote for what is no option, and shows what it was for', async () => {
    rig.simulator.setRules([cast('one', 'perhaps'), cast('two', 'yes'), cast('three', 'no')]);
    const { result } = await (await rig.start('vote', INPUT)).outcome();
    expect(result.votes[0]).toMatchObject({ choice: 'perhaps', reason: 'one says perhaps.' });
    expect(result.votes[0]?.lost).toMatch(/"perhaps" is not a choice; the choices are "no", "yes"$/);
    expect(result.decidedBy).toBe('tie-break');
  });

  it('ends when no more than half of the votes count', async () => {
    rig.simulator.setRules([cast('one', 'perhaps'), cast('two', 'maybe'), cast('three', 'yes')]);
    await expect((await rig.start('vote', INPUT)).outcome()).rejects.toMatchObject({
      cause: { type: 'QuorumNotReached', message: expect.stringMatching(/"perhaps" is not a choice/) as string },
    });
  });

  it('refuses an option given twice, before anything is paid for', async () => {
    const run = await rig.start('vote', { ...INPUT, options: ['yes', 'yes '] });
    await expect(run.outcome()).rejects.toMatchObject({ cause: { type: 'InvalidInput' } });
    expect(run.bill()).toEqual([]);
  });
});

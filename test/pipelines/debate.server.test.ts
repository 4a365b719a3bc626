import type { AnswerRule } from '../../simulator/rules';
import { withRig } from './with-rig';

const TASK = { task: 'Say why tea is hot' };
const proposes: AnswerRule = { match: { agent: 'proposer' }, reply: { json: { text: 'FIRST' } } };
const objects = (draft: string, blocking: string[], agent = 'critic'): AnswerRule => ({
  match: { agent, user: `<draft>\\n${draft}\\n</draft>` },
  reply: { json: { blocking, minor: ['Shorter.'] } },
});
const revises = (user: string, text: string): AnswerRule => ({ match: { agent: 'reviser', user }, reply: { json: { text } } });

describe('debate', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setRules([]);
    rig.simulator.setFaults([]);
  });

  it('ends at once when the critic has minor points only', async () => {
    rig.simulator.setRules([proposes, objects('FIRST', [])]);
    const run = await rig.start('debate', TASK);
    const { result } = await run.outcome();
    expect(result).toEqual({
      text: 'FIRST',
      settled: true,
      rounds: [{ round: 1, draft: 'FIRST', blocking: [], minor: ['Shorter.'], revised: null }],
    });
    expect(run.bill().map(({ agent }) => agent)).toEqual(['proposer', 'critic']);
  });

  it('revises until nothing blocks, and tells the reviser what was settled before', async () => {
    rig.simulator.setRules([
      proposes,
      objects('FIRST', ['No reason.']),
      objects('SECOND', ['No source.']),
      objects('THIRD', []),
      revises('No source[^]*<settled_before>[^]*No reason', 'THIRD'),
      revises('No reason(?![^]*<settled_before>)', 'SECOND'),
    ]);
    const { result, degraded } = await (await rig.start('debate', { ...TASK, rounds: 6 })).outcome();
    expect([result.text, result.settled, degraded]).toEqual(['THIRD', true, []]);
    expect(result.rounds.map(({ draft, blocking, revised }) => [draft, blocking, revised])).toEqual([
      ['FIRST', ['No reason.'], 'SECOND'],
      ['SECOND', ['No source.'], 'THIRD'],
      ['THIRD', [], null],
    ]);
  });

  it('does not call settled what no critic has looked at', async () => {
    rig.simulator.setRules([proposes, objects('FIRST', ['No reason.']), revises('FIRST', 'SECOND')]);
    const { result } = await (await rig.start('debate', { ...TASK, rounds: 1 })).outcome();
    expect(result).toMatchObject({ text: 'SECOND', settled: false, rounds: [{ revised: 'SECOND' }] });
  });

  it.each([
    ['fast', 'fastCritic', 'claude-haiku-5-5'],
    ['best', 'bestCritic', 'claude-opus-5-5'],
  ] as const)('takes a critic of the %s tier', async (criticTier, agent, model) => {
    rig.simulator.setRules([proposes, objects('FIRST', [], agent)]);
    const { ledger } = await (await rig.start('debate', { ...TASK, criticTier })).outcome();
    expect(ledger.byAgent).toContainEqual(expect.objectContaining({ agent, model }));
  });

  it.each([
    ['critic', 1, 'critic/round 1', 'FIRST', 0],
    ['critic', 2, 'critic/round 2', 'SECOND', 1],
    ['reviser', 1, 'reviser/round 1', 'FIRST', 1],
  ])('keeps the draft when the %s fails (time %i), and says so', async (agent, nth, step, text, rounds) => {
    rig.simulator.setRules([proposes, objects('FIRST', ['No reason.']), objects('SECOND', []), revises('FIRST', 'SECOND')]);
    rig.simulator.setFaults([{ kind: 'refusal', agent, nth }]);
    const { result, degraded } = await (await rig.start('debate', TASK)).outcome();
    expect([result.text, result.settled, result.rounds.length]).toEqual([text, false, rounds]);
    expect(degraded).toEqual([expect.objectContaining({ step, instead: 'the draft as it stands' })]);
  });

  it('ends when there is no draft', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'proposer' }]);
    await expect((await rig.start('debate', TASK)).outcome()).rejects.toMatchObject({ cause: { type: 'Refused' } });
  });
});

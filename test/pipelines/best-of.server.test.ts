import type { AnswerRule } from '../../simulator/rules';
import { withRig } from './with-rig';

const INPUT = { task: 'Name a tea shop', instructions: ['Be warm.', 'Be short.'], candidates: 3, criteria: 'It is easy to spell.' };
const ODD = 'The "Leaf" &\n  <Löffel>\t— ';
const written = (approach: string, text: string): AnswerRule => ({
  match: { system: 'A judge picks one result', user: approach.replace('.', '\\.') },
  reply: { text },
});
const judged = (index: number, user?: string): AnswerRule => ({
  match: { agent: 'candidateJudge', ...(user !== undefined && { user }) },
  reply: { json: { reason: 'It is easy to spell.', index } },
});

describe('bestOf', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setRules([]);
    rig.simulator.setFaults([]);
  });

  it('returns the candidate that the judge points at byte for byte, with the try that made it', async () => {
    rig.simulator.setRules([
      judged(1, '<task>\\nName a tea shop\\n</task>[^]*<criteria>\\nIt is easy'),
      written('Be warm.', 'Warm'),
      written('Be short.', ODD),
    ]);
    const run = await rig.start('bestOf', INPUT);
    const { result, degraded } = await run.outcome();
    expect(result).toEqual({
      winner: ODD,
      reason: 'It is easy to spell.',
      decidedBy: 'judge',
      variant: { index: 1, instruction: 'Be short.', sample: 0 },
      candidates: [
        { index: 0, instruction: 'Be warm.', sample: 0, text: 'Warm', failed: null },
        { index: 1, instruction: 'Be short.', sample: 0, text: ODD, failed: null },
        { index: 2, instruction: 'Be warm.', sample: 1, text: 'Warm', failed: null },
      ],
    });
    expect(degraded).toEqual([]);
  });

  it('keeps equal tries apart under --reuse, and pays for none of them again', async () => {
    const input = { task: 'Name a coffee shop', instructions: ['Be warm.'], candidates: 2 };
    const { match = {}, reply } = written('Be warm.', 'Bean');
    rig.simulator.setRules([
      { match: { ...match, nth: 1 }, reply: { text: 'Roast' } },
      { match, reply },
    ]);
    const first = await rig.start('bestOf', input);
    const { result } = await first.outcome();
    expect(result.candidates.map(({ text }) => text).sort()).toEqual(['Bean', 'Roast']);
    const again = await rig.start('bestOf', input, { reuse: true });
    expect((await again.outcome()).result).toEqual(result);
    expect([first.bill().length, again.bill().length]).toEqual([3, 0]);
  });

  it('chooses among the others when a candidate fails', async () => {
    rig.simulator.setRules([judged(1), written('Be warm.', 'Warm'), written('Be short.', 'Short')]);
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'candidate 1' }]);
    const { result, degraded } = await (await rig.start('bestOf', INPUT)).outcome();
    expect(result).toMatchObject({ winner: 'Warm', variant: { index: 2, sample: 1 }, decidedBy: 'judge' });
    expect(result.candidates.map(({ text, failed }) => [text, failed === null])).toEqual([
      [null, false],
      ['Short', true],
      ['Warm', true],
    ]);
    expect(degraded).toEqual([expect.objectContaining({ step: 'agent/candidate 1', instead: 'a choice among the others' })]);
  });

  it('needs no judge when one candidate is left', async () => {
    rig.simulator.setFaults([
      { kind: 'refusal', agent: 'candidate 1' },
      { kind: 'refusal', agent: 'candidate 3' },
    ]);
    const run = await rig.start('bestOf', INPUT);
    const { result } = await run.outcome();
    expect(result).toMatchObject({ variant: { index: 1 }, decidedBy: 'only candidate', reason: null });
    expect(run.bill().map(({ agent }) => agent)).not.toContain('candidateJudge');
  });

  it.each([
    ['points at no candidate', [judged(3)], /points at index 3 of 3 candidates/],
    ['gives no index', [{ match: { agent: 'candidateJudge' }, reply: { text: 'The second one.' } }], /candidateJudge/],
  ])('takes the first candidate when the judge %s, and says so', async (_, rules, reason) => {
    rig.simulator.setRules([...rules, written('Be warm.', 'Warm'), written('Be short.', 'Short')]);
    const { result, degraded } = await (await rig.start('bestOf', INPUT)).outcome();
    expect(result).toMatchObject({ winner: 'Warm', variant: { index: 0 }, decidedBy: 'first candidate', reason: null });
    expect(degraded).toEqual([{ step: 'candidateJudge', reason: expect.stringMatching(reason) as string, instead: 'the first candidate' }]);
  });

  it('ends when no candidate succeeds', async () => {
    rig.simulator.setFaults([1, 2, 3].map((at) => ({ kind: 'refusal', agent: `candidate ${at}` })));
    const run = await rig.start('bestOf', INPUT);
    await expect(run.outcome()).rejects.toMatchObject({ cause: { type: 'QuorumNotReached' } });
  });

  it('makes as many candidates as there are instructions, and three at least', async () => {
    const instructions = ['a', 'b', 'c', 'd'];
    const many = await (await rig.start('bestOf', { task: 'Name it', instructions })).outcome();
    const few = await (await rig.start('bestOf', { task: 'Name it', instructions: ['a'] })).outcome();
    expect([many.result.candidates.length, few.result.candidates.length]).toEqual([4, 3]);
  });
});

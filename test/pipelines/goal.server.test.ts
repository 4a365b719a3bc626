import { withRig } from './with-rig';

const PLANNER = 'planner of a team of specialists';
const part = (id: string, worker: string, ...needs: string[]) => ({ id, worker, instruction: `Find out about ${id}.`, depends_on: needs });
const planned = (...subtasks: ReadonlyArray<ReturnType<typeof part>>) => ({ text: JSON.stringify({ subtasks }) });
const specialist = (worker: string, text: string) => ({ match: { system: `Your role: ${worker}.` }, reply: { text } });

describe('goal', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setRules([]);
    rig.simulator.setFaults([]);
  });

  it('does each subtask with the results that it depends on, and no others', async () => {
    rig.simulator.setRules([
      {
        match: { system: PLANNER },
        reply: planned(part('cost', 'economist'), part('risk', 'auditor'), part('choice', 'architect', 'cost')),
      },
      specialist('economist', 'COST-RESULT'),
      specialist('auditor', 'RISK-RESULT'),
      { match: { system: 'Your role: architect.', user: 'RISK-RESULT' }, reply: { text: 'knows too much' } },
      { match: { system: 'Your role: architect.', user: 'COST-RESULT' }, reply: { text: 'knows the cost' } },
    ]);
    const run = await rig.start('goal', { goal: 'Choose a database' });
    const { result, degraded } = await run.outcome();
    expect(result.subtasks.map(({ id, status, text }) => [id, status, text])).toEqual([
      ['cost', 'done', 'COST-RESULT'],
      ['risk', 'done', 'RISK-RESULT'],
      ['choice', 'done', 'knows the cost'],
    ]);
    expect({ degraded, replans: result.replans }).toEqual({ degraded: [], replans: 0 });
  });

  it('sends a plan that cannot be carried out back with its problems', async () => {
    rig.simulator.setRules([
      { match: { system: PLANNER, user: 'wait for each other' }, reply: planned(part('a', 'economist')) },
      { match: { system: PLANNER }, reply: planned(part('a', 'economist', 'b'), part('b', 'economist', 'a')) },
    ]);
    const run = await rig.start('goal', { goal: 'Choose a database' });
    const { result } = await run.outcome();
    expect(result.plans).toHaveLength(1);
    expect(result.plans[0]?.refused.map(({ problems }) => problems)).toEqual([['the subtasks "a" → "b" → "a" wait for each other']]);
    expect(run.bill().map(({ agent }) => agent)).toEqual(['goalPlanner', 'goalPlanner', 'a: economist', 'goalSynthesizer']);
  });

  it('ends clearly when no plan can be carried out', async () => {
    rig.simulator.setRules([{ match: { system: PLANNER }, reply: planned(part('a', 'economist', 'nowhere')) }]);
    const run = await rig.start('goal', { goal: 'Choose a database' });
    await expect(run.outcome()).rejects.toMatchObject({
      cause: { type: 'StepFailed', message: expect.stringMatching(/depends on "nowhere".*asked 3 times$/) as string },
    });
  });

  it('plans anew when a specialist fails, and keeps what is done', async () => {
    rig.simulator.setRules([
      { match: { system: PLANNER, user: '<failed>' }, reply: planned(part('a', 'economist'), part('c', 'clerk', 'a')) },
      { match: { system: PLANNER }, reply: planned(part('a', 'economist'), part('b', 'auditor')) },
    ]);
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'b: auditor' }]);
    const run = await rig.start('goal', { goal: 'Choose a database' });
    const { result, degraded } = await run.outcome();
    expect(result.subtasks).toMatchObject([
      { plan: 0, id: 'a', status: 'done' },
      { plan: 0, id: 'b', status: 'failed', text: null, reason: expect.stringContaining('declined') as string },
      { plan: 1, id: 'c', status: 'done', reason: null },
    ]);
    expect({ replans: result.replans, degraded }).toEqual({ replans: 1, degraded: [] });
  });

  it('answers from the rest when the second plan fails in part too, and says so', async () => {
    rig.simulator.setRules([
      { match: { system: PLANNER }, reply: planned(part('a', 'economist'), part('b', 'auditor'), part('c', 'clerk', 'b')) },
    ]);
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'b: auditor' }]);
    const run = await rig.start('goal', { goal: 'Choose a database' });
    const { result, degraded } = await run.outcome();
    expect(result.subtasks.map(({ plan, id, status, reason }) => [plan, id, status, status === 'skipped' ? reason : ''])).toEqual([
      [0, 'a', 'done', ''],
      [0, 'b', 'failed', ''],
      [0, 'c', 'skipped', 'it depends on "b"'],
      [1, 'b', 'failed', ''],
      [1, 'c', 'skipped', 'it depends on "b"'],
    ]);
    expect(degraded).toEqual([expect.objectContaining({ step: 'agent/b: auditor', instead: 'an answer without this subtask' })]);
  });

  it('keeps to the number of subtasks that is asked for', async () => {
    for (const maxSubtasks of [1, 3]) {
      const run = await rig.start('goal', { goal: `Compare ${maxSubtasks + 1} editors`, maxSubtasks });
      const { result } = await run.outcome();
      expect(result.plans.map(({ refused }) => refused)).toEqual([[]]);
      expect(result.plans[0]?.subtasks.length).toBeLessThanOrEqual(maxSubtasks);
    }
  });
});

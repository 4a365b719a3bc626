import { blackboardQuery } from '../../common/messages';
import { withRig } from './with-rig';

const question = 'Why does this Python function return None?';
const routed = (choice: string, confidence: number) => ({
  match: { system: 'front desk of a team of specialists. You decide' },
  reply: { text: JSON.stringify({ choice, confidence }) },
});

describe('ask', () => {
  const rig = withRig();
  afterEach(() => {
    rig.simulator.setRules([]);
    rig.simulator.setFaults([]);
  });

  it.each([
    ['code', 'codeSpecialist'],
    ['data', 'dataSpecialist'],
    ['writing', 'writingSpecialist'],
    ['research', 'researchSpecialist'],
    ['general', 'generalist'],
  ])('hands a question of class %s to %s, and the choice can be searched for', async (choice, specialist) => {
    rig.simulator.setRules([routed(choice, 0.9)]);
    const run = await rig.start('ask', { question });
    const { result, degraded } = await run.outcome();
    expect(result.routing).toEqual({ route: choice, why: 'chosen', classified: choice, confidence: 0.9 });
    expect(run.bill().map(({ agent }) => agent)).toEqual(['deskRouter', specialist]);
    expect(degraded).toEqual([]);
    const { typedSearchAttributes } = await run.handle.describe();
    const attributes = Object.fromEntries([...typedSearchAttributes.getAll()].map(({ key, value }) => [key.name, value]));
    expect(attributes).toMatchObject({ TroupeRoute: choice, TroupeStage: 'answer' });
    const { artifacts } = await run.handle.query(blackboardQuery);
    expect(artifacts).toContainEqual({ key: 'route', agent: 'ask', step: 'route', value: { choice, confidence: 0.9 } });
  });

  it('hands a question to the generalist when the router is in doubt, and says so', async () => {
    rig.simulator.setRules([routed('code', 0.4)]);
    const run = await rig.start('ask', { question });
    const { result } = await run.outcome();
    expect(result.routing).toEqual({ route: 'general', why: 'low confidence', classified: 'code', confidence: 0.4 });
    expect(run.bill().map(({ agent }) => agent)).toEqual(['deskRouter', 'generalist']);
  });

  it('obeys another threshold', async () => {
    rig.simulator.setRules([routed('code', 0.4)]);
    const run = await rig.start('ask', { question, minConfidence: 0.3 });
    expect((await run.outcome()).result.routing).toMatchObject({ route: 'code', why: 'chosen' });
  });

  it.each([
    ['deskRouter', 'classifier failed', null],
    ['codeSpecialist', 'specialist failed', 'code'],
  ])('goes on with the generalist when %s declines, and the result says what is degraded', async (agent, why, classified) => {
    rig.simulator.setRules([routed('code', 0.9)]);
    rig.simulator.setFaults([{ kind: 'refusal', agent, nth: 1 }]);
    const run = await rig.start('ask', { question });
    const { result, degraded } = await run.outcome();
    expect(result.routing).toMatchObject({ route: 'general', why, classified });
    expect(degraded).toEqual([expect.objectContaining({ step: agent, instead: 'the generalist' })]);
  });
});

import { agents } from '../../agents';
import type { AnsweredCall, CallOutcome } from '../../common/call';
import { settledPico, settledTokens } from '../../common/ledger';
import { totalTokens } from '../../common/pricing';
import { startSimulator, type Simulator } from '../../simulator';
import { echo, quietEnvironment, startActivityRig, type ActivityRig } from './activity-rig';

let simulator: Simulator;
let rig: ActivityRig;
beforeAll(async () => {
  simulator = await startSimulator();
  rig = await startActivityRig(simulator.url, { agents: { echo, ...agents } });
});
afterAll(async () => {
  await rig.close();
  await simulator.close();
});

const calls: AnsweredCall[] = [];

async function call(agent: keyof typeof agents, step: string, input: object): Promise<never> {
  const activity = rig.activities[agent];
  if (activity === undefined) throw new Error(`no activity "${agent}"`);
  const outcome: CallOutcome = await quietEnvironment().run(activity, input as unknown, rig.context({ step }));
  if (outcome.kind !== 'answered') throw new Error(`"${agent}" was not answered`);
  calls.push(outcome);
  // The output is what the next agent's schema takes, or the test fails there.
  return outcome.output as never;
}

describe('the agents of the registry', () => {
  it('hand on to each other at the first try, and their spends add up to the bill', async () => {
    const topic = 'How to build a RAG system with Python';
    const audience = 'developers';
    const angles = ['fundamentals', 'use cases', 'pitfalls'];
    const findings = await Promise.all(angles.map((angle) => call('researcher', angle, { topic, angle, audience })));
    const { sections } = (await call('outliner', 'outliner', { topic, audience, findings })) as { sections: object[] };
    expect(sections).toHaveLength(5);
    const { draft } = (await call('writer', 'writer', { topic, audience, findings, outline: sections })) as { draft: string };
    const { description } = (await call('seo', 'seo', { topic, draft })) as { description: string };
    expect(description.length).toBeLessThanOrEqual(155);
    await call('title', 'title', { topic, draft });
    await call('briefWriter', 'brief', { topic, findings: findings[0] });
    await call('editor', 'editor', { topic, audience, draft });
    await call('synthesizer', 'synthesizer', { topic, reports: findings });

    expect(calls.map(({ turns }) => turns)).toEqual(Array.from({ length: 10 }, () => 1));
    const bill = simulator.requests().filter((request) => request.charged);
    expect(bill).toHaveLength(10);
    const sum = (amounts: number[]): number => amounts.reduce((a, b) => a + b, 0);
    expect(sum(calls.map(({ spend }) => settledPico(spend)))).toBe(sum(bill.map(({ costPico }) => costPico)));
    expect(sum(calls.map(({ spend }) => settledTokens(spend)))).toBe(sum(bill.map(({ usage }) => totalTokens(usage))));
  });
});

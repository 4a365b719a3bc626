import type { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';
import { z } from 'zod';

import { defineTool } from '../../activities/tools/define-tool';
import { defineAgent } from '../../agents/define-agent';
import { WEB_RULE } from '../../agents/prompt-parts';
import type { AnsweredCall, CallContext, CallOutcome } from '../../common/call';
import type { TurnOutput } from '../../common/conversation';
import type { FailureDetails } from '../../common/failures';
import { NO_SPEND, settledPico, settledTokens, type CallSpend } from '../../common/ledger';
import { totalTokens } from '../../common/pricing';
import { startSimulator, type FaultRule, type Simulator } from '../../simulator';
import { echo, quietEnvironment, startActivityRig, type ActivityRig } from './activity-rig';

// The SDK prints a stream that it cannot parse, whatever its log level.
beforeAll(() => void jest.spyOn(console, 'error').mockReturnValue());
afterAll(() => void jest.restoreAllMocks());

const spec = {
  description: 'Looks something up',
  tier: 'fast',
  maxTokens: 1_024,
  system: 'Look it up.',
  input: z.object({ topic: z.string() }),
  output: z.object({
    said: z.string(),
    sources: z
      .array(z.object({ url: z.url(), title: z.string() }))
      .max(4)
      .describe('Between 1 and 3 items'),
  }),
  prompt: ({ topic }: { topic: string }) => `<topic>${topic}</topic>`,
} as const;
const finder = defineAgent({
  ...spec,
  name: 'finder',
  serverTools: [
    { name: 'webSearch', maxUses: 2 },
    { name: 'webFetch', maxUses: 1 },
  ],
});
const look = defineTool({
  name: 'look',
  description: 'Looks at a place',
  input: z.strictObject({ place: z.string() }),
  output: z.object({ seen: z.string() }),
  run: ({ place }) => ({ seen: place }),
});
const explorer = defineAgent({ ...spec, name: 'explorer', tools: ['look'], serverTools: ['webSearch'] });

let simulator: Simulator;
let rig: ActivityRig;
beforeEach(async () => {
  simulator = await startSimulator();
  rig = await startActivityRig(simulator.url, { agents: { echo, finder, explorer }, tools: { look } });
});
afterEach(async () => {
  await rig.close();
  await simulator.close();
});

const call = (agent: 'finder' | 'explorer', step: string, context: Partial<CallContext> = {}): Promise<CallOutcome> => {
  const activity = rig.activities[agent];
  if (activity === undefined) throw new Error('not registered');
  const input = context.conversation?.transcript === undefined ? { topic: `Tools for ${step}` } : null;
  return quietEnvironment().run(activity, input, rig.context({ step, ...context }));
};
const find = async (step: string, context: Partial<CallContext> = {}): Promise<AnsweredCall> => {
  const outcome = await call('finder', step, context);
  if (outcome.kind !== 'answered') throw new Error('it was not answered');
  return outcome;
};
const bill = (step: string) => simulator.requests().filter((request) => request.step === step && request.charged);
const billedPico = (step: string): number => bill(step).reduce((sum, request) => sum + request.costPico, 0);
const billedTokens = (step: string): number => bill(step).reduce((sum, request) => sum + totalTokens(request.usage), 0);
const billedSearches = (step: string): number => bill(step).reduce((sum, request) => sum + (request.usage.web_search_requests ?? 0), 0);

function expectBilled(step: string, { spend }: { readonly spend: CallSpend }): void {
  expect(settledPico(spend)).toBe(billedPico(step));
  expect(settledTokens(spend)).toBe(billedTokens(step));
  expect(spend.settled.reduce((sum, { usage }) => sum + (usage.web_search_requests ?? 0), 0)).toBe(billedSearches(step));
}

const A = { url: 'https://acme.test/a', title: 'A' };
const INVENTED = { url: 'https://invented.test/b', title: 'B' };

describe('an agent that searches the web', () => {
  it('spends what is billed, searches included, and cites what it found', async () => {
    for (let at = 0; at < 6; at += 1) {
      const outcome = await find(`team ${at}`);
      const { sources } = outcome.output as z.infer<typeof finder.output>;
      expect(outcome.turns).toBe(1);
      expect(sources.length).toBeGreaterThan(0);
      expect(billedSearches(`team ${at}`)).toBeGreaterThan(0);
      expectBilled(`team ${at}`, outcome);
      expect(rig.log.at(-1)).toMatchObject({ webSearches: billedSearches(`team ${at}`), outcome: 'answered' });
    }
  });

  it('is told how to treat pages', async () => {
    simulator.setRules([{ match: { system: WEB_RULE.slice(0, 40) }, reply: { json: { said: 'told', sources: [] } } }]);
    expect((await find('x')).output).toEqual({ said: 'told', sources: [] });
  });

  it('is asked again for a source that it did not find, with the results it had', async () => {
    simulator.setRules([
      { match: { nth: 1 }, reply: { pages: [A], json: { said: 'x', sources: [A, INVENTED] } } },
      { match: { user: 'https://invented\\.test/b" is not among the search results' }, reply: { json: { said: 'y', sources: [A] } } },
    ]);
    const outcome = await find('x');
    expect(outcome).toMatchObject({ output: { said: 'y', sources: [A] }, turns: 2 });
    expect(bill('x')).toHaveLength(2);
    expectBilled('x', outcome);
  });

  it('fails when it goes on to invent sources', async () => {
    simulator.setRules([{ match: {}, reply: { json: { said: 'x', sources: [INVENTED] } } }]);
    const error = await find('x').then(
      () => undefined,
      (thrown: ApplicationFailure) => thrown,
    );
    expect(error).toMatchObject({ type: 'OutputRejected', message: expect.stringContaining('is not among the search results') as string });
    expect(bill('x')).toHaveLength(3);
  });

  it('goes on without results when every search fails, free of charge', async () => {
    simulator.setFaults([{ kind: 'search_error', errorCode: 'too_many_requests' }]);
    const outcome = await find('x');
    expect(outcome).toMatchObject({ output: { sources: [] }, turns: 1 });
    expect(billedSearches('x')).toBe(0);
    expectBilled('x', outcome);
    expect(rig.log.at(-1)).not.toHaveProperty('webSearches');
  });

  it('goes on where it paused in the middle of searching', async () => {
    simulator.setFaults([{ kind: 'pause_turn', nth: 1 }]);
    const outcome = await find('x');
    expect(outcome.turns).toBe(2);
    expect(simulator.requests().map(({ stopReason }) => stopReason)).toEqual(['pause_turn', 'end_turn']);
    expectBilled('x', outcome);
  });

  it('takes its answer from the journal the second time', async () => {
    const first = await find('x');
    expect(await find('x')).toEqual(first);
    expect(simulator.requests()).toHaveLength(1);
  });

  it('sends nothing without a grant for all its searches and what they may bring', async () => {
    const short = await call('finder', 'x', { grantPico: 0, grantTokens: 1 });
    if (short.kind !== 'needs') throw new Error('it needed no grant');
    expect(simulator.requests()).toHaveLength(0);
    expect(short.needsPico).toBeGreaterThan(2e10);
    expect(await call('finder', 'x', { grantPico: short.needsPico - 1 })).toMatchObject({ kind: 'needs' });
    expect(await call('finder', 'x', { grantTokens: short.needsTokens - 1 })).toMatchObject({ kind: 'needs' });
    expect(await call('finder', 'x', { grantPico: short.needsPico, grantTokens: short.needsTokens })).toMatchObject({ kind: 'answered' });
  });

  it('stays within its grant and the bounds of its ledger, whatever happens', async () => {
    const kinds = [
      '529',
      'reset_mid_stream',
      'eof_no_stop',
      'charge_then_drop',
      'pause_turn',
      'search_error',
      'bad_schema_output',
      'max_tokens',
    ];
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(kinds.length + 2), { maxLength: 6 }),
        fc.integer({ min: 1e10, max: 1e12 }),
        async (plan, grantPico) => {
          const step = `step-${(run += 1)}`;
          simulator.setFaults(plan.flatMap((index): FaultRule[] => (kinds[index] === undefined ? [] : [{ kind: kinds[index], nth: 1 }])));
          for (let attempts = 0; attempts < 12; attempts += 1) {
            const ended = await call('finder', step, { grantPico }).catch((error: ApplicationFailure) => error);
            const spend = 'spend' in ended ? ended.spend : ((ended.details?.[0] as FailureDetails | undefined)?.spend ?? NO_SPEND);
            expect(settledPico(spend)).toBeLessThanOrEqual(billedPico(step));
            expect(billedPico(step)).toBeLessThanOrEqual(settledPico(spend) + spend.uncertainPico);
            expect(billedTokens(step)).toBeLessThanOrEqual(settledTokens(spend) + spend.uncertainTokens);
            expect(billedPico(step)).toBeLessThanOrEqual(grantPico);
            if ('spend' in ended || ended.nonRetryable === true) return;
          }
        },
      ),
      { numRuns: 40 },
    );
    // Whatever went back to Claude after a pause or a rejected answer was a conversation that it takes.
    expect(simulator.stats().byStatus['400']).toBeUndefined();
  });
});

/** Plays the workflow's part: gives results to every call until there is an answer. */
async function converse(topic: string): Promise<{ readonly turns: number; readonly output: z.infer<typeof explorer.output> }> {
  let conversation: NonNullable<CallContext['conversation']> = {};
  for (let turns = 1; ; turns += 1) {
    const step = `${topic} turn ${turns}`;
    const outcome = await call('explorer', step, { conversation });
    if (outcome.kind !== 'answered') throw new Error('it was not answered');
    expectBilled(step, outcome);
    const turn = outcome.output as TurnOutput<z.infer<typeof explorer.output>>;
    if (turn.kind === 'answered') return { turns, output: turn.output };
    expect(turn.calls.map(({ name }) => name)).toEqual(['look']);
    const results = turn.calls.map(({ id }) => ({ id, reply: { text: 'a cat' }, isError: false }));
    conversation = { transcript: turn.transcript, results };
  }
}

describe('an agent with tools of ours and server tools', () => {
  it('goes on where a turn paused, takes it from the journal the second time and hands all of it on to the next turn', async () => {
    simulator.setFaults([{ kind: 'pause_turn', nth: 1 }]);
    const first = await call('explorer', 'turn 1', { conversation: {} });
    expect(await call('explorer', 'turn 1', { conversation: {} })).toEqual(first);
    if (first.kind !== 'answered') throw new Error('it was not answered');
    expect(first.turns).toBe(2);
    expect(bill('turn 1')).toHaveLength(2);
    expectBilled('turn 1', first);
    const turn = first.output as TurnOutput;
    if (turn.kind !== 'tools') throw new Error('it called no tool');
    const results = turn.calls.map(({ id }) => ({ id, reply: { text: 'a cat' }, isError: false }));
    const second = await call('explorer', 'turn 2', { conversation: { transcript: turn.transcript, results } });
    expect(second).toMatchObject({ kind: 'answered', output: { kind: 'answered' } });
    expect(simulator.stats().byStatus['400']).toBeUndefined();
  });

  it('converses with both, and its ledger is the bill of every turn', async () => {
    for (let at = 0; at < 10; at += 1) {
      const { turns, output } = await converse(`trip ${at}`);
      expect(turns).toBe(2);
      expect(output.sources.length).toBeGreaterThan(0);
    }
    const searchedIn = (turn: number) =>
      simulator.requests().filter(({ step, usage }) => step?.endsWith(`turn ${turn}`) && usage.web_search_requests !== undefined);
    expect(searchedIn(1).length).toBeGreaterThan(0);
    // Some searches were still under way when the tool was called: their results came with the second turn.
    expect(searchedIn(2).length).toBeGreaterThan(0);
    expect(simulator.stats().byStatus['400']).toBeUndefined();
  });
});

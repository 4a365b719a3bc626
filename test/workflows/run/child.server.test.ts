import { Worker } from '@temporalio/worker';

import type { Ledger } from '../../../common/ledger';
import { changeLaneSignal, pauseUpdate, progressQuery, resumeUpdate } from '../../../common/messages';
import { toUsd } from '../../../common/money';
import { Memo, type PartialWork, type RunOptions, type RunOutcome, type StepProgress } from '../../../common/run';
import { getBlob } from '../../../storage/blobs';
import { loadTranscript } from '../../../storage/transcripts';
import { INTERCEPTOR_MODULES } from '../../../worker/bundle-workflows';
import { bundleConversations } from '../../helpers/conversation-bundle';
import type { Plan } from '../../helpers/conversation-workflows';
import { DIGGING, diggerCalls } from '../../helpers/digging';
import { heard } from '../../helpers/heard';
import { startRig, type Rig, type RigRun } from '../../helpers/rig';
import { until } from '../../helpers/until';

type Run = RigRun<'brief'>;

const COLUMNS = [{ name: 'price', values: [1, 2, 3] }];
const ANALYST = { agent: 'analyst', input: { question: 'How much?', columns: COLUMNS } };
/** The analyst works in two turns. */
const TWO_TURNS = [
  { match: { agent: 'analyst', resultsBelow: 1 }, reply: { toolUse: [{ name: 'analyzeData', input: { columns: COLUMNS } }] } },
  { match: { agent: 'analyst' }, reply: { json: { answer: 'Two', figures: [{ name: 'mean', value: 2 }], caveats: [] } } },
];

const inTurn2 = ({ step, state }: StepProgress): boolean => step === 'analyst/turn 2' && state === 'running';

describe('runChild()', () => {
  let rig: Rig;
  let workflowBundle: { code: string };
  beforeAll(async () => {
    workflowBundle = await bundleConversations();
    // Parent and child share the worker. Without a cache each would evict the other in the middle of a task, which only costs time.
    rig = await startRig({ workflowBundle, maxCachedWorkflows: 100, deps: DIGGING });
  }, 120_000);
  afterAll(() => rig.close());
  beforeEach(() => rig.simulator.setRules(TWO_TURNS));
  afterEach(() => rig.simulator.setFaults([]));

  const start = (plan: Plan, options?: RunOptions): Promise<Run> => rig.start('brief', { topic: JSON.stringify(plan) }, options);
  const childOf = (run: Run, name = 'helper') => rig.client.workflow.getHandle(`${run.handle.workflowId}/oneAgent/${name}`);
  const billOf = (run: Run) =>
    rig.simulator.requests().filter((record) => record.charged && record.workflowId?.startsWith(run.handle.workflowId));
  const billUsd = (run: Run): number => toUsd(billOf(run).reduce((sum, { costPico }) => sum + costPico, 0));
  const outcomeOf = async (run: Run): Promise<RunOutcome> => (await run.outcome()) as unknown as RunOutcome;
  const said = async (transcript: string): Promise<Array<{ content: unknown }>> =>
    ((await loadTranscript(rig.store, transcript))?.messages ?? []) as Array<{ content: unknown }>;
  const expectReplay = async (run: Run): Promise<void> => {
    const history = await run.handle.fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle, interceptors: { workflowModules: INTERCEPTOR_MODULES } },
      history,
      run.handle.workflowId,
    );
  };

  it('adds the ledger of the child to that of its parent, line by line', async () => {
    const run = await start({ do: 'child', ...ANALYST });
    const { result, ledger } = await outcomeOf(run);
    expect(result).toMatchObject({ agent: 'analyst', output: { answer: 'Two' } });
    expect(ledger.byAgent.map(({ agent, requests }) => [agent, requests])).toEqual([['analyst', 2]]);
    expect(ledger.costUsd).toBe(billUsd(run));
    const [step] = (await run.handle.query(progressQuery)).steps;
    expect(step).toMatchObject({ step: 'oneAgent/helper', kind: 'child', state: 'done', costUsd: ledger.costUsd });
    await expectReplay(run);
  });

  it('gives the child its share of what is left, and takes back what it does not use', async () => {
    const run = await start({ do: 'child', ...ANALYST, share: 0.25 }, { budgetUsd: 2, budgetTokens: 400_000 });
    const { ledger } = await outcomeOf(run);
    const [child, parent] = [await childOf(run).query(progressQuery), await run.handle.query(progressQuery)];
    expect(child.budgetUsd).toBe(0.5);
    expect(parent).toMatchObject({ budgetUsd: 2, costUsd: ledger.costUsd });
    expect(ledger.costUsd).toBe(billUsd(run));
  });

  it('ends a child at its share, and the parent may go on with what is left', async () => {
    const run = await start({ do: 'child', ...ANALYST, share: 0.001, tolerate: true }, { budgetUsd: 1 });
    const { result, ledger } = await outcomeOf(run);
    expect(result).toEqual({ failed: expect.any(String) as string });
    expect(ledger.costUsd).toBe(billUsd(run));
    expect(ledger.costUsd).toBeLessThanOrEqual(0.001);
    const [step] = (await run.handle.query(progressQuery)).steps;
    expect(step).toMatchObject({ state: 'failed', reason: expect.stringContaining('within the budget') as string });
  });

  it('counts what a child has spent that failed', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'analyst', nth: 2 }]);
    const run = await start({ do: 'child', ...ANALYST, tolerate: true });
    const { ledger } = await outcomeOf(run);
    expect(billOf(run)).toHaveLength(2);
    expect(ledger).toMatchObject({ requests: 2, costUsd: billUsd(run) });
    expect(ledger.byAgent.map(({ agent }) => agent)).toEqual(['analyst']);
    await expectReplay(run);
  });

  it('counts what a child has spent that was terminated, from its journal', async () => {
    rig.simulator.setFaults([{ kind: 'hang_headers', agent: 'analyst', nth: 2 }]);
    const run = await start({ do: 'child', ...ANALYST, tolerate: true });
    await until(
      async () =>
        rig.simulator.requests({ agent: 'analyst' }).filter(({ workflowId }) => workflowId === childOf(run).workflowId).length === 2,
    );
    await childOf(run).terminate('a test');
    const { ledger } = await outcomeOf(run);
    // The request of the second turn had been sent, and nobody has seen its answer.
    expect(ledger).toMatchObject({ requests: 1, costUsd: billUsd(run), uncertainRequests: 1 });
    expect(ledger.byAgent.map(({ agent }) => agent)).toEqual(['oneAgent']);
  });

  it('is cancelled with its parent, which still knows what it has spent', async () => {
    rig.simulator.setFaults([{ kind: 'hang_headers', agent: 'analyst', nth: 2 }]);
    const run = await start({ do: 'child', ...ANALYST });
    await until(async () => (await childOf(run).query(progressQuery)).steps.some(inTurn2));
    await run.handle.cancel();
    await expect(run.handle.result()).rejects.toThrow('Workflow execution cancelled');
    expect((await childOf(run).describe()).status.name).toBe('CANCELLED');
    const { memo } = await run.handle.describe();
    const partial = memo?.[Memo.partial] as PartialWork;
    expect(partial).toMatchObject({ status: 'cancelled', ledger: { costUsd: billUsd(run) } });
    const { ledger } = (await getBlob(rig.store, String(partial.ref))) as { ledger: Ledger };
    expect(ledger.lines.map(({ agent }) => agent)).toEqual(['analyst']);
  });

  it('is paused and resumed with its parent', async () => {
    rig.simulator.setFaults([{ kind: 'hold', agent: 'analyst' }]);
    const run = await start({ do: 'child', ...ANALYST });
    await run.held('analyst');
    await run.handle.executeUpdate(pauseUpdate);
    await until(async () => (await childOf(run).query(progressQuery)).status === 'paused');
    rig.simulator.setFaults([]);
    await until(async () => (await childOf(run).query(progressQuery)).steps.at(-1)?.state === 'pending');
    await run.handle.executeUpdate(resumeUpdate);
    const { ledger } = await outcomeOf(run);
    expect(ledger.requests).toBe(2);
  });

  it('takes another lane with its parent', async () => {
    rig.simulator.setFaults([{ kind: 'hold', agent: 'analyst' }]);
    const run = await start({ do: 'child', ...ANALYST });
    await run.held('analyst');
    await run.handle.signal(changeLaneSignal, 'batch');
    await heard(childOf(run), changeLaneSignal);
    rig.simulator.setFaults([]);
    const { ledger } = await outcomeOf(run);
    expect(ledger).toMatchObject({ requests: 2, uncertainUsd: 0 });
    // Items of batches name no run.
    expect(billOf(run)).toHaveLength(1);
    expect(rig.simulator.batches()).toHaveLength(1);
    await expectReplay(run);
  });

  it('hands an agent to another one as a tool: a plain one as a call, one with tools as a child; the ledger has all of it', async () => {
    const columns = [{ name: 'price', values: [1, 2, 3] }];
    rig.simulator.setRules([
      ...diggerCalls([
        { name: 'title', input: { topic: 'Gold', draft: 'Gold is heavy.' } },
        { name: 'analyst', input: { question: 'How much?', columns } },
        { name: 'analyst', input: { question: 'How much?' } },
      ]),
      { match: { agent: 'analyst', resultsBelow: 1 }, reply: { toolUse: [{ name: 'analyzeData', input: { columns } }] } },
      { match: { agent: 'analyst' }, reply: { json: { answer: 'Two', figures: [{ name: 'mean', value: 2 }], caveats: [] } } },
    ]);
    const run = await start({ do: 'converse', task: 'Find gold' }, { budgetUsd: 5 });
    const { result, ledger } = (await run.outcome()) as unknown as RunOutcome<{ state: { transcript: string } }>;
    const results = (await said(result.state.transcript))[2]?.content as Array<{ content: string; is_error?: boolean }>;
    expect(results.map(({ is_error = false }) => is_error)).toEqual([false, false, true]);
    expect(results[1]?.content).toContain('"answer":"Two"');
    expect(results[2]?.content).toContain('its input does not fit');
    expect(ledger.byAgent.map(({ agent }) => agent).sort()).toEqual(['analyst', 'digger', 'title']);
    expect(ledger.costUsd).toBe(billUsd(run));
    const child = (await run.handle.query(progressQuery)).steps.find(({ kind }) => kind === 'child');
    expect(child).toMatchObject({ agent: 'oneAgent', state: 'done' });
    expect(child?.costUsd).toBeGreaterThan(0);
  });
});

import path from 'node:path';

import { Worker } from '@temporalio/worker';

import { createMcpServers, type McpServers } from '../../../activities/tools/mcp-servers';
import type { ClientContext } from '../../../client/context';
import { runWaitsForPool, waitingForPool } from '../../../client/pool';
import { collectorId } from '../../../common/batch';
import { blackboardQuery, progressQuery, reviewUpdate } from '../../../common/messages';
import { toUsd } from '../../../common/money';
import type { RunOptions, RunOutcome } from '../../../common/run';
import { poolOf } from '../../../common/task-queues';
import { loadTranscript } from '../../../storage/transcripts';
import { INTERCEPTOR_MODULES } from '../../../worker/bundle-workflows';
import { bundleConversations } from '../../helpers/conversation-bundle';
import type { Plan } from '../../helpers/conversation-workflows';
import { DIGGING, diggerCalls, diggerDigs, type ToolUse } from '../../helpers/digging';
import { atPace } from '../../helpers/lane-rig';
import { startRig, type Rig, type RigRun } from '../../helpers/rig';
import { until } from '../../helpers/until';

type Run = RigRun<'brief'>;

interface Ended {
  readonly status: string;
  readonly output?: unknown;
  readonly turns: number;
  readonly toolCalls: number;
  readonly state: { readonly transcript: string };
  readonly open?: unknown;
}

const DIG: ToolUse = { name: 'dig', input: { at: 'the old oak', characters: 40 } };

describe('converse()', () => {
  let rig: Rig;
  let mcp: McpServers;
  let workflowBundle: { code: string };
  beforeAll(async () => {
    workflowBundle = await bundleConversations();
    // Nothing is cached: every task replays the run from its beginning, as after a crash of its worker.
    mcp = createMcpServers({
      local: { command: process.execPath, args: [path.join(__dirname, '../../fixtures/mcp-server.js')], env: {}, approval: 'never' },
    });
    const digger = { ...DIGGING.agents.digger, tools: [...(DIGGING.agents.digger.tools ?? []), 'mcp__local__add'] };
    rig = await startRig({
      workflowBundle,
      maxCachedWorkflows: 0,
      deps: { ...DIGGING, agents: { ...DIGGING.agents, digger }, mcp, ...atPace() },
    });
  }, 120_000);
  afterAll(() => Promise.all([rig.close(), mcp.close()]));
  afterEach(() => rig.simulator.setRules([]));

  const start = (plan: Plan, options?: RunOptions): Promise<Run> => rig.start('brief', { topic: JSON.stringify(plan) }, options);
  const dig = (options?: RunOptions, more: { maxTurns?: number } = {}): Promise<Run> =>
    start({ do: 'converse', task: 'Find gold', ...more }, options);
  const outcomeOf = async (run: Run): Promise<RunOutcome<Ended>> => (await run.outcome()) as unknown as RunOutcome<Ended>;
  const activitiesOf = async (run: Run): Promise<string[]> =>
    ((await run.handle.fetchHistory()).events ?? []).flatMap(({ activityTaskScheduledEventAttributes: activity }) =>
      activity ? [`${activity.activityType?.name} ${activity.activityId}`] : [],
    );
  const queuesOf = async (run: Run): Promise<string[]> =>
    ((await run.handle.fetchHistory()).events ?? []).flatMap(({ activityTaskScheduledEventAttributes: activity }) =>
      activity ? [`${activity.activityType?.name} ${activity.taskQueue?.name}`] : [],
    );
  const clientContext = (): ClientContext => {
    const { client } = rig;
    const unused = { address: 'test', webUi: null, simulated: true, openStore: () => Promise.resolve(rig.store) };
    return { client, namespace: client.options.namespace, ...unused };
  };
  const said = async (transcript: string): Promise<Array<{ role: string; content: unknown }>> => {
    const kept = await loadTranscript(rig.store, transcript);
    return (kept?.messages ?? []) as Array<{ role: string; content: unknown }>;
  };
  const expectLedgerIsBill = (run: Run, { ledger }: RunOutcome<unknown>): void => {
    const bill = rig.simulator.requests().filter((record) => record.charged && record.workflowId?.startsWith(run.handle.workflowId));
    expect(ledger.requests).toBe(bill.length);
    expect(ledger.costUsd).toBe(toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0)));
    expect(ledger.uncertainUsd).toBe(0);
  };

  it('makes every model turn and every call of a tool an activity of its own, and replays', async () => {
    rig.simulator.setRules(diggerCalls([DIG], [DIG, { ...DIG, input: { at: 'a rock', characters: 30 } }]));
    const run = await dig();
    const outcome = await outcomeOf(run);
    expect(outcome.result).toMatchObject({ status: 'answered', output: { treasure: 'gold' }, turns: 3, toolCalls: 3 });
    expect(await activitiesOf(run)).toEqual([
      'digger digger/turn 1',
      'dig digger/dig',
      'digger digger/turn 2',
      'dig digger/dig#2',
      'dig digger/dig#3',
      'digger digger/turn 3',
    ]);
    expectLedgerIsBill(run, outcome);
    const steps = (await run.handle.query(progressQuery)).steps.map(({ step, kind, state }) => [step, kind ?? 'agent', state].join(' '));
    expect(steps.slice(0, 2)).toEqual(['digger/turn 1 agent done', 'digger/dig tool done']);
    const history = await run.handle.fetchHistory();
    await Worker.runReplayHistory(
      { workflowBundle, interceptors: { workflowModules: INTERCEPTOR_MODULES } },
      history,
      run.handle.workflowId,
    );
  });

  it('answers all calls of a turn in one message, in the order of the calls, errors among them', async () => {
    const calls: ToolUse[] = [
      { name: 'collapse', input: { retryable: false } },
      DIG,
      { name: 'nowhere', input: {} },
      { name: 'dig', input: { at: 7 } },
    ];
    rig.simulator.setRules(diggerCalls(calls));
    const { result } = await outcomeOf(await dig());
    const messages = await said(result.state.transcript);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    const spoken = messages[1]?.content as Array<{ type: string; id: string }>;
    const asked = spoken.filter(({ type }) => type === 'tool_use');
    const results = messages[2]?.content as Array<{ tool_use_id: string; content: string; is_error?: boolean }>;
    expect(results.map(({ tool_use_id }) => tool_use_id)).toEqual(asked.map(({ id }) => id));
    expect(results.map(({ is_error = false }) => is_error)).toEqual([true, false, true, true]);
    expect(results.map(({ content }) => content)).toEqual([
      'Cannot dig: the tunnel collapsed at attempt 1; dig elsewhere',
      expect.stringMatching(/^\{"found":"the old oak the old oak/),
      expect.stringContaining('There is no tool "nowhere"'),
      expect.stringContaining('its input does not fit'),
    ]);
  });

  it('ends with a typed outcome when the turns are used up, and runs no tool whose result nobody would read', async () => {
    rig.simulator.setRules(diggerCalls([DIG], [DIG], [DIG]));
    const run = await dig(undefined, { maxTurns: 2 });
    const { result } = await outcomeOf(run);
    expect(result).toMatchObject({ status: 'exhausted', turns: 2, toolCalls: 1, open: [{ name: 'dig' }] });
    expect(await activitiesOf(run)).toHaveLength(3);
  });

  it('lets a person approve, edit or reject a call that wants approval', async () => {
    const blast = (kilograms: number): ToolUse => ({ name: 'blast', input: { kilograms } });
    rig.simulator.setRules(diggerCalls([blast(1), blast(2), blast(3)]));
    const run = await dig();
    await until(async () => (await run.handle.query(progressQuery)).reviews?.length === 3);
    const review = (gate: string, command: object) => run.handle.executeUpdate(reviewUpdate, { args: [{ gate, ...command } as never] });
    await review('digger/blast', { decision: 'approve' });
    await review('digger/blast#2', { decision: 'edit', value: { kilograms: 0.5 } });
    await review('digger/blast#3', { decision: 'reject', reason: 'too loud' });
    const { result } = await outcomeOf(run);
    const results = (await said(result.state.transcript))[2]?.content as Array<{ content: string; is_error?: boolean }>;
    expect(results.map(({ content, is_error = false }) => ({ content, is_error }))).toEqual([
      { content: '{"blasted":1}', is_error: false },
      { content: 'A person changed the input of this call to {"kilograms":0.5}.\n\n{"blasted":0.5}', is_error: false },
      { content: 'A person refused this call: too loud', is_error: true },
    ]);
  });

  it('sizes the grant of each turn so that none is scheduled twice, and ends when the budget is reached', async () => {
    rig.simulator.setRules(diggerDigs(6, 4_000));
    const run = await dig({ budgetUsd: 1 });
    const outcome = await outcomeOf(run);
    expect(await activitiesOf(run)).toHaveLength(13);
    expectLedgerIsBill(run, outcome);
    const short = await dig({ budgetUsd: 0.003 });
    await expect(short.outcome()).rejects.toMatchObject({ cause: { type: 'BudgetReached' } });
    const bill = short.bill().reduce((sum, { costPico }) => sum + costPico, 0);
    expect(toUsd(bill)).toBeLessThanOrEqual(0.003);
    expect(bill).toBeGreaterThan(0);
  });

  it('calls the tools of an MCP server through one Activity Type, in the pool, and says how many wait while nobody serves it', async () => {
    const add: ToolUse = { name: 'mcp__local__add', input: { a: 19, b: 23 } };
    rig.simulator.setRules(diggerCalls([add, { ...add, input: { a: 'x' } }]));
    const run = await dig();
    const waiting = async (): Promise<number> => runWaitsForPool(clientContext(), await run.handle.describe());
    await until(async () => (await waiting()) === 2);
    await until(async () => (await waitingForPool(clientContext(), rig.taskQueue)) === 2);
    await rig.servePool();
    const { result } = await outcomeOf(run);
    expect(await waiting()).toBe(0);
    await until(async () => (await waitingForPool(clientContext(), rig.taskQueue)) === 0);
    const [main, pool] = [rig.taskQueue, poolOf(rig.taskQueue)];
    expect(await queuesOf(run)).toEqual([`digger ${main}`, `mcpTool ${pool}`, `mcpTool ${pool}`, `digger ${main}`]);
    expect((await activitiesOf(run)).slice(1, 3)).toEqual(['mcpTool digger/mcp__local__add', 'mcpTool digger/mcp__local__add#2']);
    const results = (await said(result.state.transcript))[2]?.content as Array<{ content: string; is_error?: boolean }>;
    expect(results[0]).toMatchObject({ content: '42' });
    expect(results[1]).toMatchObject({ is_error: true });
  });

  it('lets a turn that needs the pool wait in the batch lane: the collector is no workflow of the pool', async () => {
    await rig.servePool();
    const run = await start({ do: 'converse', task: 'Find gold', needs: 'pool' }, { lane: 'batch' });
    expect((await outcomeOf(run)).result).toMatchObject({ status: 'answered' });
    const turns = (await queuesOf(run)).filter((call) => call.startsWith('digger '));
    expect(new Set(turns)).toEqual(new Set([`digger ${poolOf(rig.taskQueue)}`]));
    const collector = await rig.client.workflow.getHandle(collectorId(rig.store.id)).describe();
    expect(collector.taskQueue).toBe(rig.taskQueue);
  });

  it('calls a tool from a pipeline, typed and free of charge', async () => {
    const run = await start({ do: 'tool', columns: [{ name: 'price', values: [10, 20, 60] }] });
    const { result, ledger } = await run.outcome();
    expect(result).toMatchObject({ rows: 3, columns: [{ name: 'price', kind: 'number', mean: 30, median: 20, sum: 90 }] });
    expect(ledger.requests).toBe(0);
    const { artifacts } = await run.handle.query(blackboardQuery);
    expect(artifacts.map(({ key, agent }) => [key, agent])).toEqual([['analyzeData/figures', 'analyzeData']]);
  });

  it('keeps long inputs and results out of history', async () => {
    rig.simulator.setRules(diggerCalls([{ name: 'dig', input: { at: 'x'.repeat(5_000), characters: 40_000 } }]));
    const run = await dig();
    const { result } = await outcomeOf(run);
    const history = await run.handle.fetchHistory();
    const bytes = JSON.stringify(history).length;
    expect(bytes).toBeLessThan(40_000);
    const results = (await said(result.state.transcript))[2]?.content as Array<{ content: string }>;
    expect(results[0]?.content.length).toBeGreaterThan(40_000);
  });
});

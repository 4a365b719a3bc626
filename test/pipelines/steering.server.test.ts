import { setTimeout as delay } from 'node:timers/promises';

import { WorkflowFailedError } from '@temporalio/client';

import { FailureType } from '../../common/failures';
import { blackboardQuery, pauseUpdate, progressQuery, raiseBudgetUpdate, resumeSignal, resumeUpdate } from '../../common/messages';
import { fromUsd } from '../../common/money';
import { parseInput } from '../../common/pipelines/parse-input';
import { pipelines } from '../../common/pipelines/index';
import { Memo, type KeptWork, type PartialWork } from '../../common/run';
import { until } from '../helpers/until';
import type { Rig, RigRun } from '../helpers/rig';
import { withRig } from './with-rig';

const topic = 'Durable execution for small teams';

async function failureOf(run: RigRun<'article'>): Promise<{ type?: string; message?: string }> {
  const error: unknown = await run.outcome().then(
    () => new Error('the run completed'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowFailedError)) throw error;
  return error.cause as { type?: string; message?: string };
}

async function keptWork(rig: Pick<Rig, 'store'>, run: RigRun<'article'>): Promise<{ partial: PartialWork; kept: KeptWork }> {
  const { memo } = await run.handle.describe();
  const partial = memo?.[Memo.partial] as PartialWork;
  const bytes = await rig.store.get(partial.ref ?? 'none');
  return { partial, kept: JSON.parse(String(bytes)) as KeptWork };
}

describe('a run', () => {
  const rig = withRig();
  afterEach(() => rig.simulator.setFaults([]));

  const running = async (run: RigRun<'article'>, step: string): Promise<void> =>
    until(async () => (await run.handle.query(progressQuery)).steps.some((at) => at.step === step && at.state === 'running'));

  it('cancelled: ends its open requests soon and keeps what was done', async () => {
    rig.simulator.setFaults([{ kind: 'hang_body', agent: 'writer' }]);
    const run = await rig.start('article', { topic });
    await until(async () =>
      rig.simulator
        .requests()
        .some(({ agent, outcome, workflowId }) => agent === 'writer' && outcome === 'open' && workflowId === run.handle.workflowId),
    );
    const cancelledAt = Date.now();
    await run.handle.cancel();
    await expect(run.outcome()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    const writer = () =>
      rig.simulator.requests().find(({ agent, workflowId }) => agent === 'writer' && workflowId === run.handle.workflowId);
    await until(() => typeof writer()?.abortedAt === 'number');
    // Two seconds on a machine that is not busy.
    expect((writer()?.abortedAt ?? Infinity) - cancelledAt).toBeLessThan(15_000);

    const { partial, kept } = await keptWork(rig, run);
    expect(partial.status).toBe('cancelled');
    expect(kept.blackboard.artifacts.map(({ agent }) => agent)).toEqual(['researcher', 'researcher', 'researcher', 'outliner']);
    expect(kept.ledger.uncertainRequests).toBe(1);
  });

  it('cancelled at any moment: closes when its calls have stopped spending, so that the bill lies within its ledger', async () => {
    rig.simulator.configure({ latencyMs: 40 });
    const viewpoints = ['cost', 'risk', 'operations', 'people'];
    const runs = await Promise.all(
      Array.from({ length: 16 }, async (_, at) => {
        const run = await rig.start('parallelResearch', { topic: `Moment ${at}`, viewpoints });
        await delay(at * 8);
        await run.handle.cancel();
        await run.outcome().catch(() => undefined);
        return run;
      }),
    );
    rig.simulator.configure({ latencyMs: null });
    for (const run of runs) {
      const { memo } = await run.handle.describe();
      const partial = memo?.[Memo.partial] as PartialWork | undefined;
      const [settled, uncertain] = [fromUsd(partial?.ledger.costUsd ?? 0), fromUsd(partial?.ledger.uncertainUsd ?? 0)];
      const bill = run.bill().reduce((sum, { costPico }) => sum + costPico, 0);
      expect(bill).toBeGreaterThanOrEqual(settled);
      expect(bill).toBeLessThanOrEqual(settled + uncertain);
    }
  });

  it('paused: lets open calls finish, starts none, and goes on by update or signal', async () => {
    rig.simulator.setFaults([{ kind: 'hold', agent: 'researcher' }]);
    const run = await rig.start('article', { topic });
    await run.held('researcher', 'researcher', 'researcher');
    await expect(run.handle.executeUpdate(pauseUpdate)).resolves.toEqual({ status: 'paused' });
    rig.simulator.setFaults([]);
    await until(async () => (await run.handle.query(blackboardQuery)).artifacts.length === 3);
    const { steps, status } = await run.handle.query(progressQuery);
    expect(status).toBe('paused');
    expect(steps.filter(({ agent }) => agent === 'outliner').map(({ state }) => state)).toEqual(['pending']);
    expect(run.bill()).toHaveLength(3);
    await run.handle.signal(resumeSignal);
    await expect(run.handle.executeUpdate(resumeUpdate)).resolves.toBeDefined();
    await expect(run.outcome()).resolves.toMatchObject({ degraded: [] });
  });

  it('at its budget: fails as BudgetReached, stays under the cap by the bill, and keeps what was done', async () => {
    const uncapped = await rig.start('article', { topic: 'Budgets' });
    const { ledger } = await uncapped.outcome();
    for (const part of [0.6, 0.3, 0.001]) {
      const budgetUsd = ledger.costUsd * part;
      const run = await rig.start('article', { topic: 'Budgets' }, { budgetUsd });
      const { type, message } = await failureOf(run);
      expect(type).toBe(FailureType.BudgetReached);
      expect(message).toMatch(
        /^Cannot call ".+" within the budget: it may cost .+; start again with a higher budget and --reuse, and nothing is paid twice$/,
      );
      const spent = run.bill().reduce((sum, { costPico }) => sum + costPico, 0);
      expect(spent).toBeLessThanOrEqual(fromUsd(budgetUsd));
      const { partial, kept } = await keptWork(rig, run);
      expect(partial.status).toBe('budget-reached');
      expect(kept.blackboard.artifacts).toHaveLength(run.bill().length);
    }
  });

  it('with a budget just above its worst case completes, also when siblings wait for each other', async () => {
    const run = await rig.start('article', { topic: 'Budgets' }, { budgetUsd: 0.2, budgetTokens: 200_000 });
    await expect(run.outcome()).resolves.toMatchObject({ degraded: [] });
  });

  it('raises its budget by update, and refuses to lower it', async () => {
    rig.simulator.setFaults([{ kind: 'hold', agent: 'researcher' }]);
    const run = await rig.start('article', { topic: 'Raised' }, { budgetUsd: 0.005 });
    await running(run, 'researcher/pitfalls');
    await expect(run.handle.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: 0.0001 }] })).rejects.toMatchObject({
      cause: { message: 'Cannot raise the budget: budgetUsd is 0.005 and 0.0001 is less; a budget can only be raised' },
    });
    await expect(run.handle.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: 1 }] })).resolves.toEqual({ budgetUsd: 1 });
    rig.simulator.setFaults([]);
    await expect(run.outcome()).resolves.toMatchObject({ degraded: [] });
  });

  it.each([
    ['an empty topic', [{ topic: ' ' }]],
    ['a field it does not know', [{ topic, tone: 'dry' }]],
    ['no input at all', []],
  ])('with %s fails in its first workflow task, with the message of the client, and calls nobody', async (_, args) => {
    const handle = await rig.client.workflow.start('article', { args, taskQueue: rig.taskQueue, workflowId: `bad-${Math.random()}` });
    const parsed = parseInput('article', pipelines.article.input, args[0]);
    await expect(handle.result()).rejects.toMatchObject({
      cause: { type: FailureType.InvalidInput, message: parsed.ok ? 'accepted' : parsed.message },
    });
    const events = (await handle.fetchHistory()).events ?? [];
    expect(events.filter((event) => event.workflowTaskCompletedEventAttributes)).toHaveLength(1);
    expect(rig.simulator.requests().filter(({ workflowId }) => workflowId === handle.workflowId)).toEqual([]);
  });

  it('with a refused key fails at once, with one clear line', async () => {
    rig.simulator.setFaults([{ kind: 'status', status: 401 }]);
    const run = await rig.start('article', { topic });
    const { type, message } = await failureOf(run);
    expect(type).toBe(FailureType.Authentication);
    expect(message).toMatch(/^Cannot get an answer for "researcher" from Claude: .+; set ANTHROPIC_API_KEY/);
    expect(message).not.toContain('\n');
    expect(rig.simulator.requests().filter(({ workflowId }) => workflowId === run.handle.workflowId).length).toBeLessThanOrEqual(3);
  });

  it('goes on without an optional step and says what stands in for it', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'seo' }]);
    const run = await rig.start('article', { topic });
    const { result, degraded } = await run.outcome();
    expect(degraded).toEqual([expect.objectContaining({ step: 'seo', instead: 'the first sentence of the draft' })]);
    expect(result.seoDescription.length).toBeGreaterThan(10);
    expect(result.seoDescription.length).toBeLessThanOrEqual(155);
    const { steps } = await run.handle.query(progressQuery);
    expect(steps.find(({ step }) => step === 'seo')?.state).toBe('degraded');
  });

  it('waits for retry-after in Temporal, not in the activity', async () => {
    rig.simulator.setFaults([{ kind: 'status', status: 429, retryAfter: 1, agent: 'outliner', nth: 1 }]);
    const run = await rig.start('article', { topic });
    await run.outcome();
    const outliner = rig.simulator
      .requests()
      .filter(({ agent, workflowId }) => agent === 'outliner' && workflowId === run.handle.workflowId);
    expect(outliner.map(({ status }) => status)).toEqual([429, 200]);
    expect((outliner[1]?.at ?? 0) - (outliner[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(outliner.map(({ attempt }) => attempt)).toEqual(['1', '2']);
  });
});

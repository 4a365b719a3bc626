import { WorkflowFailedError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

import { createAnnouncer } from '../../activities/batch/announcer';
import { IN_A_BATCH } from '../../common/batch';
import { FailureType } from '../../common/failures';
import { changeJobUpdate, ledgerQuery, pauseUpdate, progressQuery, resumeUpdate } from '../../common/messages';
import { toUsd } from '../../common/money';
import type { PipelineName } from '../../common/pipelines/index';
import type { RunOptions } from '../../common/run';
import { atPace, chargedSince, QUICK_PACE, leftovers, queued, sumUsd } from '../helpers/lane-rig';
import type { Rig, RigRun } from '../helpers/rig';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

const LANE = { lane: 'batch' } as const satisfies RunOptions;
const HOUR = 3_600_000;

let topics = 0;
/** Like no other test's. */
const newTopic = (): string => `Tea houses of town ${++topics}`;

async function failureOf(run: RigRun<PipelineName>): Promise<{ type?: string; message?: string; name?: string }> {
  const error: unknown = await run.outcome().then(
    () => new Error('the run completed'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowFailedError)) throw error;
  return error.cause as { type?: string; message?: string };
}

/** Sends of batches that Claude has taken. */
const created = ({ simulator }: Pick<Rig, 'simulator'>): number => simulator.batches().length;

describe('the batch lane', () => {
  // Who asks again, because the machine is busy, is sent with another batch: they are counted here.
  const pace = { ...QUICK_PACE, lingerMs: 50, askAgainMs: HOUR };
  const rig = withRig({ simulator: { batchMs: 100 }, deps: { announcer: createAnnouncer(pace) }, maxCachedWorkflows: 100 });
  let since = 0;
  let batches = 0;
  beforeEach(() => {
    since = rig.simulator.requests().length;
    batches = created(rig);
  });
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.setRules([]);
    rig.simulator.configure({ batchMs: 100 });
    pace.askAgainMs = HOUR;
  });
  const bill = () => chargedSince(rig, since);

  it('costs half of the interactive lane to the pico-dollar, its ledger is the bill, and nothing is left behind', async () => {
    const topic = newTopic();
    const { ledger: full, result } = await (await rig.start('brief', { topic })).outcome();
    since = rig.simulator.requests().length;
    const half = await (await rig.start('brief', { topic }, LANE)).outcome();
    expect(half.result).toEqual(result);
    expect(half.ledger.costUsd).toBe(full.costUsd / 2);
    expect(half.ledger.usage).toEqual(full.usage);
    expect(half.ledger.uncertainUsd).toBe(0);
    expect(bill().map(({ batchId }) => typeof batchId)).toEqual(['string', 'string']);
    expect(sumUsd(bill())).toBe(half.ledger.costUsd);
    await until(async () => (await leftovers(rig)).length === 0);
  });

  it('takes the rows of a job', async () => {
    const rows = Array.from({ length: 20 }, () => ({ topic: newTopic() }));
    const { result, ledger } = await (await rig.start('batchJob', { pipeline: 'brief', rows, concurrency: 20 }, LANE)).outcome();
    expect(result).toMatchObject({ done: 20, failed: 0 });
    expect(bill()).toHaveLength(40);
    expect(bill().every(({ batchId }) => batchId !== undefined)).toBe(true);
    expect(ledger.costUsd).toBe(sumUsd(bill()));
    expect(created(rig) - batches).toBeLessThan(40);
  });

  it('leaves what was sent to its batch when its job changes the lane, and asks the rest at once', async () => {
    rig.simulator.configure({ batchMs: HOUR });
    const rows = [{ topic: newTopic() }, { topic: newTopic() }];
    const run = await rig.start('batchJob', { pipeline: 'brief', rows, concurrency: 1 }, LANE);
    const inBatch = async () => (await run.handle.query(progressQuery)).job?.inBatch;
    await until(() => created(rig) > batches);
    expect(await run.handle.executeUpdate(changeJobUpdate, { args: [{ lane: 'interactive' }] })).toEqual({
      concurrency: 1,
      lane: 'interactive',
    });
    await until(async () => (await inBatch()) === 1);
    rig.simulator.advanceClock(HOUR);
    const { ledger } = await run.outcome();
    expect(await inBatch()).toBe(0);
    expect(bill().map(({ batchId }) => batchId !== undefined)).toEqual([true, false, false, false]);
    expect(ledger).toMatchObject({ costUsd: sumUsd(bill()), uncertainUsd: 0 });
    expect(created(rig) - batches).toBe(1);
    expect(rig.simulator.stats().duplicatesPaid).toBe(0);
    await until(async () => (await leftovers(rig)).length === 0);
  });

  it('takes a conversation with tools, turn by turn', async () => {
    const columns = [{ name: 'price', values: [412_000, 398_500, 455_000] }];
    rig.simulator.setRules([
      { match: { tool: 'analyzeData', resultsBelow: 1 }, reply: { toolUse: [{ name: 'analyzeData', input: { columns } }] } },
    ]);
    const input = { agent: 'analyst', input: { question: `What do homes cost in ${newTopic()}?`, columns } } as const;
    const { ledger } = await (await rig.start('oneAgent', input, LANE)).outcome();
    expect(bill()).toHaveLength(2);
    expect(new Set(bill().map(({ batchId }) => batchId)).size).toBe(2);
    expect(ledger.costUsd).toBe(sumUsd(bill()));
  });

  it('sends the repair of an answer that does not fit with a batch again', async () => {
    rig.simulator.setFaults([{ kind: 'bad_schema_output', on: 'batch_item', nth: 1 }]);
    const { ledger } = await (await rig.start('brief', { topic: newTopic() }, LANE)).outcome();
    expect(bill()).toHaveLength(3);
    expect(new Set(bill().map(({ batchId }) => batchId)).size).toBe(3);
    expect(ledger).toMatchObject({ requests: 3, costUsd: sumUsd(bill()), uncertainUsd: 0 });
  });

  it('sends what met a passing error or expired again, and only that', async () => {
    rig.simulator.setFaults([{ kind: '529', on: 'batch_item', nth: 2 }]);
    const runs = await Promise.all(Array.from({ length: 3 }, () => rig.start('brief', { topic: newTopic() }, LANE)));
    const outcomes = await Promise.all(runs.map((run) => run.outcome()));
    expect(outcomes.map(({ ledger }) => ledger.uncertainUsd)).toEqual([0, 0, 0]);
    expect(bill()).toHaveLength(6);
    expect(rig.simulator.stats().duplicatesPaid).toBe(0);

    rig.simulator.setFaults([{ kind: 'item_expired', nth: 1 }]);
    since = rig.simulator.requests().length;
    const run = await rig.start('brief', { topic: newTopic() }, LANE);
    await until(() =>
      rig.simulator
        .requests()
        .slice(since)
        .some(({ fault }) => fault === 'item_expired'),
    );
    rig.simulator.advanceClock(25 * HOUR);
    expect((await run.outcome()).ledger).toMatchObject({ requests: 2, uncertainUsd: 0 });
    expect(bill()).toHaveLength(2);
  });

  it('gives a turn up that five batches have not answered', async () => {
    rig.simulator.setFaults([{ kind: '529', on: 'batch_item' }]);
    const failure = await failureOf(await rig.start('brief', { topic: newTopic() }, LANE));
    expect(failure).toMatchObject({ type: FailureType.TimedOut });
    expect(failure.message).toMatch(/^Cannot finish "researcher": 5 Message Batches brought no answer; start again/);
    // When it hears of the fifth it has announced its turn again; that is taken back, if it has not just been sent.
    expect([5, 6]).toContain(created(rig) - batches);
    expect(bill()).toEqual([]);
    await until(async () => (await leftovers(rig)).length === 0);
  });

  it('fails a run whose request is refused, in one line, and neither sends it again nor counts it', async () => {
    rig.simulator.setFaults([{ kind: '400', message: 'temperature: not allowed', on: 'batch_item', nth: 1 }]);
    const run = await rig.start('brief', { topic: newTopic() }, LANE);
    expect(await failureOf(run)).toMatchObject({
      type: FailureType.InvalidRequest,
      message: 'Cannot get an answer for "researcher" from Claude: temperature: not allowed; correct the agent or its input',
    });
    expect(await run.handle.query(ledgerQuery)).toMatchObject({ costUsd: 0, uncertainUsd: 0 });
    const arrived = rig.simulator.requests().slice(since);
    expect(arrived.filter(({ customId }) => customId !== undefined)).toHaveLength(1);
    await until(async () => (await leftovers(rig)).length === 0);
  });

  it('fails the runs that wait when batches are refused for good, and a run that is reset after the cure goes on', async () => {
    rig.simulator.setFaults([{ kind: '401', message: 'invalid key', on: 'batch_create' }]);
    const run = await rig.start('brief', { topic: newTopic() }, LANE);
    const { type, message } = await failureOf(run);
    expect({ type, message }).toEqual({
      type: FailureType.Authentication,
      message: 'Cannot send a batch of 1 requests: invalid key; set ANTHROPIC_API_KEY to a valid key',
    });
    expect(await run.handle.query(ledgerQuery)).toMatchObject({ costUsd: 0, uncertainUsd: 0 });
    rig.simulator.setFaults([]);
    const again = await resetRun(run, 'first');
    expect((await again.result()) as object).toMatchObject({ ledger: { requests: 2, uncertainUsd: 0 } });
  });

  it.each(['429', '529'])('waits while Claude answers %s to the sending of a batch', async (kind) => {
    rig.simulator.setFaults([{ kind, retryAfterMs: 300, on: 'batch_create', nth: 1 }]);
    const { ledger } = await (await rig.start('brief', { topic: newTopic() }, LANE)).outcome();
    expect(ledger).toMatchObject({ requests: 2, costUsd: sumUsd(bill()), uncertainUsd: 0 });
    expect(created(rig) - batches).toBe(2);
  });

  it('does not give a batch up that cannot be looked at', async () => {
    rig.simulator.setFaults([
      { kind: '404', on: 'batch_retrieve', nth: 1 },
      { kind: 'truncated_json', on: 'batch_results', nth: 1 },
    ]);
    const { ledger } = await (await rig.start('brief', { topic: newTopic() }, LANE)).outcome();
    expect(ledger).toMatchObject({ requests: 2, costUsd: sumUsd(bill()), uncertainUsd: 0 });
    expect(bill()).toHaveLength(2);
  });

  it('cancelled after its batch was sent, it settles within its bounds, and who starts it again does not pay for that batch twice', async () => {
    rig.simulator.configure({ batchMs: HOUR });
    const input = { topic: newTopic() };
    const run = await rig.start('brief', input, LANE);
    await until(() => created(rig) > batches);
    await run.handle.cancel();
    expect(await failureOf(run)).toMatchObject({ name: 'CancelledFailure' });
    const { costUsd, uncertainUsd } = await run.handle.query(ledgerQuery);
    rig.simulator.advanceClock(HOUR);
    await until(() => bill().length === 1);
    expect(costUsd).toBe(0);
    expect(sumUsd(bill())).toBeGreaterThan(0);
    expect(sumUsd(bill())).toBeLessThanOrEqual(uncertainUsd);
    await until(async () => (await leftovers(rig)).length === 0);
    await (await rig.start('brief', input, { reuse: true })).outcome();
    expect(bill()).toHaveLength(2); // the researcher's answer was there
  });

  it('paused while it waits, it goes on where it was', async () => {
    rig.simulator.configure({ batchMs: HOUR });
    const run = await rig.start('brief', { topic: newTopic() }, LANE);
    await queued(run);
    await until(() => created(rig) > batches);
    await run.handle.executeUpdate(pauseUpdate);
    rig.simulator.configure({ batchMs: 100 });
    rig.simulator.advanceClock(HOUR);
    await until(() => bill().length === 1);
    expect((await run.handle.query(progressQuery)).status).toBe('paused');
    await run.handle.executeUpdate(resumeUpdate);
    expect((await run.outcome()).ledger.costUsd).toBe(sumUsd(bill()));
    expect(bill()).toHaveLength(2);
  });

  it('reserves the worst case at half the price, and stays below its cap', async () => {
    const topic = newTopic();
    const worstOf = async (options: RunOptions): Promise<number> => {
      const { type, message } = await failureOf(await rig.start('brief', { topic }, { budgetUsd: 0.0005, ...options }));
      expect(type).toBe(FailureType.BudgetReached);
      return Number(/it may cost \$([\d.]+)/.exec(message ?? '')?.[1]);
    };
    const full = await worstOf({});
    expect(await worstOf(LANE)).toBeCloseTo(full / 2, 4);
    expect(bill().every(({ costPico }) => toUsd(costPico) < 0.0005)).toBe(true);

    // Less than the first turn alone may cost in the interactive lane, and enough for it here.
    since = rig.simulator.requests().length;
    const run = await rig.start('brief', { topic: newTopic() }, { ...LANE, budgetUsd: full * 0.75 });
    await run.outcome().catch(() => undefined);
    expect(bill().length).toBeGreaterThan(0);
    expect(sumUsd(bill())).toBeLessThanOrEqual(full * 0.75);
  });

  it('finds its answer by itself when it was reset and never hears of it', async () => {
    pace.askAgainMs = 500;
    const run = await rig.start('brief', { topic: newTopic() }, LANE);
    const before = await run.outcome();
    const charged = bill().length;
    const again = await resetRun(run, 'queued');
    expect((await again.result()) as object).toMatchObject({ result: before.result, ledger: { costUsd: before.ledger.costUsd } });
    expect(bill()).toHaveLength(charged);
  });

  it('auto takes batches while the deadline leaves them their time, and the interactive lane when it does not', async () => {
    const lanes = async (options: RunOptions): Promise<boolean[]> => {
      since = rig.simulator.requests().length;
      await (await rig.start('brief', { topic: newTopic() }, { lane: 'auto', ...options })).outcome();
      return bill().map(({ batchId }) => batchId !== undefined);
    };
    expect(await lanes({})).toEqual([true, true]);
    expect(await lanes({ deadlineMs: 48 * HOUR })).toEqual([true, true]);
    expect(await lanes({ deadlineMs: 2 * HOUR })).toEqual([false, false]);
  });

  it('auto moves a turn whose batch brought nothing to the interactive lane when time has become short', async () => {
    rig.simulator.setFaults([{ kind: 'item_expired', nth: 1 }]);
    const arrived = () => rig.simulator.requests().slice(since);
    const expired = () => arrived().some(({ fault }) => fault === 'item_expired');
    // Where the machine is so busy that time is short before the first turn begins, another run gets more of it.
    for (const spareMs of [1_500, 6_000, 24_000]) {
      since = rig.simulator.requests().length;
      const run = await rig.start('brief', { topic: newTopic() }, { lane: 'auto', deadlineMs: 25 * HOUR + spareMs });
      const started = Date.now();
      await until(() => arrived().length > 0 && (expired() || bill().length > 0), { limitMs: 30_000 });
      await until(() => Date.now() > started + spareMs, { limitMs: 30_000 });
      if (expired()) rig.simulator.advanceClock(25 * HOUR);
      const { ledger } = await run.outcome();
      expect(bill().map(({ batchId }) => batchId)).toEqual([undefined, undefined]);
      expect(ledger).toMatchObject({ costUsd: sumUsd(bill()), uncertainUsd: 0 });
      if (expired()) return;
    }
    throw new Error('no turn went into a batch');
  });

  /** Resets to the beginning, or to where the first turn was queued, and leaves out the signals that came after. */
  async function resetRun({ handle }: RigRun<PipelineName>, to: 'first' | 'queued') {
    const { runId } = await handle.describe();
    const done = ((await handle.fetchHistory()).events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
    const at = to === 'first' ? done[0] : done[1];
    const reset = await rig.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: handle.workflowId, runId },
      reason: 'test',
      requestId: `reset-${handle.workflowId}`,
      workflowTaskFinishEventId: at?.eventId ?? null,
      resetReapplyExcludeTypes: [temporal.api.enums.v1.ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL],
    });
    return rig.client.workflow.getHandle(handle.workflowId, reset.runId);
  }
});

describe('a turn that waits to be sent', () => {
  const pace = { lingerMs: 60_000, maxRequests: 3, askAgainMs: HOUR };
  const rig = withRig({ simulator: { batchMs: 100 }, deps: atPace(pace), maxCachedWorkflows: 100 });

  let batches = 0;
  beforeEach(() => (batches = created(rig)));

  /** Of a job's first rows, those that wait for a batch. */
  async function rowsInBatches({ handle }: RigRun<'batchJob'>, count: number): Promise<number> {
    const waits = Array.from({ length: count }, async (_, at) => {
      const row = rig.client.workflow.getHandle(`${handle.workflowId}/${at + 1}`);
      const { steps } = await row.query(progressQuery).catch(() => ({ steps: [] }));
      return steps.some(({ reason }) => reason === IN_A_BATCH);
    });
    return (await Promise.all(waits)).filter(Boolean).length;
  }

  it('goes with those of other runs: a batch is sent when it is full', async () => {
    const since = rig.simulator.requests().length;
    const runs = await Promise.all(Array.from({ length: 3 }, () => rig.start('brief', { topic: newTopic() }, LANE)));
    const outcomes = await Promise.all(runs.map((run) => run.outcome()));
    const bill = chargedSince(rig, since);
    expect(bill).toHaveLength(6);
    for (const batch of [bill.slice(0, 3), bill.slice(3)]) expect(new Set(batch.map(({ batchId }) => batchId)).size).toBe(1);
    expect(created(rig) - batches).toBe(2);
    expect(sumUsd(bill)).toBe(toUsd(Math.round(outcomes.reduce((sum, { ledger }) => sum + ledger.costUsd * 1e12, 0))));
  });

  it('is taken back when its run is cancelled: nothing is sent, charged or left', async () => {
    const run = await rig.start('brief', { topic: newTopic() }, LANE);
    await queued(run);
    await run.handle.cancel();
    expect(await failureOf(run)).toMatchObject({ name: 'CancelledFailure' });
    expect(await run.handle.query(ledgerQuery)).toMatchObject({ costUsd: 0, uncertainUsd: 0 });
    await until(async () => (await leftovers(rig)).length === 0);
    expect(created(rig) - batches).toBe(0);
  });

  it('is taken back and asked at once when its job changes to the interactive lane, and the other way round', async () => {
    const since = rig.simulator.requests().length;
    const rows = [{ topic: newTopic() }, { topic: newTopic() }];
    const run = await rig.start('batchJob', { pipeline: 'brief', rows }, LANE);
    await until(async () => (await rowsInBatches(run, rows.length)) === rows.length);
    for (const lane of ['interactive', 'batch', 'interactive'] as const)
      await run.handle.executeUpdate(changeJobUpdate, { args: [{ lane }] });
    const { result, ledger } = await run.outcome();
    expect(result).toMatchObject({ done: 2, failed: 0 });
    expect((await run.handle.query(progressQuery)).job?.lane).toBe('interactive');
    const bill = chargedSince(rig, since);
    expect(bill.map(({ batchId }) => batchId)).toEqual(Array.from({ length: 4 }, () => undefined));
    expect(ledger).toMatchObject({ costUsd: sumUsd(bill), uncertainUsd: 0 });
    expect(created(rig) - batches).toBe(0);
    await until(async () => (await leftovers(rig)).length === 0);
  });

  it('is taken back when the deadline of its run has passed', async () => {
    const run = await rig.start('brief', { topic: newTopic() }, { ...LANE, deadlineMs: 3_000 });
    expect(await failureOf(run)).toMatchObject({ message: expect.stringContaining('deadline of 3s has passed') as string });
    expect(await run.handle.query(ledgerQuery)).toMatchObject({ costUsd: 0, uncertainUsd: 0 });
    expect(created(rig) - batches).toBe(0);
  });

  it.each(['while the job is paused', 'after it goes on'])(
    'is asked at once when its job, paused, changed to the interactive lane, and goes on; what was sent is answered by a batch that ends %s',
    async (ends) => {
      rig.simulator.configure({ batchMs: HOUR });
      const since = rig.simulator.requests().length;
      const bill = () => chargedSince(rig, since);
      const rows = Array.from({ length: 4 }, () => ({ topic: newTopic() }));
      const run = await rig.start('batchJob', { pipeline: 'brief', rows, concurrency: rows.length }, LANE);
      await until(async () => created(rig) > batches && (await rowsInBatches(run, rows.length)) === rows.length);
      await run.handle.executeUpdate(pauseUpdate);
      await run.handle.executeUpdate(changeJobUpdate, { args: [{ lane: 'interactive' }] });
      await until(async () => (await rowsInBatches(run, rows.length)) === 0);
      expect(bill()).toEqual([]);
      if (ends === 'while the job is paused') {
        rig.simulator.advanceClock(HOUR);
        await until(() => bill().length === 3);
      }
      await run.handle.executeUpdate(resumeUpdate);
      await until(async () => ((await run.handle.query(progressQuery)).job?.done ?? 0) > 0);
      rig.simulator.advanceClock(HOUR);
      const { result, ledger } = await run.outcome();
      expect(result).toMatchObject({ done: 4, failed: 0 });
      expect(bill().filter(({ batchId }) => batchId !== undefined)).toHaveLength(3);
      expect(bill()).toHaveLength(8);
      expect(ledger).toMatchObject({ costUsd: sumUsd(bill()), uncertainUsd: 0 });
      expect(created(rig) - batches).toBe(1);
      await until(async () => (await leftovers(rig)).length === 0);
    },
  );
});

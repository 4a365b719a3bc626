import { rowUsd } from '../../common/job';
import { agents } from '../../agents/index';
import { toUsd } from '../../common/money';
import { changeJobUpdate, ledgerQuery, progressQuery, raiseBudgetUpdate, reviewUpdate } from '../../common/messages';
import type { PipelineRequest, PipelineResult } from '../../common/pipelines/types';
import type { RunOutcome } from '../../common/run';
import { readOutcome, resultOf, rowsWithOutcome } from '../../storage/jobs';
import { startRig, type Rig, type RigRun } from '../helpers/rig';
import { until } from '../helpers/until';

type JobRequest = PipelineRequest<'batchJob'>;

/** Its schema checks it. */
const product = require('../../examples/productLaunch.json') as PipelineRequest<'productLaunch'>;

let jobs = 0;

/** Rows like no other job's: what is asked again was asked by this one. */
function jobOf(count: number, rest: Partial<JobRequest> = {}): JobRequest {
  jobs += 1;
  const rows = Array.from({ length: count }, (_, at) => ({ topic: `Product ${at + 1} of shop ${jobs}` }));
  return { pipeline: 'brief', rows, concurrency: 4, ...rest };
}

describe('batchJob', () => {
  let rig: Rig;
  /** Somebody edits the prompt of the agent that comes last in a product launch. */
  let lastPromptEnds = '';
  beforeAll(async () => {
    // Local activities of runs that are not kept in memory wait for a workflow task to time out.
    const launchQa = { ...agents.launchQa, prompt: (input: never) => `${agents.launchQa.prompt(input)}${lastPromptEnds}` };
    rig = await startRig({ maxCachedWorkflows: 100, deps: { agents: { ...agents, launchQa } } });
  }, 120_000);
  afterAll(() => rig.close());
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.setRules([]);
    rig.simulator.configure({ latency: 0 });
  });

  const CALLS = 2;
  const progressOf = async ({ handle }: RigRun<'batchJob'>) => {
    const { job, ...progress } = await handle.query(progressQuery);
    if (job === undefined) throw new Error('the run is not a job');
    return { ...progress, job };
  };

  const sampleShown = (run: RigRun<'batchJob'>) => until(async () => (await progressOf(run)).reviews?.length === 1, { limitMs: 60_000 });

  it('does every row once, over as many runs of its own as it takes, and its ledger is the bill', async () => {
    const run = await rig.start('batchJob', jobOf(11, { rowsPerRun: 3 }));
    const { result, ledger } = await run.outcome();
    expect(result).toMatchObject({ status: 'completed', rows: 11, done: 11, failed: 0, before: 0, notStarted: 0 });
    const bill = run.bill();
    expect(bill).toHaveLength(11 * CALLS);
    expect(new Set(bill.map(({ workflowId }) => workflowId)).size).toBe(11);
    expect(ledger.costUsd).toBe(toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0)));
    const numbers = await rowsWithOutcome(rig.store, result.folder);
    expect(numbers).toEqual(Array.from({ length: 11 }, (_, at) => at + 1));
    const outcome = await readOutcome(rig.store, result.folder, 7);
    expect(outcome).toMatchObject({ row: 7, key: '7', status: 'done', reason: null });
    if (outcome === undefined) throw new Error('row 7 has no outcome');
    expect(await resultOf(rig.store, outcome)).toMatchObject({
      paragraphs: expect.arrayContaining([expect.stringContaining('product 7 of shop')]) as string[],
    });
    const description = await rig.client.workflow.getHandle(run.handle.workflowId).describe();
    expect(description.runId).not.toBe(description.raw.workflowExecutionInfo?.firstRunId);
  });

  it('opens its rows and keeps what they return, unless that is long: the history of a short row has its call and no more', async () => {
    const localActivities = async (id: string): Promise<number> => {
      const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
      return (events ?? []).filter(({ markerRecordedEventAttributes: marker }) => marker?.markerName === 'core_local_activity').length;
    };
    const rowOf = (topic: string) => ({ agent: 'title', input: { topic, draft: 'Retrieval first' } });
    const run = await rig.start('batchJob', { pipeline: 'oneAgent', rows: [rowOf('Short'), rowOf(`Long ${'and longer '.repeat(100)}`)] });
    const { result } = await run.outcome();
    expect(await rowsWithOutcome(rig.store, result.folder)).toEqual([1, 2]);
    expect(await localActivities(`${run.handle.workflowId}/1`)).toBe(0);
    expect(await localActivities(`${run.handle.workflowId}/2`)).toBe(1);
    // Three paragraphs are kept by the run itself.
    const long = await rig.start('batchJob', jobOf(1));
    expect((await long.outcome()).result).toMatchObject({ done: 1 });
    expect(await localActivities(`${long.handle.workflowId}/1`)).toBe(1);
  });

  it('counts a row that fails, says why, and a second start of the same job does only that row', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'briefWriter', nth: 2 }]);
    const job = jobOf(5, { concurrency: 1 });
    const first = await rig.start('batchJob', job);
    const { result } = await first.outcome();
    expect(result).toMatchObject({ done: 4, failed: 1, failures: [{ row: 2, key: '2', status: 'failed' }] });
    expect(result.failures[0]?.reason).toMatch(/^Cannot /);
    expect(await readOutcome(rig.store, result.folder, 2)).toMatchObject({ status: 'failed', result: null });
    rig.simulator.setFaults([]);
    const paid = first.bill().length;

    const again = await rig.client.workflow.start('batchJob', {
      args: [job, { reuse: true }],
      taskQueue: rig.taskQueue,
      workflowId: first.handle.workflowId,
    });
    const { result: second } = (await again.result()) as RunOutcome<typeof result>;
    expect(second).toMatchObject({ done: 1, before: 4, failed: 0, folder: result.folder });
    expect(await readOutcome(rig.store, result.folder, 2)).toMatchObject({ status: 'done' });
    // The answer before the refused one was kept: only the writer is asked again.
    expect(first.bill().length).toBe(paid + 1);
  });

  it('stops at its budget, says what more would buy, and goes on when it is raised', async () => {
    const { ledger } = await (await rig.start('batchJob', jobOf(1))).outcome();
    const budgetUsd = ledger.costUsd * 8;
    const run = await rig.start('batchJob', jobOf(16, { concurrency: 3 }), { budgetUsd });
    await until(async () => (await progressOf(run)).job.hold !== null, { limitMs: 60_000 });
    const held = await progressOf(run);
    expect(held.status).toBe('waiting');
    expect(held.job.hold?.message).toMatch(
      /^the budget of \$[\d.]+ does not cover another row: .* rows would cost about \$[\d.]+ more; raise it/,
    );
    expect(held.job.done).toBeGreaterThan(0);
    expect(held.job.done).toBeLessThan(16);
    const spent = run.bill().reduce((sum, { costPico }) => sum + costPico, 0);
    expect(toUsd(spent)).toBeLessThanOrEqual(budgetUsd);

    await run.handle.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: ledger.costUsd * 200 }] });
    const { result, ledger: whole } = await run.outcome();
    expect(result).toMatchObject({ done: 16, failed: 0 });
    // Rows that had too little were started again with the answers they had: none is paid twice.
    expect(run.bill()).toHaveLength(16 * CALLS);
    expect(whole.costUsd).toBe(toUsd(run.bill().reduce((sum, { costPico }) => sum + costPico, 0)));
    // What the rows say they have cost, in all the runs they took, is what the job has cost.
    const numbers = await rowsWithOutcome(rig.store, result.folder);
    const outcomes = (await Promise.all(numbers.map((row) => readOutcome(rig.store, result.folder, row)))).filter(
      (row) => row !== undefined,
    );
    expect(outcomes.filter(({ earlierPico = 0 }) => earlierPico > 0).length).toBeGreaterThan(0);
    expect(outcomes.reduce((sum, row) => sum + rowUsd(row), 0)).toBeCloseTo(whole.costUsd, 12);
  });

  it('asks a person after the sample, and leaves the rest when that person says no', async () => {
    const run = await rig.start('batchJob', jobOf(6, { sample: 2 }));
    await sampleShown(run);
    const [open] = (await progressOf(run)).reviews ?? [];
    expect(open?.title).toBe('Go on with the other 4 of 6 rows?');
    expect(run.bill()).toHaveLength(2 * CALLS);
    await run.handle.executeUpdate(reviewUpdate, { args: [{ gate: 'sample', decision: 'reject', reason: 'too long' }] });
    const { result, reviews } = await run.outcome();
    expect(result).toMatchObject({ status: 'stopped', done: 2, notStarted: 4 });
    expect(reviews).toMatchObject([{ gate: 'sample', decision: 'reject', reason: 'too long' }]);
  });

  it('goes on after the sample when a person says yes', async () => {
    const run = await rig.start('batchJob', jobOf(5, { sample: 2, rowsPerRun: 2 }));
    await sampleShown(run);
    await run.handle.executeUpdate(reviewUpdate, { args: [{ gate: 'sample', decision: 'approve' }] });
    const { result } = await run.outcome();
    expect(result).toMatchObject({ status: 'completed', done: 5 });
    expect(run.bill()).toHaveLength(5 * CALLS);
  });

  it('a cancelled job cancels its rows, keeps what is done, and settles all of it', async () => {
    rig.simulator.configure({ latency: 20_000 });
    const run = await rig.start('batchJob', jobOf(6, { concurrency: 3 }));
    const asked = () => rig.simulator.requests().filter(({ workflowId }) => workflowId?.startsWith(`${run.handle.workflowId}/`));
    await until(() => asked().length >= 3, { limitMs: 60_000 });
    await run.handle.cancel();
    await expect(run.outcome()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    rig.simulator.configure({ latency: 0 });
    for (const key of ['1', '2', '3']) {
      const row = await rig.client.workflow.getHandle(`${run.handle.workflowId}/${key}`).describe();
      expect(row.status.name).toBe('CANCELLED');
    }
    const { uncertainUsd } = await run.handle.query(ledgerQuery);
    expect(uncertainUsd).toBeGreaterThan(0);
  });

  it('works on fewer rows at the same time when it is told to, and refuses what is no number of rows', async () => {
    rig.simulator.configure({ latency: 20_000 });
    const run = await rig.start('batchJob', jobOf(4, { concurrency: 1 }));
    await until(async () => (await progressOf(run)).job.running === 1, { limitMs: 60_000 });
    expect(await run.handle.executeUpdate(changeJobUpdate, { args: [{ concurrency: 3 }] })).toEqual({
      concurrency: 3,
      lane: 'interactive',
    });
    await until(async () => (await progressOf(run)).job.running === 3, { limitMs: 60_000 });
    for (const concurrency of [0, 1.5, 1_001, '5' as never])
      await expect(run.handle.executeUpdate(changeJobUpdate, { args: [{ concurrency }] })).rejects.toMatchObject({
        cause: { type: 'InvalidInput', message: expect.stringMatching(/^Cannot change the job: 'concurrency' must be/) as string },
      });
    await expect(run.handle.executeUpdate(changeJobUpdate, { args: [{}] })).rejects.toMatchObject({
      cause: { message: "Cannot change the job: no change is given; give 'concurrency', 'lane' or both" },
    });
    await expect(run.handle.executeUpdate(changeJobUpdate, { args: [{ lane: 'fast' as never }] })).rejects.toMatchObject({
      cause: { message: `Cannot change the job: 'lane' must be one of interactive, batch, auto; current value is "fast"` },
    });
    await run.handle.cancel();
    await expect(run.outcome()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  });

  it('says which rows wait for a person, and goes on when they are answered', async () => {
    const query = { query: 'Where is my parcel?', catalog: [{ id: 'k', name: 'Kettle', price: 10 }], minConfidence: 1 };
    const run = await rig.start('batchJob', { pipeline: 'customerQuery', rows: [query, { ...query, query: 'And mine?' }], concurrency: 2 });
    await until(async () => (await progressOf(run)).job.persons === 2, { limitMs: 60_000 });
    const { toReview = [] } = (await progressOf(run)).job;
    expect([...toReview].sort()).toEqual([`${run.handle.workflowId}/1`, `${run.handle.workflowId}/2`]);
    for (const id of toReview) {
      await rig.client.workflow
        .getHandle(id)
        .executeUpdate(reviewUpdate, { args: [{ gate: 'answer', decision: 'reject', reason: 'not ours' }] });
    }
    const { result } = await run.outcome();
    expect(result).toMatchObject({ done: 2, failed: 0 });
    expect((await progressOf(run)).job.persons).toBe(0);
  });

  it('started again for stale rows it pays for nothing, and after an edit of the last prompt for exactly one call a row', async () => {
    rig.simulator.setRules([{ match: { agent: 'launchQa' }, reply: { json: { findings: [] } } }]);
    const rows = ['Fell Bottle', 'Tarn Flask', 'Beck Cup'].map((name) => ({ ...product, name }));
    const job: JobRequest = { pipeline: 'productLaunch', rows };
    const run = await rig.start('batchJob', job);
    expect((await run.outcome()).result).toMatchObject({ done: 3, failed: 0 });
    const first = run.bill().length;
    expect(first).toBeGreaterThanOrEqual(3 * 4);
    const again = async () => {
      const { workflowId } = run.handle;
      const args = [{ ...job, redo: true }, { reuse: true }];
      const handle = await rig.client.workflow.start('batchJob', { args, taskQueue: rig.taskQueue, workflowId });
      const { result, ledger } = (await handle.result()) as RunOutcome<PipelineResult<'batchJob'>>; // started by name
      expect(result).toMatchObject({ done: 3, before: 0, failed: 0 });
      return ledger;
    };
    expect(await again()).toMatchObject({ costUsd: 0, uncertainUsd: 0, requests: 0 });
    expect(run.bill()).toHaveLength(first);

    lastPromptEnds = '\n\nBe brief.';
    expect(await again()).toMatchObject({ requests: 3 });
    const paid = run.bill().slice(first);
    expect(paid.map(({ agent }) => agent)).toEqual(['launchQa', 'launchQa', 'launchQa']);
    expect(new Set(paid.map(({ workflowId }) => workflowId)).size).toBe(3);
  });

  it('refuses rows that do not fit before any is started', async () => {
    const run = await rig.start('batchJob', { pipeline: 'brief', rows: [{ topic: 'Tea' }, { topic: '' }, { subject: 'x' }] });
    await expect(run.outcome()).rejects.toMatchObject({
      cause: {
        type: 'InvalidInput',
        message: expect.stringMatching(/^Cannot start a job of "brief": row 2: .*; row 3: .*; correct the rows$/) as string,
      },
    });
    expect(run.bill()).toEqual([]);
    const unknown = await rig.start('batchJob', { pipeline: 'nothing', rows: [{}] });
    await expect(unknown.outcome()).rejects.toMatchObject({
      cause: { message: expect.stringContaining('there is no such pipeline for rows') as string },
    });
  });
});

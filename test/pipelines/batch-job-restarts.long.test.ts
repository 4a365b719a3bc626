import type { WorkflowHandle } from '@temporalio/client';

import {
  ledgerQuery,
  pauseUpdate,
  progressQuery,
  raiseBudgetUpdate,
  resumeUpdate,
  rowEndedSignal,
  tellEndSignal,
} from '../../common/messages';
import { toUsd } from '../../common/money';
import type { PipelineRequest, PipelineResult } from '../../common/pipelines/types';
import type { RunOptions, RunOutcome } from '../../common/run';
import type { BillRecord } from '../../simulator/bill-record';
import { keepRows, putOutcome, readOutcome } from '../../storage/jobs';
import { startRig, type Rig, type RigRun } from '../helpers/rig';
import { until } from '../helpers/until';

type JobRequest = PipelineRequest<'batchJob'>;
type JobOutcome = RunOutcome<PipelineResult<'batchJob'>>;

const CALLS = 2;
const OUTCOME_KEY = (folder: string, row: number): string => `${folder}/${String(row).padStart(8, '0')}.json`;

let jobs = 0;

function jobOf(count: number, rest: Partial<JobRequest> = {}): JobRequest {
  jobs += 1;
  const rows = Array.from({ length: count }, (_, at) => ({ topic: `Product ${at + 1} of outlet ${jobs}` }));
  return { pipeline: 'brief', rows, concurrency: 4, ...rest };
}

const costOf = (bill: readonly BillRecord[]): number => toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0));

describe('batchJob, steered and started again', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ maxCachedWorkflows: 100 });
  }, 120_000);
  afterAll(() => rig.close());
  afterEach(() => {
    rig.simulator.setFaults([]);
    rig.simulator.configure({ latencyMs: 0 });
  });

  const progressOf = async (handle: WorkflowHandle) => {
    const { job, ...progress } = await handle.query(progressQuery);
    if (job === undefined) throw new Error('the run is not a job');
    return { ...progress, job };
  };

  const startAgain = (run: RigRun<'batchJob'>, job: JobRequest, options?: RunOptions): Promise<WorkflowHandle> =>
    rig.client.workflow.start('batchJob', {
      args: [job, ...(options === undefined ? [] : [options])],
      taskQueue: rig.taskQueue,
      workflowId: run.handle.workflowId,
    });

  const requestsOf = ({ handle }: RigRun<'batchJob'>) =>
    rig.simulator.requests().filter(({ workflowId }) => workflowId?.startsWith(`${handle.workflowId}/`));

  it('a row that ends between the look at what is done and its start is not done again', async () => {
    const job = jobOf(3);
    const run = await rig.start('batchJob', job);
    const { folder } = (await run.outcome()).result;
    const outcome = await readOutcome(rig.store, folder, 2);
    if (outcome === undefined) throw new Error('row 2 has no outcome');
    await rig.store.delete(OUTCOME_KEY(folder, 2));
    const again = await startAgain(run, job);
    await until(async () => (await progressOf(again)).job.before === 2);
    await putOutcome(rig.store, folder, outcome);
    const { result } = (await again.result()) as JobOutcome;
    expect(result).toMatchObject({ before: 2, done: 1, failed: 0 });
    expect(run.bill()).toHaveLength(3 * CALLS);
  });

  it('a row whose job was gone before it could keep its outcome is taken from its run', async () => {
    const rows = ['a', 'b', 'c'].map((word) => ({ agent: 'title', input: { topic: `Outlet ${word}`, draft: 'Retrieval first' } }));
    const job: JobRequest = { pipeline: 'oneAgent', rows };
    const run = await rig.start('batchJob', job);
    const { folder } = (await run.outcome()).result;
    const outcome = await readOutcome(rig.store, folder, 2);
    await rig.store.delete(OUTCOME_KEY(folder, 2));
    const { result, ledger } = (await (await startAgain(run, job)).result()) as JobOutcome;
    expect(result).toMatchObject({ before: 2, done: 1, failed: 0 });
    expect(await readOutcome(rig.store, folder, 2)).toEqual({ ...outcome, endedAt: expect.any(Number) as number });
    expect(ledger.requests).toBe(1);
    expect(run.bill()).toHaveLength(3);
  });

  it('a job that is started again uses the answers that its rows have paid for, also where Temporal has forgotten them', async () => {
    rig.simulator.setFaults([{ kind: 'hold', agent: 'briefWriter' }]);
    const job = jobOf(2);
    const run = await rig.start('batchJob', job);
    await run.held('briefWriter', 'briefWriter');
    await run.handle.terminate('by hand');
    for (const key of ['1', '2']) await rig.client.workflow.getHandle(`${run.handle.workflowId}/${key}`).terminate('by hand');
    rig.simulator.setFaults([]);
    const { result } = (await (await startAgain(run, job)).result()) as JobOutcome;
    expect(result).toMatchObject({ before: 0, done: 2, failed: 0 });
    expect(requestsOf(run).filter(({ agent }) => agent === 'researcher')).toHaveLength(2);
  });

  it('other rows under the id of an earlier job are done although their keys are the same', async () => {
    const run = await rig.start('batchJob', jobOf(2));
    await run.outcome();
    const other = await startAgain(run, jobOf(3));
    const { result } = (await other.result()) as JobOutcome;
    expect(result).toMatchObject({ rows: 3, before: 0, done: 3, failed: 0 });
    const outcomes = await Promise.all([1, 2, 3].map((row) => readOutcome(rig.store, result.folder, row)));
    expect(outcomes.map((outcome) => outcome?.status)).toEqual(['done', 'done', 'done']);
    expect(run.bill()).toHaveLength(5 * CALLS);
  });

  it('keys with slashes name rows of this job and of no other', async () => {
    const rows = ['a/b', 'a%2Fb', 'a'].map((topic) => ({ topic: `Label ${topic}` }));
    const manifest = await keepRows(
      rig.store,
      'brief',
      rows.map(({ topic }, at) => ({ key: topic, input: { topic: `${topic} ${at}` } })),
    );
    const run = await rig.start('batchJob', { pipeline: 'brief', manifest });
    const { result } = await run.outcome();
    expect(result).toMatchObject({ done: 3, failed: 0 });
    const outcomes = await Promise.all([1, 2, 3].map((row) => readOutcome(rig.store, result.folder, row)));
    const names = outcomes.map((outcome) => outcome?.workflowId.slice(`${run.handle.workflowId}/`.length));
    expect(names).toEqual(['Label a%2Fb', 'Label a%252Fb', 'Label a']);
  });

  it('no call of a row begins after the deadline of the job', async () => {
    rig.simulator.configure({ latencyMs: 2_000 });
    const run = await rig.start('batchJob', jobOf(4, { concurrency: 2, rowsPerRun: 2 }), { deadlineMs: 1_000 });
    await expect(run.outcome()).rejects.toMatchObject({ cause: { message: expect.stringContaining('the deadline of') as string } });
    // Each of the two that were begun was in its first call.
    expect(requestsOf(run)).toHaveLength(2);
    const { costUsd, uncertainUsd } = await run.handle.query(ledgerQuery);
    expect(costOf(run.bill())).toBeLessThanOrEqual(toUsd(Math.round((costUsd + uncertainUsd) * 1e12)));
  });

  it('a cancelled job cancels the rows that it has carried over, and their cost is in its ledger', async () => {
    rig.simulator.setFaults([{ kind: 'hang_body', agent: 'briefWriter', nth: 1 }]);
    // The first row hangs while the job continues as new; the drain gives up on it after 30 s.
    const run = await rig.start('batchJob', jobOf(5, { concurrency: 2, rowsPerRun: 2 }));
    await until(async () => (await run.handle.describe()).raw.workflowExecutionInfo?.firstRunId !== (await run.handle.describe()).runId, {
      limitMs: 60_000,
    });
    const current = rig.client.workflow.getHandle(run.handle.workflowId);
    await until(async () => (await progressOf(current)).job.done === 4, { limitMs: 30_000 });
    await current.cancel();
    await expect(current.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    const statuses = await Promise.all(
      ['1', '2'].map(async (key) => (await rig.client.workflow.getHandle(`${run.handle.workflowId}/${key}`).describe()).status.name),
    );
    expect(statuses.sort()).toEqual(['CANCELLED', 'COMPLETED']);
    const { costUsd, uncertainUsd, requests } = await current.query(ledgerQuery);
    expect(requests).toBe(1 + 4 * CALLS);
    expect(uncertainUsd).toBeGreaterThan(0);
    expect(costOf(run.bill())).toBeGreaterThanOrEqual(costUsd);
  }, 120_000);

  it('says anew what is missing when a budget was raised by too little', async () => {
    const { ledger } = await (await rig.start('batchJob', jobOf(1))).outcome();
    const run = await rig.start('batchJob', jobOf(6, { concurrency: 1 }), { budgetUsd: ledger.costUsd * 5 });
    await until(async () => (await progressOf(run.handle)).job.hold !== null, { limitMs: 60_000 });
    const before = (await progressOf(run.handle)).job.hold?.message;
    await run.handle.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: ledger.costUsd * 5.5 }] });
    await until(async () => (await progressOf(run.handle)).job.hold?.message !== before);
    expect((await progressOf(run.handle)).job.hold).not.toBeNull();
    await run.handle.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd: ledger.costUsd * 100 }] });
    expect((await run.outcome()).result).toMatchObject({ done: 6, failed: 0 });
  });

  it('a paused job starts no call of any row until it is resumed', async () => {
    rig.simulator.configure({ latencyMs: 300 });
    const run = await rig.start('batchJob', jobOf(6, { concurrency: 2 }));
    await until(() => requestsOf(run).length >= 2, { limitMs: 30_000 });
    await run.handle.executeUpdate(pauseUpdate);
    await until(() => requestsOf(run).every(({ outcome }) => outcome !== 'open'));
    const rowStates = async (): Promise<string[]> => {
      const names = ['1', '2'].map((key) => rig.client.workflow.getHandle(`${run.handle.workflowId}/${key}`));
      return Promise.all(names.map(async (row) => (await row.query(progressQuery)).status));
    };
    await until(async () => (await rowStates()).every((status) => status === 'paused'));
    const asked = requestsOf(run).length;
    expect((await progressOf(run.handle)).status).toBe('paused');
    await run.handle.executeUpdate(resumeUpdate);
    expect((await run.outcome()).result).toMatchObject({ done: 6 });
    expect(asked).toBeLessThan(6 * CALLS);
    expect(run.bill()).toHaveLength(6 * CALLS);
  });

  it('rows that an earlier start began tell the job when they end, without being asked over and over', async () => {
    rig.simulator.setFaults([{ kind: 'hold', agent: 'briefWriter' }]);
    const job = jobOf(2);
    const run = await rig.start('batchJob', job);
    await run.held('briefWriter', 'briefWriter');
    await run.handle.terminate('by hand');
    const again = await startAgain(run, job);
    const signalsOf = async (handle: WorkflowHandle) =>
      ((await handle.fetchHistory()).events ?? []).flatMap(
        ({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName ?? [],
      );
    const rows = ['1', '2'].map((key) => rig.client.workflow.getHandle(`${run.handle.workflowId}/${key}`));
    await until(async () => (await Promise.all(rows.map(signalsOf))).every((names) => names.join() === tellEndSignal.name));
    rig.simulator.setFaults([]);
    const { result } = (await again.result()) as JobOutcome;
    expect(result).toMatchObject({ before: 0, done: 2, failed: 0 });
    expect(await signalsOf(again)).toEqual([rowEndedSignal.name, rowEndedSignal.name]);
    expect(run.bill()).toHaveLength(2 * CALLS);
  });
});

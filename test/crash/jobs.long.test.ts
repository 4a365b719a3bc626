import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection, type WorkflowHandle } from '@temporalio/client';

import { connect, type Troupe } from '../../client/index';
import { openJobOutput } from '../../rows/job-output';
import type { GivenRow, RowOutcome } from '../../common/job';
import { viewLedger } from '../../common/ledger';
import { fromUsd } from '../../common/money';
import type { PipelineResult } from '../../common/pipelines/types';
import type { RunOutcome } from '../../common/run';
import { TASK_QUEUE } from '../../common/task-queues';
import { startSimulator, type Simulator } from '../../simulator/index';
import { jobFolder, keepRows, rowsWithOutcome } from '../../storage/jobs';
import { openStore } from '../../storage/open-store';
import type { Store } from '../../storage/store';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { outcomesIn } from '../helpers/audit-job';
import { auditRun } from '../helpers/audit-run';
import { makeNamespaces } from '../helpers/namespaces';
import { readRunJournal } from '../helpers/run-journal';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { until } from '../helpers/until';
import { startWorkerProcess, storeFolder } from '../helpers/worker-process';

type JobOutcome = RunOutcome<PipelineResult<'batchJob'>>;

const CALLS = 2;
const LATENCY_MS = 200;

function rowsOf(shop: string, count: number): GivenRow[] {
  return Array.from({ length: count }, (_, at) => {
    const topic = `Product ${at + 1} of ${shop}`;
    return { key: `sku-${at + 1}`, input: { topic }, cells: { sku: `sku-${at + 1}`, topic } };
  });
}

describe('a job under kill -9, termination and two starts', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-crash-jobs-'));
  const namespace = `jobs-${process.pid}`;
  const workers: GuardedProcess[] = [];
  let server: TestServer;
  let simulator: Simulator;
  let connection: Connection;
  let client: Client;
  let store: Store;
  let troupe: Troupe;

  beforeAll(async () => {
    [server, simulator] = await Promise.all([startTestServer(), startSimulator({ latencyMs: LATENCY_MS })]);
    connection = await Connection.connect({ address: server.address });
    await makeNamespaces(connection, [namespace]);
    client = new Client({ connection, namespace });
    store = await openStore(storeFolder(folder));
    troupe = await connect({ address: server.address, namespace, store: storeFolder(folder), simulated: true });
  }, 60_000);

  afterEach(async () => {
    for (const worker of workers) worker.kill();
    await Promise.all(workers.splice(0).map((worker) => worker.ended));
  });

  afterAll(async () => {
    await Promise.all([troupe.close(), connection.close(), simulator.close(), server.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function startWorker(): Promise<GuardedProcess> {
    const worker = await startWorkerProcess({ address: server.address, namespace, claude: simulator.url, folder });
    workers.push(worker);
    return worker;
  }

  async function startJob(workflowId: string, count: number, rest: object = {}) {
    const manifest = await keepRows(store, 'brief', rowsOf(workflowId, count));
    const args = [{ pipeline: 'brief', manifest, concurrency: 8, ...rest }];
    const handle = await client.workflow.start('batchJob', { args, workflowId, taskQueue: TASK_QUEUE, workflowTaskTimeout: '5s' });
    return { handle, manifest, jobFolder: jobFolder(namespace, workflowId, manifest) };
  }

  const outcomeOf = (handle: WorkflowHandle): Promise<JobOutcome> => handle.result() as Promise<JobOutcome>; // started by name

  const billOf = (workflowId: string) => simulator.requests().filter((record) => record.workflowId?.startsWith(`${workflowId}/`));

  const endedRows = (place: string, count: number): Promise<void> =>
    until(async () => (await rowsWithOutcome(store, place)).length >= count, { limitMs: 60_000 });

  /** The books of every row, in words where they do not agree. */
  async function violationsOf(workflowId: string, outcomes: readonly RowOutcome[]): Promise<string[]> {
    await until(() => billOf(workflowId).every(({ outcome }) => outcome !== 'open'));
    const audits = outcomes.map(async (outcome) => {
      const run = { namespace, workflowId: outcome.workflowId, firstRunId: outcome.runId };
      const bill = simulator.requests({ workflow: outcome.workflowId });
      return auditRun({ run, ledger: viewLedger(outcome.ledger), journal: await readRunJournal(store, run), bill });
    });
    return (await Promise.all(audits)).flatMap(({ violations }) => violations);
  }

  /** The rows of the output file, which must be whole lines. */
  async function outputOf(job: { manifest: string; jobFolder: string }): Promise<Array<{ row: number; key: string; result: object }>> {
    const file = path.join(folder, 'out.jsonl');
    const output = await openJobOutput({ store, file, order: 'input', manifest: job.manifest, folder: job.jobFolder });
    await output.update(true);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as { row: number; key: string; result: object });
  }

  test('a worker killed twice in the middle: every row once, no answer paid twice, the ledger bounds the bill', async () => {
    const id = `killed-${process.pid}`;
    const rows = 40;
    const first = await startWorker();
    const job = await startJob(id, rows, { rowsPerRun: 15 });
    await endedRows(job.jobFolder, 6);
    first.kill();
    await first.ended;
    const atKill = (await rowsWithOutcome(store, job.jobFolder)).length;
    const second = await startWorker();
    await endedRows(job.jobFolder, atKill + 8);
    second.kill();
    await second.ended;
    expect((await rowsWithOutcome(store, job.jobFolder)).length).toBeLessThan(rows);
    await startWorker();

    const { result, ledger } = await outcomeOf(job.handle);
    expect(result).toMatchObject({ status: 'completed', rows, done: rows, failed: 0, notStarted: 0 });
    expect((await outputOf(job)).map(({ row, key }) => [row, key])).toEqual(rowsOf('', rows).map(({ key }, at) => [at + 1, key]));
    expect(await violationsOf(id, await outcomesIn(store, job.jobFolder))).toEqual([]);
    const charged = billOf(id).reduce((sum, { charged: paid, costPico }) => sum + (paid ? costPico : 0), 0);
    expect(charged).toBeGreaterThanOrEqual(fromUsd(ledger.costUsd));
    expect(charged).toBeLessThanOrEqual(fromUsd(ledger.costUsd) + fromUsd(ledger.uncertainUsd));
    expect(ledger.requests).toBe(rows * CALLS);
  }, 120_000);

  test('a job that is terminated and started again: rows that are done stay so, rows under way are followed, none is paid twice', async () => {
    const id = `terminated-${process.pid}`;
    const rows = 24;
    await startWorker();
    const job = await startJob(id, rows);
    await endedRows(job.jobFolder, 6);
    await job.handle.terminate('by hand');
    const again = await startJob(id, rows);
    expect(again.jobFolder).toBe(job.jobFolder);
    const { result } = await outcomeOf(again.handle);
    expect(result).toMatchObject({ status: 'completed', failed: 0, notStarted: 0 });
    expect(result.before).toBeGreaterThanOrEqual(6);
    expect(result.done + result.before).toBe(rows);
    expect(await outputOf(job)).toHaveLength(rows);
    const bill = billOf(id);
    expect(bill).toHaveLength(rows * CALLS);
    expect(await violationsOf(id, await outcomesIn(store, job.jobFolder))).toEqual([]);
  }, 90_000);

  test('a row that is terminated by hand counts as failed, says so, and what it has spent is settled', async () => {
    const id = `row-terminated-${process.pid}`;
    await startWorker();
    simulator.setFaults([{ kind: 'hang_body', agent: 'briefWriter', nth: 1 }]);
    const job = await startJob(id, 6, { concurrency: 1 });
    const row = `${id}/sku-1`;
    await until(() => simulator.requests({ workflow: row }).some(({ agent }) => agent === 'briefWriter'), { limitMs: 30_000 });
    await client.workflow.getHandle(row).terminate('by hand');
    const { result, ledger } = await outcomeOf(job.handle);
    simulator.setFaults([]);
    expect(result).toMatchObject({ done: 5, failed: 1, failures: [{ row: 1, key: 'sku-1', status: 'failed' }] });
    expect(result.failures[0]?.reason).toMatch(/terminated/i);
    const outcomes = await outcomesIn(store, job.jobFolder);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'done', 'done', 'done', 'done', 'done']);
    expect(outcomes[0]?.ledger.uncertainPico).toBeGreaterThan(0);
    // The answer before the hanging one is settled, with those of the other rows.
    expect(ledger.requests).toBe(1 + 5 * CALLS);
    expect(await outputOf(job)).toHaveLength(5);
    expect(readFileSync(path.join(folder, 'out.failed.csv'), 'utf8')).toMatch(/^row,key,status,reason,run,costUsd\n1,sku-1,failed,/);
  }, 90_000);

  test('two starts of a job at once are one job, and each row is done once', async () => {
    const id = `twice-${process.pid}`;
    await startWorker();
    const rows = rowsOf(id, 10);
    const runs = await Promise.all([1, 2].map(() => troupe.startJob({ pipeline: 'brief', rows }, { id, concurrency: 4 })));
    expect(runs.map(({ attached }) => attached).sort()).toEqual([false, true]);
    const results = await Promise.all(runs.map((run) => run.result()));
    for (const { result } of results) expect(result).toMatchObject({ done: 10, before: 0, failed: 0 });
    expect(billOf(id)).toHaveLength(10 * CALLS);
  }, 90_000);
});

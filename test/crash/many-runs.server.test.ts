import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Client, Connection } from '@temporalio/client';

import { startSimulator, type Simulator } from '../../simulator/index';
import { openStore } from '../../storage/open-store';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { auditArticle, startArticle, type ArticleOutcome, type ArticleRun } from '../helpers/article-runs';
import { makeNamespaces } from '../helpers/namespaces';
import { readRunJournal } from '../helpers/run-journal';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { until } from '../helpers/until';
import { startWorkerProcess, storeFolder } from '../helpers/worker-process';

const RUNS = 20;
const LATENCY_MS = 500;
const CRITICAL_STEPS = 4;
/** Between two starts, so that the kill finds the runs in different stages. */
const STAGGER_MS = 60;
const RECOVERY_MS = 15_000;
/** A worker is ready in half of it where nothing else runs; where it takes longer, so does all that follows. */
const READY_MS = 2_000;

describe('kill -9 of the worker under 20 runs', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-crash-many-'));
  const workers: GuardedProcess[] = [];
  let server: TestServer;
  let simulator: Simulator;
  let connection: Connection;
  let client: Client;

  beforeAll(async () => {
    [server, simulator] = await Promise.all([startTestServer(), startSimulator({ latencyMs: LATENCY_MS })]);
    connection = await Connection.connect({ address: server.address });
    const namespace = `many-${process.pid}`;
    await makeNamespaces(connection, [namespace]);
    client = new Client({ connection, namespace });
  }, 120_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill();
    await Promise.all(workers.map((worker) => worker.ended));
    await Promise.all([connection.close(), simulator.close(), server.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function startWorker(): Promise<GuardedProcess> {
    const { namespace } = client.options;
    const worker = await startWorkerProcess({ address: server.address, namespace, claude: simulator.url, folder });
    workers.push(worker);
    return worker;
  }

  async function startStaggered(): Promise<ArticleRun[]> {
    const runs: ArticleRun[] = [];
    for (let serial = 0; serial < RUNS; serial += 1) {
      runs.push(await startArticle(client, `many-${process.pid}-${serial}`, { serial }));
      await delay(STAGGER_MS);
    }
    return runs;
  }

  /** Numbers of answers that runs have got so far. */
  const stagesOnTheBill = (runs: readonly ArticleRun[]): number =>
    new Set(runs.map(({ key }) => simulator.requests({ workflow: key.workflowId }).filter(({ charged }) => charged).length)).size;

  test(`all are done within ${RECOVERY_MS / 1_000} s of a new worker's start plus their remaining steps, and nothing is paid twice`, async () => {
    const worker = await startWorker();
    const runs = await startStaggered();
    await until(() => stagesOnTheBill(runs) >= 4, { what: 'the runs should be in different stages' });
    worker.kill();
    await worker.ended;
    const store = await openStore(storeFolder(folder));
    const atKill = await Promise.all(runs.map(({ key }) => readRunJournal(store, key)));
    const stages = new Set(atKill.map(({ answers }) => answers.length));
    expect(stages.size).toBeGreaterThanOrEqual(3);

    const restartedAt = Date.now();
    await startWorker();
    const readyMs = Date.now() - restartedAt;
    const ends = await Promise.all(
      runs.map(async (run) => {
        const outcome = (await run.handle.result()) as ArticleOutcome; // started by name
        return { run, outcome, tookMs: Date.now() - restartedAt };
      }),
    );
    const slowest = Math.max(...ends.map(({ tookMs }) => tookMs));
    process.stdout.write(
      `20 runs killed mid-way with ${[...stages].sort((a, b) => a - b).join('/')} answers: the new worker polled after ${readyMs} ms, the last run was done after ${slowest} ms\n`,
    );
    const books = { store, readBill: (workflow: string) => simulator.requests({ workflow }) };
    const audits = await Promise.all(ends.map(({ run, outcome }) => auditArticle(run, outcome, books)));
    expect(audits.flatMap(({ violations }) => violations)).toEqual([]);
    for (const [at, audit] of audits.entries()) expect(audit.extra).toBeLessThanOrEqual(atKill[at]?.open.length ?? 0);
    expect(ends.flatMap(({ outcome }) => outcome.degraded)).toEqual([]);
    const limitMs = (RECOVERY_MS + CRITICAL_STEPS * LATENCY_MS) * Math.max(1, readyMs / READY_MS);
    // Alone it takes two thirds of the limit; beside other tests a run may have to wait for a second timeout.
    expect(slowest).toBeLessThan(2 * limitMs);
  }, 300_000);
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import Anthropic from '@anthropic-ai/sdk';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';

import type { BATCH_FAILPOINTS } from '../../claude/failpoints';
import { collectorId } from '../../common/batch';
import { FailureType } from '../../common/failures';
import { toUsd } from '../../common/money';
import type { PipelineResult } from '../../common/pipelines/types';
import type { RunOutcome } from '../../common/run';
import { TASK_QUEUE } from '../../common/task-queues';
import type { FaultRule } from '../../simulator/faults';
import { startSimulator, type Simulator } from '../../simulator/index';
import type { GuardedProcess } from '../../worker/local/guarded-process';
import { atPace, chargedSince, leftovers, sumUsd } from '../helpers/lane-rig';
import { makeNamespaces } from '../helpers/namespaces';
import { startRig } from '../helpers/rig';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { startWorkerProcess } from '../helpers/worker-process';
import { until } from '../helpers/until';

type BriefOutcome = RunOutcome<PipelineResult<'brief'>>;

const RUNS = 12;
const TURNS = 2;

/** The place and the visit at which the worker dies. */
const PLACES = {
  'after-intent': '5',
  'before-announcement': '5',
  'before-batch': '1',
  'after-batch': '1',
  'mid-results': '1',
} satisfies Partial<Record<keyof typeof BATCH_FAILPOINTS | 'after-intent', string>>;

const settledOf = (outcomes: readonly BriefOutcome[]): number =>
  toUsd(outcomes.reduce((sum, { ledger }) => sum + Math.round(ledger.costUsd * 1e12), 0));

describe('kill -9 of the worker along a Message Batch', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-crash-batch-'));
  const workers: GuardedProcess[] = [];
  const simulators = new Map<string, Simulator>();
  const crashes = new Map<string, ReturnType<typeof crashAt>>();
  let server: TestServer;
  let connection: Connection;

  beforeAll(async () => {
    server = await startTestServer();
    connection = await Connection.connect({ address: server.address });
    const names = Object.keys(PLACES).map((name) => `batch-${name}-${process.pid}`);
    await makeNamespaces(connection, names);
    // All at once: each of them mostly waits.
    for (const [name, visit] of Object.entries(PLACES)) {
      const crash = crashAt(`${name}:${visit}`, `batch-${name}-${process.pid}`);
      crash.catch(() => undefined);
      crashes.set(name, crash);
    }
  }, 60_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill();
    await Promise.all(workers.map((worker) => worker.ended));
    await Promise.all([...simulators.values()].map((simulator) => simulator.close()));
    await Promise.all([connection.close(), server.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function crashAt(failpoint: string, namespace: string) {
    const simulator = await startSimulator({ batchMs: 300 });
    simulators.set(namespace, simulator);
    const place = { address: server.address, namespace, claude: simulator.url, folder: path.join(folder, namespace) };
    const client = new Client({ connection, namespace });
    const first = await startWorkerProcess({ ...place, failpoint });
    workers.push(first);
    const runs: WorkflowHandle[] = [];
    for (let at = 0; at < RUNS; at += 1) {
      const args = [{ topic: `Harbour ${at + 1} of ${namespace}` }, { lane: 'batch' }];
      runs.push(
        await client.workflow.start('brief', { args, taskQueue: TASK_QUEUE, workflowId: `brief-${at}`, workflowTaskTimeout: '5s' }),
      );
    }
    const ended = await first.ended;
    const sentAtKill = simulator.batches().length;
    workers.push(await startWorkerProcess(place));
    const outcomes = await Promise.all(runs.map((run) => run.result() as Promise<BriefOutcome>)); // started by name
    return { ended, sentAtKill, outcomes, simulator };
  }

  test.each(Object.keys(PLACES))(
    'at %s every run is done, nothing is paid twice and the ledgers are the bill',
    async (name) => {
      const crash = await crashes.get(name);
      if (crash === undefined) throw new Error('no such crash');
      expect(crash.ended).toBe('SIGKILL');
      if (name === 'after-batch') expect(crash.sentAtKill).toBe(1);
      expect(crash.outcomes.map(({ ledger }) => ledger.uncertainUsd)).toEqual(Array.from({ length: RUNS }, () => 0));
      const bill = chargedSince(crash, 0);
      expect(bill).toHaveLength(RUNS * TURNS);
      expect(crash.simulator.stats().duplicatesPaid).toBe(0);
      expect(sumUsd(bill)).toBe(settledOf(crash.outcomes));
    },
    150_000,
  );
});

describe('the sending of a batch that ends unclearly', () => {
  const start = async (faults: readonly FaultRule[]) =>
    startRig({ simulator: { batchMs: 200, faults }, deps: atPace(), maxCachedWorkflows: 100 });

  test.each<[string, FaultRule]>([
    ['500 after it was made', { kind: 'create_then_fail', nth: 1 }],
    ['503 after it was made', { kind: 'create_then_fail', status: 503, nth: 1 }],
    ['a connection that breaks after it was made', { kind: 'charge_then_drop', on: 'batch_create', nth: 1 }],
  ])(
    '%s: the batch is found and waited for, and nothing is sent twice',
    async (_what, fault) => {
      const rig = await start([fault]);
      try {
        const runs = await Promise.all(['North', 'South', 'East'].map((topic) => rig.start('brief', { topic }, { lane: 'batch' })));
        const outcomes = await Promise.all(runs.map((run) => run.outcome()));
        const bill = chargedSince(rig, 0);
        expect(bill).toHaveLength(3 * TURNS);
        expect(sumUsd(bill)).toBe(settledOf(outcomes));
        await until(async () => (await leftovers(rig)).length === 0);
      } finally {
        await rig.close();
      }
    },
    90_000,
  );

  test('nothing was made, and a batch of somebody else looks like it: it is waited for, left alone, and the turns are sent', async () => {
    const rig = await start([{ kind: 'reset_before_headers', on: 'batch_create', nth: 1 }]);
    try {
      const run = await rig.start('brief', { topic: 'West' }, { lane: 'batch' });
      await until(() => rig.simulator.requests().some(({ fault }) => fault === 'reset_before_headers'));
      const stranger = new Anthropic({ apiKey: 'test', baseURL: rig.simulator.url, maxRetries: 0 });
      const params = { model: 'claude-haiku-5-5', max_tokens: 20, messages: [{ role: 'user' as const, content: 'Not ours' }] };
      const { id } = await stranger.messages.batches.create({ requests: [{ custom_id: 'not-ours', params }] });
      const { ledger } = await run.outcome();
      const bill = chargedSince(rig, 0);
      expect(bill.filter(({ batchId }) => batchId === id)).toHaveLength(1);
      expect(sumUsd(bill.filter(({ batchId }) => batchId !== id))).toBe(ledger.costUsd);
      expect(ledger.requests).toBe(TURNS);
      await until(async () => (await leftovers(rig)).length === 0);
    } finally {
      await rig.close();
    }
  }, 90_000);
});

describe('a turn whose batch takes longer than a run waits', () => {
  const HOUR = 3_600_000;
  const giveUpMs = 5_000;
  const start = () => startRig({ simulator: { batchMs: HOUR }, deps: atPace({ askAgainMs: 1_000, giveUpMs }), maxCachedWorkflows: 100 });

  test('is answered, and paid for once, when only the worker was away for so long', async () => {
    const rig = await start();
    try {
      const run = await rig.start('brief', { topic: 'Low water' }, { lane: 'batch' });
      await until(() => rig.simulator.batches().length > 0);
      await rig.whileAway(async () => {
        rig.simulator.advanceClock(HOUR);
        rig.simulator.configure({ batchMs: 100 });
        const since = Date.now();
        await until(() => Date.now() - since > 2 * giveUpMs);
      });
      const { ledger } = await run.outcome();
      const bill = chargedSince(rig, 0);
      expect(bill).toHaveLength(TURNS);
      expect(ledger).toMatchObject({ costUsd: sumUsd(bill), uncertainUsd: 0 });
      await until(async () => (await leftovers(rig)).length === 0);
    } finally {
      await rig.close();
    }
  }, 90_000);

  test('is given up when the worker was there', async () => {
    const rig = await start();
    try {
      const run = await rig.start('brief', { topic: 'High water' }, { lane: 'batch' });
      await expect(run.outcome()).rejects.toMatchObject({ cause: { type: FailureType.TimedOut } });
      expect(rig.simulator.batches()).toHaveLength(1);
    } finally {
      await rig.close();
    }
  }, 90_000);
});

describe('a collector that goes on as new', () => {
  test('keeps what waits, what is on its way and what is withdrawn', async () => {
    const rig = await startRig({
      simulator: { batchMs: 700 },
      deps: atPace({ eventsPerRun: 25, maxRequests: 4 }),
      maxCachedWorkflows: 100,
    });
    try {
      const runs = await Promise.all(
        Array.from({ length: 16 }, (_, at) => rig.start('brief', { topic: `Lighthouse ${at + 1}` }, { lane: 'batch' })),
      );
      const outcomes = await Promise.all(runs.map((run) => run.outcome()));
      const bill = chargedSince(rig, 0);
      expect(bill).toHaveLength(16 * TURNS);
      expect(sumUsd(bill)).toBe(settledOf(outcomes));
      const query = `WorkflowId = '${collectorId(rig.store.id)}' AND ExecutionStatus = 'ContinuedAsNew'`;
      await until(async () => (await rig.client.workflow.count(query)).count > 0);
      await until(async () => (await leftovers(rig)).length === 0);
    } finally {
      await rig.close();
    }
  }, 240_000);
});

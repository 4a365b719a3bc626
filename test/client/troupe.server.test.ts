import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import { connect, type RunHandle, type Troupe } from '../../client/index';
import { TASK_QUEUE } from '../../common/task-queues';
import { openStore } from '../../storage/open-store';
import { makeNamespaces } from '../helpers/namespaces';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { until } from '../helpers/until';

const namespace = `client-${process.pid}`;
let server: TestServer;
let troupe: Troupe;
let stop: () => Promise<void>;
let folder: string;

beforeAll(async () => {
  // Runs that fail are the point here; their warnings would bury the report.
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  folder = mkdtempSync(join(tmpdir(), 'troupe-client-'));
  server = await startTestServer();
  const connection = await Connection.connect({ address: server.address });
  await makeNamespaces(connection, [namespace]);
  const native = await NativeConnection.connect({ address: server.address });
  const worker = await Worker.create({
    connection: native,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowsPath: require.resolve('./stub-workflows'),
  });
  const running = worker.run();
  troupe = await connect({ address: server.address, namespace, store: join(folder, 'store'), simulated: true });
  stop = async () => {
    worker.shutdown();
    await running;
    await Promise.all([troupe.close(), native.close(), connection.close()]);
  };
});

afterAll(async () => {
  await stop();
  await server.close();
  rmSync(folder, { recursive: true });
});

const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );

const finished = async (run: RunHandle): Promise<void> => void (await run.result());

describe('connect()', () => {
  test('says in one line that nothing answers', async () => {
    const error = await thrownBy(connect({ address: '127.0.0.1:1' }));
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('Temporal at "127.0.0.1:1" does not answer') });
  });

  test('sees the worker that polls', async () => {
    // The server lists a poller once its first poll has come.
    await until(async () => (await troupe.workers()) > 0);
    expect(await troupe.workers()).toBe(1);
  });
});

describe('Troupe.restartJob()', () => {
  const ended = async (run: RunHandle): Promise<void> => {
    await run.resume();
    await finished(run);
  };

  test('of two that start a job again at once one does, and what had started it attaches to it as before', async () => {
    await openStore(join(folder, 'store'));
    const start = (concurrency: number) =>
      troupe.startJob({ pipeline: 'brief', rows: [{ key: 'tea', input: { topic: 'Tea' } }] }, { id: 'teas', concurrency });
    await ended(await start(2));
    const job = { workflowId: 'teas', pipeline: 'brief', manifest: `blobs/00/${'0'.repeat(64)}` };
    const both = await Promise.allSettled((['failed', 'stale'] as const).map((redo) => troupe.restartJob(job, { redo, concurrency: 9 })));
    const reasons = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(reasons).toMatchObject([{ code: 'id-taken', message: 'Cannot start "teas" again: it is running; wait for it or cancel it' }]);
    const again = await start(2);
    expect(again.attached).toBe(true);
    await ended(again);
    expect((await start(2)).attached).toBe(true);
    expect(await thrownBy(start(3))).toMatchObject({ code: 'id-taken' });
  });
});

describe('Troupe.start()', () => {
  test('starts under a readable id, with memo and link', async () => {
    const run = await troupe.start('brief', { topic: 'Idempotency keys' });
    expect(run.workflowId).toMatch(/^brief-idempotency-keys-[a-z0-9]{8}$/);
    expect(run.attached).toBe(false);
    expect(run.url).toContain(`/namespaces/${namespace}/workflows/${run.workflowId}/${run.runId}/`);
    await finished(run);
    expect(await run.describe()).toMatchObject({ pipeline: 'brief', subject: 'Idempotency keys', status: 'completed', simulated: true });
  });

  test('attaches to a running and to a completed run of the same id and input', async () => {
    const first = await troupe.start('brief', { topic: 'wait' }, { id: 'attach' });
    const second = await troupe.start('brief', { topic: ' wait ' }, { id: 'attach', traceId: 'other' });
    expect(second).toMatchObject({ runId: first.runId, attached: true });
    await first.cancel();

    const third = await troupe.start('brief', { topic: 'done' }, { id: 'done' });
    await finished(third);
    const fourth = await troupe.start('brief', { topic: 'done' }, { id: 'done' });
    expect(fourth).toMatchObject({ runId: third.runId, attached: true });
    expect((await fourth.result()).result).toEqual({ topic: 'done' });
  });

  test.each([
    ['another input', { topic: 'b' }, {}],
    ['another budget', { topic: 'a' }, { budgetUsd: 1 }],
  ])('refuses an id that is taken by %s', async (what, input, options) => {
    const id = `taken-${what}`;
    await finished(await troupe.start('brief', { topic: 'a' }, { id }));
    expect(await thrownBy(troupe.start('brief', input, { id, ...options }))).toMatchObject({
      code: 'id-taken',
      message: expect.stringContaining(`the id "${id}" belongs to a completed "brief" run`),
    });
  });

  test('starts a failed and a cancelled run anew', async () => {
    const failed = await troupe.start('brief', { topic: 'fail' }, { id: 'again' });
    expect(await thrownBy(failed.result())).toMatchObject({ code: 'run-failed' });
    const again = await troupe.start('brief', { topic: 'wait' }, { id: 'again' });
    expect(again.attached).toBe(false);
    await again.cancel();
    expect(await thrownBy(again.result())).toMatchObject({ code: 'cancelled', message: 'Run "again" was cancelled' });
    const third = await troupe.start('brief', { topic: 'fine' }, { id: 'again' });
    expect(third.runId).not.toBe(again.runId);
    await finished(third);
  });

  test('makes one run of many starts at the same moment', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => troupe.start('brief', { topic: 'race' }, { id: 'race' })));
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
    expect(runs.filter(({ attached }) => !attached)).toHaveLength(1);
  });

  test('starts nothing when the input is wrong', async () => {
    expect(await thrownBy(troupe.start('brief', { topic: '' }, { id: 'never' }))).toMatchObject({ code: 'invalid-input' });
    expect(await thrownBy(troupe.handle('never'))).toMatchObject({ code: 'not-found' });
  });
});

describe('RunHandle', () => {
  test('watch() ends with the run and shows what the run says', async () => {
    const run = await troupe.start('brief', { topic: 'until resumed' });
    const seen: string[] = [];
    let asked = false;
    for await (const look of run.watch({ intervalMs: 20 })) {
      seen.push(look.status);
      expect(look.costUsd).toBe(0.25);
      if (look.status === 'paused') await run.resume();
      // Once: a run that goes on again ends at once.
      else if (!look.closed && !asked) {
        asked = true;
        await run.pause();
      }
      if (look.closed) expect(look.status).toBe('completed');
    }
    expect(seen).toContain('paused');
    expect(seen.at(-1)).toBe('completed');
  });

  test('watch() ends at once when it is told to, and leaves the run alone', async () => {
    const run = await troupe.start('brief', { topic: 'wait' });
    const stopWatching = new AbortController();
    for await (const look of run.watch({ signal: stopWatching.signal, intervalMs: 60_000 })) {
      expect(look.closed).toBe(false);
      setImmediate(() => stopWatching.abort());
    }
    expect((await run.describe()).status).toBe('running');
    await run.cancel();
  });

  test('result() of a failed run has the chain of failures', async () => {
    const run = await troupe.start('brief', { topic: 'fail' });
    expect(await thrownBy(run.result())).toMatchObject({
      code: 'run-failed',
      message: `Run "${run.workflowId}" failed: Cannot go on: Claude declined; rephrase`,
      chain: [{ type: 'Refused', message: 'Cannot go on: Claude declined; rephrase' }],
      unfinished: { ledger: null, blackboard: null },
    });
  });

  test('result() at the budget has the ledger from the memo and the work from the store', async () => {
    const blackboard = {
      artifacts: [{ key: 'researcher', agent: 'researcher', step: 'researcher', value: 1 }],
      steps: [],
      degraded: [],
      errors: [],
    };
    await (await openStore(join(folder, 'store'))).put('runs/stub/work', Buffer.from(JSON.stringify({ blackboard })));
    const run = await troupe.start('brief', { topic: 'budget' });
    expect(await thrownBy(run.result())).toMatchObject({ code: 'budget-reached', unfinished: { ledger: { costUsd: 0.5 }, blackboard } });
    expect((await run.describe()).status).toBe('budget-reached');
  });

  test('result() asks a worker for the work when the store is elsewhere', async () => {
    const run = await troupe.start('brief', { topic: 'budget elsewhere' });
    expect(await thrownBy(run.result())).toMatchObject({
      code: 'budget-reached',
      unfinished: { ledger: { costUsd: 0.5 }, blackboard: { artifacts: [{ key: 'replayed' }] } },
    });
  });

  test('refuses to steer a run that has ended', async () => {
    const run = await troupe.start('brief', { topic: 'ended' });
    await finished(run);
    for (const steer of [() => run.cancel(), () => run.pause(), () => run.resume()]) {
      expect(await thrownBy(steer())).toMatchObject({ code: 'run-closed', message: expect.stringContaining('is already completed') });
    }
  });
});

describe('Troupe.list()', () => {
  test('filters by status, a reached budget included', async () => {
    const run = await troupe.start('brief', { topic: 'budget' });
    await thrownBy(run.result());
    await until(async () =>
      (await troupe.list({ status: 'budget-reached', limit: 100 })).some(({ workflowId }) => workflowId === run.workflowId),
    );
    const failed = await troupe.list({ status: 'failed', limit: 100 });
    expect(failed.map(({ workflowId }) => workflowId)).not.toContain(run.workflowId);
    expect(await troupe.list({ pipeline: 'article' })).toEqual([]);
    expect(await troupe.list({ limit: 1 })).toHaveLength(1);
  });
});

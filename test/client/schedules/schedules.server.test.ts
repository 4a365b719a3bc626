import { Connection, Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import { connect, type ScheduleOptions, type Troupe } from '../../../client/index';
import { TroupeError } from '../../../common/troupe-error';
import { Memo } from '../../../common/run';
import { TroupePipeline } from '../../../common/search-attributes';
import { TASK_QUEUE } from '../../../common/task-queues';
import { makeNamespaces } from '../../helpers/namespaces';
import { startTestServer, type TestServer } from '../../helpers/temporal';
import { until } from '../../helpers/until';

const namespace = `schedules-${process.pid}`;
const NEVER_SOON: ScheduleOptions = { cron: '0 7 1 1 *' };
let server: TestServer;
let troupe: Troupe;
let client: Client;
let stop: () => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  server = await startTestServer();
  const connection = await Connection.connect({ address: server.address });
  await makeNamespaces(connection, [namespace]);
  client = new Client({ connection, namespace });
  const native = await NativeConnection.connect({ address: server.address });
  const workflowsPath = require.resolve('../stub-workflows');
  const worker = await Worker.create({ connection: native, namespace, taskQueue: TASK_QUEUE, workflowsPath });
  const running = worker.run();
  troupe = await connect({ address: server.address, namespace, simulated: true });
  stop = async () => {
    worker.shutdown();
    await running;
    await Promise.all([troupe.close(), native.close(), connection.close()]);
  };
});

afterAll(async () => {
  await stop();
  await server.close();
});

const brief = (topic: string) => ({ pipeline: 'brief', input: { topic } }) as const;

async function refusal(promise: Promise<unknown>): Promise<TroupeError> {
  const error: unknown = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TroupeError);
  return error as TroupeError;
}

const exists = async (name: string): Promise<boolean> =>
  client.schedule
    .getHandle(name)
    .describe()
    .then(
      () => true,
      () => false,
    );

/** Asks for a run and expects that one started. */
async function started(name: string): Promise<string> {
  const before = await troupe.schedules.describe(name);
  const triggered = await troupe.schedules.run(name);
  if (triggered.outcome === 'started') return triggered.workflowId;
  if (triggered.open.length > 0) throw new Error(`schedule "${name}" started nothing: ${JSON.stringify(triggered)}`);
  // A busy server takes its time.
  await until(async () => (await troupe.schedules.describe(name)).started > before.started, {
    what: `schedule "${name}" should start a run`,
  });
  return (await troupe.schedules.describe(name)).last?.workflowId ?? '';
}

describe('schedules.create()', () => {
  test('makes a schedule that says what runs when', async () => {
    const options = { cron: '0 7 * * 1-5', timeZone: 'Europe/Berlin', overlap: 'buffer', catchUpMs: 60_000, budgetUsd: 0.5 } as const;
    const created = await troupe.schedules.create('workdays', brief('Kettles'), options);
    expect(created).toMatchObject({
      name: 'workdays',
      pipeline: 'brief',
      subject: 'Kettles',
      state: 'active',
      note: null,
      cron: '0 7 * * 1-5',
      everyMs: null,
      timeZone: 'Europe/Berlin',
      overlap: 'buffer',
      catchUpMs: 60_000,
      last: null,
      started: 0,
      attached: false,
    });
    const { nextAt } = created;
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
    expect(nextAt !== null && clock.format(nextAt)).toBe('07:00');
    expect(await troupe.schedules.describe('workdays')).toEqual(expect.objectContaining({ name: 'workdays', nextAt }));
  });

  test('finds the same one as it is, and refuses another of that name', async () => {
    const first = await troupe.schedules.create('same', brief(' Kettles '), { ...NEVER_SOON, paused: true });
    const second = await troupe.schedules.create('same', brief('Kettles'), NEVER_SOON);
    expect(second).toMatchObject({ attached: true, state: 'paused', createdAt: first.createdAt });
    for (const [work, options] of [
      [brief('Teapots'), NEVER_SOON],
      [brief('Kettles'), { cron: '0 8 1 1 *' }],
      [brief('Kettles'), { ...NEVER_SOON, budgetUsd: 1 }],
    ] as const) {
      expect(await refusal(troupe.schedules.create('same', work, options))).toMatchObject({
        code: 'id-taken',
        message: expect.stringContaining('delete it first with "npx troupe schedule delete same"'),
      });
    }
  });

  test('of two that are made at the same time one is made, and the other finds it', async () => {
    const both = await Promise.all([1, 2].map(() => troupe.schedules.create('race', brief('Kettles'), NEVER_SOON)));
    expect(both.map(({ attached }) => attached).toSorted()).toEqual([false, true]);
  });

  test.each([
    ['61 7 * * *', undefined, /^Cannot create schedule "bad": "61 7 \* \* \*": minute is not in range \[0-59\]; give five fields/],
    ['0 7 * *', undefined, /"0 7 \* \*": cronString does not have 5-7 fields/],
    ['0 7 * * FOO', undefined, /dayOfWeek is not in range/],
    ['CRON_TZ=UTC 0 7 * * *', 'Europe/Paris', /in "Europe\/Paris": conflicting timezone names/],
    ['0 0 30 2 *', undefined, /^Cannot create schedule "bad": "0 0 30 2 \*" never comes; nothing was made/],
  ])('refuses cron %j in the zone %s in one line, and makes nothing', async (cron, timeZone, message) => {
    const options = { cron, ...(timeZone !== undefined && { timeZone }) };
    const error = await refusal(troupe.schedules.create('bad', brief('Kettles'), options));
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('\n');
    expect(await exists('bad')).toBe(false);
  });

  test('refuses an input that does not fit before it asks the server', async () => {
    expect(await refusal(troupe.schedules.create('bad', brief(' '), NEVER_SOON))).toMatchObject({ code: 'invalid-input' });
    expect(await exists('bad')).toBe(false);
  });

  test('refuses an input that is too large for the server in one line', async () => {
    const rows = [{ topic: 'x'.repeat(3_000_000) }];
    const work = { pipeline: 'batchJob' as const, input: { pipeline: 'brief', rows } };
    const error = await refusal(troupe.schedules.create('bad', work, NEVER_SOON));
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('the input is larger than Temporal takes') });
    expect(await exists('bad')).toBe(false);
  });

  test('an interval starts runs by itself, each under its own id', async () => {
    await troupe.schedules.create('ticks', brief('tick'), { everyMs: 1_000, overlap: 'allow' });
    await until(async () => (await troupe.schedules.describe('ticks')).started >= 2);
    const { last } = await troupe.schedules.describe('ticks');
    expect(last?.workflowId).toMatch(/^ticks-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    await troupe.schedules.delete('ticks');
  });
});

describe('schedules.run()', () => {
  test('starts a run just as a start would, and the list shows how it ended', async () => {
    const options = { ...NEVER_SOON, budgetUsd: 0.25, lane: 'auto', deadlineMs: 60_000 } as const;
    await troupe.schedules.create('now', brief('Kettles'), options);
    const workflowId = await started('now');
    expect(workflowId).toMatch(/^now-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const byHand = await troupe.start('brief', { topic: 'Kettles' }, { budgetUsd: 0.25, lane: 'auto', deadlineMs: 60_000, id: 'by-hand' });
    const handles = [workflowId, byHand.workflowId].map((id) => client.workflow.getHandle(id));
    const outcomes = await Promise.all(handles.map((handle) => handle.result()));
    expect(outcomes[0]).toEqual(outcomes[1]);

    const [scheduled, direct] = await Promise.all(handles.map((handle) => handle.describe()));
    expect(scheduled?.type).toBe('brief');
    expect(scheduled?.taskQueue).toBe(TASK_QUEUE);
    expect(scheduled?.memo?.[Memo.input]).toBe(direct?.memo?.[Memo.input]);
    expect(scheduled?.memo?.[Memo.subject]).toBe('Kettles');
    expect(scheduled?.typedSearchAttributes.get(TroupePipeline)).toBe('brief');
    expect(scheduled?.priority).toEqual(direct?.priority);
    expect(await scheduled?.staticSummary()).toBe(await direct?.staticSummary());
    const timeouts = [scheduled, direct].map((described) =>
      described?.raw.executionConfig?.defaultWorkflowTaskTimeout?.seconds?.toString(),
    );
    expect(timeouts).toEqual(['5', '5']);
    const inputs = await Promise.all(
      handles.map(async (handle) => (await handle.fetchHistory()).events?.[0]?.workflowExecutionStartedEventAttributes?.input),
    );
    expect(inputs[0]).toEqual(inputs[1]);

    expect((await troupe.schedules.describe('now')).last).toMatchObject({ workflowId, status: 'completed' });
    await until(async () => (await troupe.list({ schedule: 'now' })).length === 1);
    expect(await troupe.list({ schedule: 'now' })).toMatchObject([{ workflowId, subject: 'Kettles', simulated: null }]);
  });

  test('skips while a run is open, and starts again when it has ended', async () => {
    await troupe.schedules.create('skips', brief('wait'), NEVER_SOON);
    const first = await started('skips');
    const second = await troupe.schedules.run('skips');
    expect(second).toEqual({ outcome: 'skipped', open: [first] });
    expect(await troupe.schedules.describe('skips')).toMatchObject({
      started: 1,
      skipped: 1,
      last: { workflowId: first, status: 'running' },
    });
    await client.workflow.getHandle(first).terminate();
    await until(async () => (await client.schedule.getHandle('skips').describe()).info.runningActions.length === 0);
    expect(await started('skips')).not.toBe(first);
  });

  test('waits behind an open run with overlap buffer', async () => {
    await troupe.schedules.create('buffers', brief('wait'), { ...NEVER_SOON, overlap: 'buffer' });
    const first = await started('buffers');
    expect(await troupe.schedules.run('buffers')).toEqual({ outcome: 'waiting', open: [first] });
    await client.workflow.getHandle(first).terminate();
    await until(async () => (await troupe.schedules.describe('buffers')).started === 2);
  });

  test('cancels the open run with overlap cancel, and starts the next one then', async () => {
    await troupe.schedules.create('cancels', brief('wait'), { ...NEVER_SOON, overlap: 'cancel' });
    const first = await started('cancels');
    await troupe.schedules.run('cancels');
    await until(async () => (await client.workflow.getHandle(first).describe()).status.name === 'CANCELLED');
    await until(async () => (await troupe.schedules.describe('cancels')).started === 2);
  });
});

describe('schedules.pause() and resume()', () => {
  test('a paused schedule starts nothing by itself, says why, and can be run by hand', async () => {
    await troupe.schedules.create('breaks', brief('tick'), { everyMs: 1_000, overlap: 'allow', paused: true });
    expect(await troupe.schedules.describe('breaks')).toMatchObject({ state: 'paused', note: 'paused when it was created', nextAt: null });
    await troupe.schedules.resume('breaks');
    await until(async () => (await troupe.schedules.describe('breaks')).started >= 1);

    const paused = await troupe.schedules.pause('breaks', 'until Monday');
    expect(paused).toMatchObject({ state: 'paused', note: 'until Monday', nextAt: null });
    // What a clock must not bring about needs its time to pass: two runs would have been due.
    const due = Date.now() + 2_500;
    await until(() => Date.now() > due);
    expect((await troupe.schedules.describe('breaks')).started).toBe(paused.started);
    await started('breaks');
    expect(await troupe.schedules.describe('breaks')).toMatchObject({ state: 'paused', started: paused.started + 1 });

    expect(await troupe.schedules.resume('breaks', 'Monday came')).toMatchObject({ state: 'active', note: 'Monday came' });
    await until(async () => (await troupe.schedules.describe('breaks')).started > paused.started + 1);
    await troupe.schedules.delete('breaks');
  });

  test('a pause comes about although a run is asked for at the same time, which makes the server forget one of them', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `at-once-${at}`);
    await Promise.all(names.map((name) => troupe.schedules.create(name, brief('Kettles'), NEVER_SOON)));
    const triggers = names.map((name) => client.schedule.getHandle(name).trigger());
    const paused = await Promise.all(names.map((name) => troupe.schedules.pause(name, 'busy')));
    await Promise.all(triggers);
    expect(paused.map(({ state, note }) => ({ state, note }))).toEqual(names.map(() => ({ state: 'paused', note: 'busy' })));
  });
});

describe('schedules.list()', () => {
  test("shows Troupe's schedules by name and no others", async () => {
    await client.schedule.create({
      scheduleId: 'foreign',
      spec: { intervals: [{ every: '1d' }] },
      action: { type: 'startWorkflow', workflowType: 'brief', taskQueue: 'elsewhere', args: [] },
    });
    await troupe.schedules.create('listed-b', brief('B'), NEVER_SOON);
    await troupe.schedules.create('listed-a', brief('A'), { ...NEVER_SOON, paused: true });
    await until(async () => (await troupe.schedules.list()).filter(({ name }) => name.startsWith('listed-')).length === 2);
    const listed = await troupe.schedules.list();
    const names = listed.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).not.toContain('foreign');
    expect(listed.filter(({ name }) => name.startsWith('listed-'))).toMatchObject([
      { name: 'listed-a', subject: 'A', state: 'paused' },
      { name: 'listed-b', subject: 'B', state: 'active' },
    ]);
  });
});

describe('schedules.delete()', () => {
  test('removes the schedule, names the runs that go on, and leaves them', async () => {
    await troupe.schedules.create('gone', brief('wait'), NEVER_SOON);
    const open = await started('gone');
    expect(await troupe.schedules.delete('gone')).toEqual([open]);
    expect((await client.workflow.getHandle(open).describe()).status.name).toBe('RUNNING');
    expect(await exists('gone')).toBe(false);
    await client.workflow.getHandle(open).terminate();
    expect(await troupe.schedules.create('gone', brief('other'), NEVER_SOON)).toMatchObject({ attached: false });
  });

  test('names runs that were started beside others, too', async () => {
    await troupe.schedules.create('many', brief('wait'), { ...NEVER_SOON, overlap: 'allow' });
    const open = [await started('many'), await started('many')];
    await until(async () => (await troupe.list({ schedule: 'many', status: 'running' })).length === 2);
    expect([...(await troupe.schedules.delete('many'))].toSorted()).toEqual(open.toSorted());
    await Promise.all(open.map((id) => client.workflow.getHandle(id).terminate()));
  });

  test.each(['describe', 'pause', 'resume', 'run', 'delete'] as const)('%s of a name that no schedule has is refused', async (verb) => {
    expect(await refusal(troupe.schedules[verb]('nosuch'))).toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(
        /^Cannot \w+ schedule "nosuch": there is none on ".+", namespace ".+"; see "npx troupe schedule list"$/,
      ),
    });
  });
});

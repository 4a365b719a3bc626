import path from 'node:path';

import { simulatorAdmin } from '../../../bench/simulator-admin';
import { awaitTaskQueue, registerVersion } from '../../../worker/deployments/register';
import { describeDeployment } from '../../../worker/deployments/describe';
import { rollBack } from '../../../worker/deployments/roll-back';
import { promote, ramp } from '../../../worker/deployments/route';
import { functionProcess } from '../../../worker/local/local-functions';
import { packageRoot } from '../../../worker/local/package-root';
import { fromUsd } from '../../../common/money';
import { TASK_QUEUE } from '../../../common/task-queues';
import { makeStackRig, type ServerlessStack, type StackRig } from '../../helpers/serverless-stack';
import { until } from '../../helpers/until';

jest.setTimeout(300_000);

const SCRIPT = path.join(packageRoot(), 'dist', 'worker', 'lambda-local.js');
const PINNED = 1;
const AUTO_UPGRADE = 2;

let rig: StackRig;

beforeEach(() => void (rig = makeStackRig()));
afterEach(() => rig.close());

const setLatency = (at: ServerlessStack, ms: number) => simulatorAdmin(String(at.stack.addresses.claude)).setLatency(ms);

const stagesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `stage ${at + 1}`,
    system: 'Go on in one sentence.',
    tier: 'fast' as const,
    max_tokens: 64,
  }));

const stagesDone = async (at: ServerlessStack, workflowId: string): Promise<number> =>
  at.bill().filter((record) => record.workflowId === workflowId && record.outcome === 'answered').length;

/** Every request of a run was charged once, and the ledger says what the bill says. */
async function expectPaidOnce(
  at: ServerlessStack,
  run: Awaited<ReturnType<ServerlessStack['troupe']['start']>>,
  calls: number,
): Promise<void> {
  const bill = at.bill().filter((record) => `${record.workflowId}/`.startsWith(`${run.workflowId}/`));
  expect(bill.map(({ outcome }) => outcome)).toEqual(Array.from({ length: calls }, () => 'answered'));
  expect(new Set(bill.map(({ step }) => step)).size).toBe(calls);
  const { costUsd, uncertainUsd } = (await run.result()).ledger;
  expect(uncertainUsd).toBe(0);
  expect(fromUsd(costUsd)).toBe(bill.reduce((sum, { costPico }) => sum + costPico, 0));
}

test('a pipeline three times as long as a function goes from one to the next, and no call is paid twice', async () => {
  const stack = await rig.start({ TROUPE_FUNCTION_SECONDS: '25' });
  await setLatency(stack, 4_000);
  const startedAt = Date.now();
  const run = await stack.troupe.start('stages', { topic: 'Long work in short functions', stages: stagesOf(20) });
  const { result } = await run.result();
  expect(result.stages.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'done'));
  expect(Date.now() - startedAt).toBeGreaterThan(75_000);
  await until(() => stack.info().functions?.running.length === 0, { what: 'no function should run' });
  expect(stack.lines.filter((line) => line.includes('its time was up')).length).toBeGreaterThanOrEqual(3);
  expect(stack.lines.filter((line) => line.includes('died'))).toEqual([]);
  await expectPaidOnce(stack, run, 20);
});

test('server stopped and started on its file: an open run goes on, with functions, with a worker, with functions again', async () => {
  const first = await rig.start();
  await setLatency(first, 1_500);
  const run = await first.troupe.start('stages', { topic: 'Over the stops', stages: stagesOf(8) });
  const stage = (at: ServerlessStack, number: number) =>
    until(async () => (await stagesDone(at, run.workflowId)) >= number, { limitMs: 60_000, what: `stage ${number} should be done` });
  await stage(first, 1);
  const second = await rig.start();
  await setLatency(second, 1_500);
  await stage(second, 3);
  const third = await rig.start({}, { serverless: false });
  await setLatency(third, 1_500);
  await stage(third, 5);
  expect(third.info()).toMatchObject({ serverless: null, functions: null });
  const fourth = await rig.start();
  const again = await fourth.troupe.handle(run.workflowId);
  await expect(again.result()).resolves.toMatchObject({ result: { stages: { length: 8 } } });
  const fresh = await fourth.troupe.start('brief', { topic: 'After the stops' });
  await expect(fresh.result()).resolves.toMatchObject({ degraded: [] });
});

test('two builds: pinned runs stay, jobs follow; a ramp takes its part; rolling back leads back', async () => {
  const stack = await rig.start();
  const { place } = stack;
  const v1 = String(stack.info().serverless);
  await registerVersion(place, 'v2', functionProcess(SCRIPT, 'v2'));
  await expect(awaitTaskQueue(place, 'v2', { taskQueue: TASK_QUEUE, limitMs: 60_000 })).resolves.toBe('there');

  await setLatency(stack, 1_500);
  const pinned = await stack.troupe.start('stages', { topic: 'Pinned', stages: stagesOf(6) });
  const rows = Array.from({ length: 6 }, (_, at) => ({ key: `r${at}`, input: { topic: `Row ${at}` } }));
  const job = await stack.troupe.startJob({ pipeline: 'brief', rows }, { concurrency: 1 });
  await until(async () => (await stagesDone(stack, pinned.workflowId)) >= 1, { limitMs: 60_000 });
  await expect(versionOf(job.workflowId)).resolves.toEqual({ buildId: v1, behavior: AUTO_UPGRADE });
  await promote(place, 'v2');
  await Promise.all([pinned.result(), job.result()]);
  await expect(versionOf(pinned.workflowId)).resolves.toEqual({ buildId: v1, behavior: PINNED });
  await expect(versionOf(job.workflowId)).resolves.toEqual({ buildId: 'v2', behavior: AUTO_UPGRADE });

  await setLatency(stack, 0);
  await ramp(place, v1, 50);
  const spread = await buildsOf(16);
  expect(new Set(spread)).toEqual(new Set([v1, 'v2']));
  expect(await rollBack(place, await view())).toEqual({ kind: 'rampEnded', buildId: v1 });
  expect(new Set(await buildsOf(4))).toEqual(new Set(['v2']));
  expect(await rollBack(place, await view())).toEqual({ kind: 'promoted', buildId: v1 });
  expect(new Set(await buildsOf(4))).toEqual(new Set([v1]));

  async function view() {
    const found = await describeDeployment(place);
    if (found === undefined) throw new Error('no deployment');
    return found;
  }

  async function versionOf(workflowId: string) {
    const { raw } = await stack.client.workflow.getHandle(workflowId).describe();
    const { versioningInfo: info } = raw.workflowExecutionInfo ?? {};
    return { buildId: info?.deploymentVersion?.buildId, behavior: info?.behavior };
  }

  /** Builds that as many new runs ended on. */
  async function buildsOf(count: number): Promise<unknown[]> {
    const runs = await Promise.all(Array.from({ length: count }, (_, at) => stack.troupe.start('brief', { topic: `Topic ${at}` })));
    await Promise.all(runs.map((run) => run.result()));
    return Promise.all(runs.map(async ({ workflowId }) => (await versionOf(workflowId)).buildId));
  }
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { poolOf, TASK_QUEUE } from '../../../common/task-queues';
import { awaitTaskQueue, registerVersion } from '../../../worker/deployments/register';
import { promote } from '../../../worker/deployments/route';
import { packageRoot } from '../../../worker/local/package-root';
import { startReporting } from '../../../worker/local/reporting-process';
import { makeStackRig, type ServerlessStack, type StackRig } from '../../helpers/serverless-stack';
import { troupe } from '../../helpers/troupe-command';
import { until } from '../../helpers/until';

jest.setTimeout(180_000);

const BUILD = 'with-sums';
const PINNED = 1;
const STAND_INS = path.join(packageRoot(), 'test', 'helpers', 'stand-ins');
const IN_FRONT = ['-r', path.join(STAND_INS, 'analyst-with-sums.js')];
const MCP_SERVER = path.join(packageRoot(), 'test', 'fixtures', 'mcp-server.js');

let rig: StackRig;
let tools: string;

beforeEach(() => {
  rig = makeStackRig();
  tools = path.join(rig.folder, 'tools.json');
  const sums = { command: process.execPath, args: [MCP_SERVER], approval: 'never' };
  writeFileSync(tools, JSON.stringify({ mcpServers: { sums } }));
});
afterEach(() => rig.close());

async function serveFromFunctions({ place }: ServerlessStack): Promise<void> {
  const args = [`TROUPE_BUILD_ID=${BUILD}`, process.execPath, ...IN_FRONT, path.join(STAND_INS, 'unbundled-function.js')];
  await registerVersion(place, BUILD, { kind: 'subprocess', command: 'env', args });
  await expect(awaitTaskQueue(place, BUILD, { taskQueue: TASK_QUEUE, limitMs: 60_000 })).resolves.toBe('there');
  await promote(place, BUILD);
}

/** The command that `troupe doctor` names, without the program. */
async function namedCommand(): Promise<readonly string[]> {
  const { code, stdout } = await troupe(['doctor', '--json'], rig.folder);
  expect(code).toBe(1);
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly { readonly name: string; readonly fix: string | null }[] };
  const fix = checks.find(({ name }) => name === 'Pool')?.fix;
  return /"npx troupe (.*)"/.exec(fix ?? '')?.[1]?.split(' ') ?? [];
}

function startPool(args: readonly string[]) {
  const { PATH, HOME } = process.env;
  return startReporting({
    name: 'the worker of the pool',
    command: [process.execPath, ...IN_FRONT, path.join(packageRoot(), 'dist', 'client', 'cli', 'main.js'), ...args, '--json'],
    env: { PATH, HOME, TROUPE_DATA: rig.folder, TROUPE_TOOLS: tools },
    logFile: path.join(rig.folder, 'pool.log'),
    report: (line) => (typeof line === 'object' && line !== null && 'serves' in line ? line.serves : undefined),
  });
}

test('a pinned run whose conversation calls a tool in the pool: the command that is named starts a worker without a build, and the run ends', async () => {
  const stack = await rig.start({ TROUPE_TOOLS: tools });
  await serveFromFunctions(stack);
  const input = { question: 'What is the total?', columns: [{ name: 'sold', values: [2, 3] }] };
  const run = await stack.troupe.start('oneAgent', { agent: 'analyst', input });
  await until(async () => (await stack.troupe.waitingForPool()) === 1, { limitMs: 60_000, what: 'the call should wait for the pool' });

  const { child, report } = await startPool(await namedCommand());
  try {
    expect(report).toBe('pool');
    await expect(run.result()).resolves.toMatchObject({ result: { agent: 'analyst', output: { answer: expect.any(String) } } });
  } finally {
    child.kill();
    await child.ended;
  }
  const handle = stack.client.workflow.getHandle(run.workflowId);
  const { versioningInfo } = (await handle.describe()).raw.workflowExecutionInfo ?? {};
  expect(versioningInfo).toMatchObject({ behavior: PINNED, deploymentVersion: { buildId: BUILD } });
  const calls = ((await handle.fetchHistory()).events ?? []).flatMap(({ activityTaskScheduledEventAttributes: call }) =>
    call == null ? [] : [[call.activityType?.name, call.taskQueue?.name]],
  );
  expect(calls).toEqual([
    ['analyst', TASK_QUEUE],
    ['mcpTool', poolOf(TASK_QUEUE)],
    ['analyst', TASK_QUEUE],
  ]);
});

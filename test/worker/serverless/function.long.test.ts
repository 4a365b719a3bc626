import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { TASK_QUEUE } from '../../../common/task-queues';
import { awaitTaskQueue, registerVersion } from '../../../worker/deployments/register';
import { promote } from '../../../worker/deployments/route';
import { packageRoot } from '../../../worker/local/package-root';
import { unpack } from '../../../worker/package/prove-package';
import { createServe } from '../../../worker/serverless/serve';
import { makeStackRig, type ServerlessStack, type StackRig } from '../../helpers/serverless-stack';

jest.setTimeout(300_000);

const DIST = path.join(packageRoot(), 'dist');
const MOST_GROWTH = 80 * 1_024 * 1_024;

let rig: StackRig;
let serverless: ServerlessStack;

beforeAll(async () => {
  rig = makeStackRig();
  serverless = await rig.start();
});

afterAll(() => rig.close());

async function brief(topic: string): Promise<string> {
  const run = await serverless.troupe.start('brief', { topic });
  await run.result();
  return run.workflowId;
}

const buildOf = async (workflowId: string) => {
  const { raw } = await serverless.client.workflow.getHandle(workflowId).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
};

test('invocations of one process follow each other: connection and Runtime are kept, workers are not, memory stays', async () => {
  const { place, stack } = serverless;
  // What the server starts for this build does nothing: the invocations are made here.
  await registerVersion(place, 'warm', { kind: 'subprocess', command: 'true', args: [] });
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: stack.addresses.temporal,
    TEMPORAL_CONFIG_FILE: path.join(rig.folder, 'no-profile.toml'),
    ANTHROPIC_BASE_URL: String(stack.addresses.claude),
    TROUPE_SIMULATED: '1',
    TROUPE_STORE: stack.addresses.store,
    TROUPE_BUILD_ID: 'warm',
  };
  const lines: object[] = [];
  const serve = createServe({ env, folder: path.join(DIST, 'function'), log: (line) => lines.push(line) });
  const invoke = () => {
    const deadline = Date.now() + 60_000;
    return serve({ remainingMs: () => deadline - Date.now(), stop: new AbortController().signal });
  };
  await invoke();
  await promote(place, 'warm');
  const memory: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const [visit, workflowId] = await Promise.all([invoke(), brief(`Round ${round}`)]);
    expect(visit).toMatchObject({ reason: 'idle', buildId: 'warm' });
    expect(visit.activities).toBeGreaterThan(0);
    await expect(buildOf(workflowId)).resolves.toBe('warm');
    memory.push(process.memoryUsage().rss);
  }
  expect(lines.length).toBeGreaterThan(8);
  expect((memory.at(-1) ?? Infinity) - (memory[2] ?? 0)).toBeLessThan(MOST_GROWTH);
});

test('the package serves runs from a folder that holds nothing else', async () => {
  execFileSync(process.execPath, [path.join(DIST, 'worker', 'package', 'package-lambda.js')], {
    cwd: packageRoot(),
    env: { ...process.env, TROUPE_BUILD_ID: 'packed' },
  });
  const unpacked = path.join(rig.folder, 'unpacked');
  mkdirSync(unpacked);
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  unpack(path.join(DIST, 'lambda', `troupe-lambda-${architecture}.zip`), unpacked);
  const script = path.join(__dirname, '..', '..', 'helpers', 'stand-ins', 'zip-function.js');
  await registerVersion(serverless.place, 'packed', { kind: 'subprocess', command: process.execPath, args: [script, unpacked] });
  await expect(awaitTaskQueue(serverless.place, 'packed', { taskQueue: TASK_QUEUE, limitMs: 60_000 })).resolves.toBe('there');
  await promote(serverless.place, 'packed');
  await expect(brief('From the package').then(buildOf)).resolves.toBe('packed');
});

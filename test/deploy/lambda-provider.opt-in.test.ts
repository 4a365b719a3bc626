import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import type { RunOutcome } from '../../common/run';
import { TASK_QUEUE } from '../../common/task-queues';
import { startSimulator, type Simulator } from '../../simulator/index';
import type { DeploymentPlace } from '../../worker/deployments/place';
import { awaitTaskQueue, registerVersion } from '../../worker/deployments/register';
import { promote } from '../../worker/deployments/route';
import { resolveTemporalCli } from '../../worker/local/resolve-temporal-cli';
import { startTemporalServer, type TemporalServer } from '../../worker/local/temporal-server';
import { startS3Gateway, type S3Gateway } from '../helpers/s3-gateway';
import { until } from '../helpers/until';
import { startAwsEndpoint, type AwsEndpoint } from './lambda-service/aws-endpoint';
import { createFunctionService, type FunctionService } from './lambda-service/function-service';
import { runtimeClient } from './lambda-service/runtime-client';
import { outputOf } from './tools/run-tool';

const ROOT = path.join(__dirname, '..', '..');
const PACKAGE = path.join(ROOT, 'dist', 'lambda', `troupe-lambda-${process.arch}.zip`);
const ACCOUNT = '123456789012';
const FUNCTION = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:troupe:1`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/troupe-invoke`;
const OPEN_ROLE = `arn:aws:iam::${ACCOUNT}:role/open-to-all`;
const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:troupe`;
const EXTERNAL_ID = 'ext-12345';
const BUILD = 'build-1';
const TIMEOUT_MS = 900_000;

/** Temporal's server with its own AWS client, AWS's own runtime client, our package: only AWS between them is a stand-in. */
describe('the function on Lambda, woken by Temporal', () => {
  let folder: string;
  let simulator: Simulator;
  let store: S3Gateway;
  let aws: AwsEndpoint;
  let lambda: FunctionService;
  let server: TemporalServer;
  let connection: Connection;
  let place: DeploymentPlace;
  let runtime: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-lambda-'));
    const onProgress = (line: string) => process.stderr.write(`${line}\n`);
    const [cli] = await Promise.all([
      resolveTemporalCli({ env: process.env, onProgress }),
      runtimeClient().then((program) => (runtime = program)),
      startSimulator({ latency: 0 }).then((started) => (simulator = started)),
      startS3Gateway().then((started) => (store = started)),
    ]);
    aws = await startAwsEndpoint({
      roles: { [ROLE]: EXTERNAL_ID, [OPEN_ROLE]: null },
      functions: { [FUNCTION]: () => lambda.invoke() },
      secrets: { [SECRET]: JSON.stringify({ ANTHROPIC_API_KEY: 'key-of-the-secret' }) },
    });
    const options = { cli: cli.path, env: process.env, logFile: path.join(folder, 'temporal.log') };
    server = await startTemporalServer({ ...options, port: 0, uiPort: 0, headless: true, functions: () => aws.env });
    connection = await Connection.connect({ address: server.address });
    place = { service: connection.workflowService, namespace: server.namespace, deployment: 'troupe', identity: 'test' };
    lambda = createFunctionService({
      arn: FUNCTION,
      ...(await handlerFolder()),
      timeoutMs: TIMEOUT_MS,
      logFolder: folder,
      env: {
        ...aws.env,
        ...store.env,
        TEMPORAL_ADDRESS: server.address,
        TEMPORAL_NAMESPACE: server.namespace,
        ANTHROPIC_BASE_URL: simulator.url,
        TROUPE_STORE: `s3://${store.bucket}/troupe`,
        TROUPE_SECRETS: SECRET,
        TROUPE_BUILD_ID: BUILD,
      },
    });
  }, 900_000);
  afterAll(async () => {
    await lambda?.close();
    await connection?.close();
    await server?.stop();
    await Promise.all([aws?.close(), simulator?.close(), store?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** The package unpacked in an empty folder, as Lambda does it; without one, what the build has made. */
  async function handlerFolder(): Promise<{ taskRoot: string; handler: string; command: [string, ...string[]] }> {
    const unpacked = path.join(folder, 'task');
    const packed = existsSync(PACKAGE);
    if (packed) {
      mkdirSync(unpacked);
      await outputOf(['unzip', '-q', PACKAGE, '-d', unpacked]);
    }
    const taskRoot = packed ? unpacked : path.join(ROOT, 'dist', 'worker');
    const handler = packed ? 'index.handler' : 'lambda.handler';
    process.stderr.write(`The function is ${packed ? PACKAGE : taskRoot}\n`);
    return { taskRoot, handler, command: [process.execPath, runtime, handler] };
  }

  const register = (roleArn: string, externalId: string) =>
    registerVersion(place, BUILD, { kind: 'aws-lambda', functionArn: FUNCTION, roleArn, externalId });

  const run = async (workflowId: string): Promise<RunOutcome> => {
    const client = new Client({ connection, namespace: server.namespace });
    const args = [{ topic: 'Tide tables' }];
    const handle = await client.workflow.start('brief', { workflowId, taskQueue: TASK_QUEUE, workflowTaskTimeout: '5s', args });
    return (await handle.result()) as RunOutcome;
  };
  const outputs = (): string =>
    readdirSync(folder)
      .filter((name) => name.startsWith('environment-'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');

  test.each([
    ['another external id than the role asks for', ROLE, 'ext-99999', /AccessDenied|not authorized/],
    ['no external id', ROLE, '', /external/i],
    ['a role that lets in whoever knows no external id', OPEN_ROLE, EXTERNAL_ID, /external id/i],
  ])('%s is refused, and nothing is woken', async (_, role, externalId, reason) => {
    await expect(register(role, externalId)).rejects.toThrow(reason);
    expect(lambda.invoked).toEqual([]);
    expect(aws.calls.filter(({ action }) => action === 'Invoke')).toEqual([]);
  });

  test('with the right external id the server wakes the function, and a run ends well', async () => {
    const before = aws.calls.length;
    expect(await register(ROLE, EXTERNAL_ID)).toBe(true);
    expect(await awaitTaskQueue(place, BUILD, { taskQueue: TASK_QUEUE, limitMs: 30_000 })).toBe('there');
    await promote(place, BUILD);
    const calls = aws.calls.slice(before);
    expect(calls).toContainEqual({ action: 'AssumeRole', granted: true, externalId: EXTERNAL_ID });
    expect(calls).toContainEqual({ action: 'AssumeRole', granted: false, externalId: null });
    expect(calls).toContainEqual({ action: 'GetFunction', granted: true });
    expect(calls).toContainEqual({ action: 'Invoke', granted: true, invocationType: 'Event' });
    await until(() => lambda.busy() === 0, { limitMs: 20_000, what: 'the function stays busy without work' });
    expect((await run('first')).result).toHaveProperty('paragraphs');
  });

  test('the keys come from the secret: no log has them, and Claude was asked with them', () => {
    expect(aws.calls).toContainEqual({ action: 'GetSecretValue', granted: true });
    expect(simulator.requests().filter(({ charged }) => charged).length).toBeGreaterThan(0);
    expect(outputs()).toContain('"activities":');
    expect(outputs()).not.toContain('key-of-the-secret');
  });

  test('of AWS only what the roles of the template grant has been asked for', () => {
    expect([...new Set(aws.calls.map(({ action }) => action))].sort()).toEqual(['AssumeRole', 'GetFunction', 'GetSecretValue', 'Invoke']);
  });

  test('it ends by itself when idle, long before its limit, and a later run wakes the same frozen environment', async () => {
    await until(() => lambda.busy() === 0, { limitMs: 20_000 });
    const seen = lambda.invoked.length;
    await run('second');
    await until(() => lambda.busy() === 0, { limitMs: 20_000 });
    const later = lambda.invoked.slice(seen);
    expect(later.length).toBeGreaterThan(0);
    expect(later[0]).toMatchObject({ cold: false, how: 'response', body: { reason: 'idle', buildId: BUILD } });
    expect(lambda.invoked.filter(({ how }) => how !== 'response')).toEqual([]);
    expect(Math.max(...lambda.invoked.map(({ durationMs }) => durationMs))).toBeLessThan(30_000);
    process.stderr.write(`${lambda.invoked.map(({ cold, durationMs }) => `${cold ? 'cold' : 'warm'} ${durationMs} ms`).join(', ')}\n`);
  });

  test('a function that does not end is killed at its limit, and the next invocation gets a new environment', async () => {
    const taskRoot = path.join(folder, 'endless');
    mkdirSync(taskRoot);
    writeFileSync(path.join(taskRoot, 'index.js'), 'exports.handler = () => new Promise(() => setInterval(() => undefined, 1e3));');
    const command = [process.execPath, runtime, 'index.handler'] as const;
    const spec = { arn: FUNCTION, command, taskRoot, handler: 'index.handler', env: {}, timeoutMs: 1_500, logFolder: taskRoot };
    const endless = createFunctionService(spec);
    for (const count of [1, 2]) {
      endless.invoke();
      await until(() => endless.invoked.length === count && endless.busy() === 0);
    }
    await endless.close();
    expect(endless.invoked).toMatchObject([
      { environment: 1, cold: true, how: 'timeout' },
      { environment: 2, cold: true, how: 'timeout' },
    ]);
  });
});

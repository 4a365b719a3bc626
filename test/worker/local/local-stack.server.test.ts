import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import type { Environment } from '../../../worker/local/cache-dir';
import { joinLocalStack, type JoinOptions, type LocalStack } from '../../../worker/local/local-stack';
import { readStackInfo, stackFiles, type StackInfo } from '../../../worker/local/stack-files';
import { gone, isAlive } from '../../helpers/processes';
import { until } from '../../helpers/until';

const STAND_INS = path.join(__dirname, '..', '..', 'helpers', 'stand-ins');
const scripts = { worker: path.join(STAND_INS, 'worker.js'), simulator: path.join(STAND_INS, 'simulator.js') };
const LOCAL_STACK = path.join(__dirname, '..', '..', '..', 'dist', 'worker', 'local', 'local-stack.js');

const { ANTHROPIC_API_KEY: _key, ANTHROPIC_BASE_URL: _url, TROUPE_STORE: _store, ...clean } = process.env;

let dataDir: string;
let held: LocalStack[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'troupe-stack-'));
  held = [];
});

afterEach(async () => {
  await Promise.all(held.map((stack) => stack.interrupt()));
  const left = readStackInfo(stackFiles(dataDir));
  if (left !== undefined && isAlive(left.pid)) process.kill(left.pid, 'SIGTERM');
  if (left !== undefined) await gone(left.pid);
  rmSync(dataDir, { recursive: true, force: true });
});

async function join(options: Partial<JoinOptions> = {}, env: Environment = {}): Promise<LocalStack> {
  const stack = await joinLocalStack({ dataDir, env: { ...clean, ...env }, port: 0, uiPort: 0, scripts, ...options });
  held.push(stack);
  return stack;
}

function info(): StackInfo {
  const found = readStackInfo(stackFiles(dataDir));
  if (found === undefined) throw new Error('no stack.json');
  return found;
}

const pidsOf = ({ pid, processes }: StackInfo) =>
  [pid, processes.temporal, processes.simulator, processes.worker].filter((each): each is number => each !== null);

async function withClient<Result>(stack: LocalStack, use: (client: Client) => Promise<Result>): Promise<Result> {
  const connection = await Connection.connect({ address: stack.addresses.temporal });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

const startRun = (stack: LocalStack) =>
  withClient(stack, (client) => client.workflow.start('nobody', { workflowId: 'open', taskQueue: 'none' }));
const statusOfRun = (stack: LocalStack) =>
  withClient(stack, async (client) => (await client.workflow.getHandle('open').describe()).status.name);
/** By what stacks of this folder were stopped, oldest first. */
const stops = () => readFileSync(stackFiles(dataDir).log('supervisor'), 'utf8').match(/(?<= stopped: ).*/g);
const workerSaw = (): { pid: number; hasKey: boolean; env: Environment } =>
  JSON.parse(readFileSync(path.join(dataDir, 'worker-seen.json'), 'utf8'));

/** A process that joins and then does nothing; resolves with it once it holds its lease. */
async function otherProcess() {
  const options = JSON.stringify({ dataDir, port: 0, uiPort: 0, scripts });
  const code = `require(${JSON.stringify(LOCAL_STACK)}).joinLocalStack({ ...${options}, env: process.env })
    .then((stack) => console.log(stack.addresses.temporal), (error) => console.log(error.message));`;
  const child = spawn(process.execPath, ['-e', code], { env: clean, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())));
  return { child, said };
}

describe('joinLocalStack()', () => {
  test('starts server, simulator and worker; release() of the last lease leaves no process and no stack.json', async () => {
    const stack = await join({ command: 'npx troupe one' });
    const before = info();
    expect(stack.addresses).toMatchObject({ simulated: true, namespace: 'default', dataDir: stackFiles(dataDir).dataDir });
    expect((await fetch(String(stack.addresses.claude))).status).toBe(200);
    expect(workerSaw().env).toMatchObject({
      TEMPORAL_ADDRESS: stack.addresses.temporal,
      ANTHROPIC_BASE_URL: stack.addresses.claude,
      TROUPE_SIMULATED: '1',
      TROUPE_STORE: stack.addresses.store,
    });
    await expect(stack.release()).resolves.toEqual({ stopped: true, openRuns: 0 });
    await Promise.all(pidsOf(before).map((pid) => gone(pid)));
    expect(readStackInfo(stackFiles(dataDir))).toBeUndefined();
    expect(stops()).toEqual([`npx troupe one (process ${process.pid}) was the last command, and no run is open`]);
  });

  test('two processes that join at once get one stack, and it stays until the second lease ends', async () => {
    const [mine, other] = await Promise.all([join(), otherProcess()]);
    expect(other.said).toBe(mine.addresses.temporal);
    const { pid } = info();
    await expect(mine.release()).resolves.toEqual({ stopped: false, openRuns: 0 });
    expect(isAlive(pid)).toBe(true);
    other.child.kill('SIGKILL');
    await gone(pid);
  });

  test('detach() keeps the stack until its open run ends; interrupt() of a look at the list must not stop a night of work', async () => {
    const stack = await join();
    const { pid } = info();
    await startRun(stack);
    await stack.detach();
    const looking = await join();
    await expect(looking.interrupt()).resolves.toEqual({ stopped: false, openRuns: 1 });
    const again = await join();
    expect(info().pid).toBe(pid);
    await expect(again.release()).resolves.toEqual({ stopped: false, openRuns: 1 });
    expect(isAlive(pid)).toBe(true);
    await withClient(stack, (client) => client.workflow.getHandle('open').terminate());
    await gone(pid);
  });

  test('interrupt() stops at once although a run is open, and the next start goes on with it', async () => {
    const stack = await join({ command: 'npx troupe two' });
    const { pid } = info();
    await startRun(stack);
    await expect(stack.interrupt()).resolves.toMatchObject({ stopped: true });
    await gone(pid);
    expect(stops()).toEqual([`interrupted by npx troupe two (process ${process.pid})`]);
    const next = await join();
    await expect(statusOfRun(next)).resolves.toBe('RUNNING');
  });

  test('interrupt() of one of two leases stops nothing', async () => {
    const first = await join();
    const second = await join();
    await expect(first.interrupt()).resolves.toMatchObject({ stopped: false });
    await startRun(second);
    await expect(statusOfRun(second)).resolves.toBe('RUNNING');
  });

  test('kill -9 of the supervisor leaves nothing behind, the lease hears of it, and the next start goes on', async () => {
    const stack = await join();
    const before = info();
    await startRun(stack);
    process.kill(before.pid, 'SIGKILL');
    await expect(stack.lost).resolves.toMatchObject({ message: expect.stringMatching(/^Cannot go on with the local stack/) });
    const next = await join();
    await expect(statusOfRun(next)).resolves.toBe('RUNNING');
    expect(info().pid).not.toBe(before.pid);
    await Promise.all(pidsOf(before).map((pid) => gone(pid)));
  });

  test('kill -9 of server, simulator or worker starts it again on the same address', async () => {
    const lines: string[] = [];
    const stack = await join({ onProgress: (line) => lines.push(line) });
    await startRun(stack);
    for (const part of ['temporal', 'simulator', 'worker'] as const) {
      const pid = Number(info().processes[part]);
      process.kill(pid, 'SIGKILL');
      await until(() => info().processes[part] !== pid, { what: `${part} should be another process`, limitMs: 30_000 });
      await expect(statusOfRun(stack)).resolves.toBe('RUNNING');
      expect((await fetch(String(stack.addresses.claude))).status).toBe(200);
      expect(isAlive(workerSaw().pid)).toBe(true);
    }
    expect(lines).toEqual(
      ['the Temporal server', 'the simulator', 'the worker'].map((name) => `${name} died (it ended with SIGKILL) and is started again`),
    );
  });

  test('a worker that keeps dying ends the stack with the reason', async () => {
    const stack = await join({}, { STAND_IN_WORKER: 'crash' });
    const { pid } = info();
    await expect(stack.lost).resolves.toMatchObject({
      message: expect.stringMatching(/^Cannot keep the worker running: it ended with code 3, 5 deaths within a minute/),
    });
    await gone(pid);
  });

  test('a failed start names the reason and leaves no process', async () => {
    await expect(join({}, { STAND_IN_WORKER: 'refuse' })).rejects.toThrow(
      /^Cannot start the worker: it ended with code 1: Cannot start the worker: the stand-in was told to refuse; see ".*worker\.log"$/,
    );
    await join();
  });

  test('a worker that ignores SIGTERM does not hold up an interrupt for long', async () => {
    const stack = await join({}, { STAND_IN_WORKER: 'slow' });
    const pids = pidsOf(info());
    await stack.interrupt();
    await Promise.all(pids.map((pid) => gone(pid)));
  });

  test('a stack with other settings in use refuses; an idle one makes room', async () => {
    const key = { ANTHROPIC_API_KEY: 'sk-ant-first' };
    const stack = await join();
    await expect(join({}, key)).rejects.toThrow(
      /^Cannot join the local stack in ".*": it was started without ANTHROPIC_API_KEY, and it is in use/,
    );
    await join({ anySettings: true }, key).then((looking) => looking.release());
    const { pid } = info();
    await stack.detach();
    const real = await join({}, key);
    expect(real.addresses).toMatchObject({ simulated: false, claude: null });
    expect(info().pid).not.toBe(pid);
    expect(workerSaw()).toMatchObject({ hasKey: true });
  });

  test('a command that starts something starts a worker of an older build again, one that looks does not', async () => {
    const built = path.join(dataDir, 'dist', 'worker', 'main.js');
    mkdirSync(path.dirname(built), { recursive: true });
    copyFileSync(scripts.worker, built);
    const build = (content: string) => writeFileSync(path.join(dataDir, 'dist', 'workflow-bundle.js'), content);
    const own = { scripts: { ...scripts, worker: built } };
    build('one');
    const lines: string[] = [];
    const stack = await join({ ...own, onProgress: (line) => lines.push(line) });
    await startRun(stack);
    const { pid, processes } = info();
    await join(own);
    expect(info().processes.worker).toBe(processes.worker);
    build('another');
    await join({ ...own, anySettings: true });
    expect(info().processes.worker).toBe(processes.worker);
    await Promise.all([join(own), join(own)]);
    expect(isAlive(Number(processes.worker))).toBe(false);
    await until(() => workerSaw().pid !== processes.worker && isAlive(workerSaw().pid), { what: 'another worker should be there' });
    await join(own);
    expect(lines).toEqual(['The worker runs an older build and is started again; open runs go on']);
    expect(info()).toMatchObject({ pid, processes: { temporal: processes.temporal, simulator: processes.simulator } });
    await expect(statusOfRun(stack)).resolves.toBe('RUNNING');
  });

  test('stops at SIGTERM, and the log says so', async () => {
    const stack = await join();
    const { pid } = info();
    process.kill(pid, 'SIGTERM');
    await stack.lost;
    await gone(pid);
    expect(stops()).toEqual(['interrupted by SIGTERM']);
  });

  test('keeps keys out of files and command lines', async () => {
    const ANTHROPIC_API_KEY = 'sk-ant-not-to-be-seen';
    await join({}, { ANTHROPIC_API_KEY });
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const contents = files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
    expect(contents.length).toBeGreaterThan(3);
    expect(contents.some((content) => content.includes(ANTHROPIC_API_KEY))).toBe(false);
  });

  test('works in a folder whose path is too long for a socket', async () => {
    const deep = path.join(dataDir, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const stack = await join({ dataDir: deep, noWorker: true });
    expect(path.dirname(stackFiles(deep).socket)).not.toBe(stackFiles(deep).dataDir);
    await expect(stack.release()).resolves.toMatchObject({ stopped: true });
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import Anthropic from '@anthropic-ai/sdk';

import type { BillRecord } from '../../simulator';
import { readArguments } from '../../simulator/main';
import { HELLO, rejection, simulatorFor, stopSimulators, clientOf } from './simulator-harness';

const MAIN = join(__dirname, '../../simulator/main.ts');
const HOOK = join(__dirname, 'from-source.js');

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-simulator-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await stopSimulators();
  rmSync(folder, { recursive: true, force: true });
});

async function startProcess(...flags: string[]): Promise<{ child: ChildProcess; url: string; claude: Anthropic }> {
  const child = spawn(process.execPath, ['-r', HOOK, MAIN, '--json', ...flags], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  if (child.stdout === null) throw new Error('The process has no stdout');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return { child, url, claude: new Anthropic({ apiKey: 'test', baseURL: url, maxRetries: 0 }) };
}

const recordsOf = async (url: string) => ((await (await fetch(`${url}/__sim/requests`)).json()) as { requests: BillRecord[] }).requests;

describe('simulator process', () => {
  test('its bill survives kill -9, and numbers go on', async () => {
    const first = await startProcess('--state', folder);
    await first.claude.messages.create(HELLO);
    await first.claude.messages.stream(HELLO).finalMessage();
    const before = await recordsOf(first.url);
    const ended = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    await ended;
    const second = await startProcess('--state', folder);
    expect(await recordsOf(second.url)).toEqual(before);
    await second.claude.messages.create(HELLO);
    expect((await recordsOf(second.url)).map((record) => record.seq)).toEqual([1, 2, 3]);
  });

  test('gives the same answers as one in this process with the same seed, and others with another', async () => {
    const { claude } = await startProcess('--seed', '7');
    const same = clientOf(await simulatorFor({ seed: 7 }));
    const other = clientOf(await simulatorFor({ seed: 8 }));
    for (let at = 0; at < 30; at += 1) {
      const request = { ...HELLO, messages: [{ role: 'user' as const, content: `<topic>Question number ${at}</topic>` }] };
      const [here, there, elsewhere] = await Promise.all([same, claude, other].map((each) => each.messages.create(request)));
      expect(there).toEqual(here);
      expect(elsewhere?.content).not.toEqual(here?.content);
    }
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends with code 0 on %s', async (signal) => {
    const { child } = await startProcess();
    const ended = once(child, 'exit');
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
  });

  test('ends when its stdin closes, if told so', async () => {
    const { child } = await startProcess('--exit-with-stdin');
    const ended = once(child, 'exit');
    child.stdin?.end();
    expect(await ended).toEqual([0, null]);
  });
});

describe('readArguments()', () => {
  test('reads every flag', () => {
    const flags =
      '--port 5 --state s --seed 3 --latency 0.5 --latency-ms 20 --tokens-per-second 9 --limits build --variability 0.1 --host ::1';
    expect(readArguments(flags.split(' '))).toEqual({
      port: 5,
      stateDir: 's',
      seed: 3,
      latency: 0.5,
      latencyMs: 20,
      tokensPerSecond: 9,
      limits: 'build',
      variability: 0.1,
      host: '::1',
      json: false,
      exitWithStdin: false,
    });
  });

  test('refuses what is no number and what it does not know', () => {
    expect(() => readArguments(['--port', 'x'])).toThrow('Cannot read --port: "x" is not a number; give a number');
    expect(() => readArguments(['--speed', '1'])).toThrow(/Unknown option/);
  });
});

describe('startSimulator()', () => {
  test.each([
    [{ port: 70_000 }, /"port"/],
    [{ latency: -1 }, /"latency"/],
    [{ variability: 2 }, /"variability"/],
    [{ limits: 'huge' as never }, /"limits": huge is not allowed; give one of off, start, build, scale/],
    [{ limits: { requests: 0, inputTokens: 1, outputTokens: 1 } }, /"limits"/],
    [{ faults: [{ kind: 'flood' }] }, /"flood"/],
  ])('refuses %o before anything listens', async (options, message) => {
    expect(((await rejection(simulatorFor(options))) as Error).message).toMatch(message);
  });

  test('says so when the port is taken', async () => {
    const { port } = await simulatorFor();
    expect(((await rejection(simulatorFor({ port }))) as Error).message).toMatch(
      /^Cannot start the simulator: .*EADDRINUSE.*; choose another port/,
    );
  });
});

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

import { median } from './statistics';

export interface StartUpReport {
  /** Median milliseconds of `troupe --help`, from the start of the process to its end. */
  readonly helpMs: number;
  /** Milliseconds from the start of `troupe run` to its first call of an agent, with a data folder that exists and nothing running. */
  readonly firstCallMs: number;
}

const CLI = resolve(__dirname, '..', 'client', 'cli', 'main.js');
const HELP_ROUNDS = 5;

/** Measures what a person at the command line waits for. */
export async function measureStartUp(folder: string): Promise<StartUpReport> {
  const help: number[] = [];
  for (let round = 0; round < HELP_ROUNDS; round += 1) help.push(await timed(() => runCli(['--help'], folder)));
  // The first run makes database and store; a later one is what people see every day.
  await runCli(['run', 'article', 'Warm up', '--json'], folder);
  const startedAt = Date.now();
  await runCli(['run', 'article', 'How to build a RAG system with Python', '--json'], folder);
  return { helpMs: median(help), firstCallMs: firstCallAfter(startedAt, folder) - startedAt };
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await job();
  return performance.now() - startedAt;
}

function runCli(args: readonly string[], folder: string): Promise<void> {
  const { PATH, HOME, TROUPE_CACHE, TROUPE_TEMPORAL_CLI } = process.env;
  const env = {
    PATH,
    HOME,
    TROUPE_CACHE,
    TROUPE_TEMPORAL_CLI,
    TROUPE_DATA: folder,
    TROUPE_PORT: '0',
    TROUPE_UI_PORT: '0',
    TROUPE_SIMULATOR_LATENCY: '0',
  };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let talk = '';
    child.stderr.on('data', (chunk: Buffer) => (talk += chunk.toString()));
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) done();
      else
        fail(
          new Error(
            `Cannot measure the start-up: "troupe ${args.join(' ')}" ended with ${code}: ${talk.trim().slice(-500)}; run it by hand`,
          ),
        );
    });
  });
}

/** Epoch milliseconds of the first request that the simulator of this data folder has billed after a moment. */
function firstCallAfter(moment: number, folder: string): number {
  const lines = readFileSync(join(folder, 'simulator', 'bill.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const arrivals = lines
    .map((line) => JSON.parse(line) as { kind: string; record?: { at: number } })
    .flatMap(({ record }) => (record !== undefined && record.at >= moment ? [record.at] : []));
  if (arrivals.length === 0) throw new Error(`Cannot find a request in the simulator's bill in "${folder}"; look there`);
  return Math.min(...arrivals);
}

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Client, Connection } from '@temporalio/client';

import { connect, type Troupe } from '../../client/index';
import { joinLocalStack } from '../../worker/local/local-stack';
import { readStackInfo, stackFiles, type StackFiles } from '../../worker/local/stack-files';
import { startBenchProcess } from '../bench-process';
import { urlIn } from '../rig';
import { lifeIn, type FunctionLife } from './function-lives';

/** How fast the world around the functions is; the functions themselves are as fast as they are. */
export interface JobClock {
  /** Milliseconds until a Message Batch is done. */
  readonly batchMs: number;
  /** Whether the collector goes about it as with Claude: a minute for company, looks after 30 s, 60 s, 2 min … Else as with the simulator. */
  readonly realPace: boolean;
}

/** A local stack without a worker, and a simulator of its own. */
export interface JobStack {
  readonly client: Client;
  readonly troupe: Troupe;
  readonly simulator: string;
  readonly files: StackFiles;
  /** Functions that have ended. */
  readonly lives: readonly FunctionLife[];
  /** Waits until no function runs. */
  atZero(): Promise<void>;
  close(): Promise<void>;
}

/** What the local server grants at most. */
export const FUNCTION_SECONDS = 55;
const STOP_MS = 10_000;
const LOOK_MS = 100;
const TO_ZERO_MS = 120_000;

/** @throws Error when one of the processes does not start; none of them is left then. */
export async function startJobStack(folder: string, clock: JobClock, say: (line: string) => void): Promise<JobStack> {
  const steps: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    for (const step of steps.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await assemble({ folder, clock, say }, (step) => steps.push(step))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Wanted {
  readonly folder: string;
  readonly clock: JobClock;
  readonly say: (line: string) => void;
}

async function assemble({ folder, clock, say }: Wanted, onClose: (step: () => Promise<void>) => void): Promise<Omit<JobStack, 'close'>> {
  const flags = [`--state=${join(folder, 'simulator')}`, `--batch-ms=${clock.batchMs}`];
  const script: [string, ...string[]] = ['simulator/main.js', '--json', ...flags];
  const simulator = await startBenchProcess(
    { name: 'the simulator', script, env: {}, report: urlIn },
    { logs: folder, profile: undefined },
  );
  onClose(() => simulator.child.stop(STOP_MS));
  const lives: FunctionLife[] = [];
  const stack = await joinLocalStack({
    dataDir: join(folder, 'data'),
    env: { ...process.env, ...environmentOf(clock), ANTHROPIC_BASE_URL: simulator.report },
    port: 0,
    uiPort: 0,
    serverless: true,
    onProgress: say,
    onFunction: (line) => {
      say(`${new Date().toISOString().slice(11, 19)} ${line}`);
      const life = lifeIn(line, Date.now());
      if (life !== undefined) lives.push(life);
    },
  });
  onClose(async () => void (await stack.interrupt()));
  const { temporal: address, namespace, store, simulated, dataDir } = stack.addresses;
  const connection = await Connection.connect({ address });
  onClose(() => connection.close());
  const troupe = await connect({ address, namespace, store, simulated });
  onClose(() => troupe.close());
  const files = stackFiles(dataDir);
  const client = new Client({ connection, namespace });
  return { client, troupe, simulator: simulator.report, files, lives, atZero: () => atZero(files) };
}

/** A worker that has a key, and nothing that says that answers are simulated, keeps the pace that is meant for Claude. */
function environmentOf({ realPace }: JobClock) {
  return {
    TROUPE_FUNCTION_SECONDS: String(FUNCTION_SECONDS),
    TROUPE_STORE: undefined,
    TROUPE_SIMULATED: realPace ? undefined : '1',
    ANTHROPIC_API_KEY: realPace ? 'bench' : undefined,
  };
}

async function atZero(files: StackFiles): Promise<void> {
  const end = Date.now() + TO_ZERO_MS;
  while ((readStackInfo(files)?.functions?.running.length ?? 1) > 0) {
    if (Date.now() > end) throw new Error(`Cannot measure: functions have not ended within ${TO_ZERO_MS} ms; see "${files.dataDir}"`);
    await delay(LOOK_MS);
  }
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { connect, type Troupe } from '../../client/index';
import type { Environment } from '../../worker/local/cache-dir';
import type { DeploymentPlace } from '../../worker/deployments/place';
import { joinLocalStack, type JoinOptions, type LocalStack } from '../../worker/local/local-stack';
import { readStackInfo, stackFiles, type StackInfo } from '../../worker/local/stack-files';
import type { BillRecord } from '../../simulator/bill-record';

/** A local stack without a worker, in a folder of its own. */
export interface ServerlessStack {
  readonly stack: LocalStack;
  readonly troupe: Troupe;
  readonly client: Client;
  readonly place: DeploymentPlace;
  /** Lines about functions. */
  readonly lines: string[];
  /** What the stack has written down. */
  info(): StackInfo;
  /** What the simulator has charged for. */
  bill(): readonly BillRecord[];
  /** Times at which the server's own controller had a function started, by its history. */
  wakings(): Promise<readonly Date[]>;
  /** Stops the stack, once; its folder stays. */
  stop(): Promise<void>;
}

export const makeStackFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'troupe-serverless-'));

export const removeStackFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A folder whose stack tests start, once or again and again. */
export interface StackRig {
  readonly folder: string;
  /** Starts the stack, after the one that is up has stopped. */
  start(env?: Environment, options?: Partial<JoinOptions>): Promise<ServerlessStack>;
  /** Stops the stack and removes the folder. */
  close(): Promise<void>;
}

export function makeStackRig(): StackRig {
  const folder = makeStackFolder();
  let up: ServerlessStack | undefined;
  return {
    folder,
    start: async (env, options) => {
      await up?.stop();
      return (up = await startServerlessStack(folder, env, options));
    },
    close: async () => {
      await up?.stop();
      removeStackFolder(folder);
    },
  };
}

/** Starts a stack without a worker on a folder, with simulated answers. */
export async function startServerlessStack(
  dataDir: string,
  env: Environment = {},
  options: Partial<JoinOptions> = {},
): Promise<ServerlessStack> {
  const { PATH, HOME, TMPDIR, TROUPE_CACHE } = process.env;
  const lines: string[] = [];
  const stack = await joinLocalStack({
    dataDir,
    env: { PATH, HOME, TMPDIR, TROUPE_CACHE, TROUPE_SIMULATOR_LATENCY: '0', ...env },
    port: 0,
    uiPort: 0,
    serverless: true,
    onFunction: (line) => lines.push(line),
    ...options,
  });
  const { temporal: address, namespace, store } = stack.addresses;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const troupe = await connect({ address, namespace, store, simulated: true });
  let stopped = false;
  const info = (): StackInfo => {
    const found = readStackInfo(stackFiles(dataDir));
    if (found === undefined) throw new Error(`Cannot look at the stack in "${dataDir}": it is not up; start it first`);
    return found;
  };
  return {
    stack,
    troupe,
    client,
    place: { service: client.workflowService, namespace, deployment: 'troupe', identity: 'test' },
    lines,
    info,
    bill: () => billIn(dataDir),
    wakings: () => wakingsOf(client),
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await Promise.all([troupe.close(), connection.close()]);
      await stack.interrupt();
    },
  };
}

function billIn(dataDir: string): readonly BillRecord[] {
  const lines = readFileSync(path.join(dataDir, 'simulator', 'bill.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { readonly record?: BillRecord });
  return entries.flatMap(({ record }) => (record?.charged === true ? [record] : []));
}

async function wakingsOf(client: Client): Promise<readonly Date[]> {
  const wakings: Date[] = [];
  const query = "TemporalNamespaceDivision = 'TemporalWorkerControllerInstance'";
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const { eventTime, activityTaskScheduledEventAttributes: scheduled } of events ?? []) {
      if (scheduled?.activityType?.name !== 'InvokeWorker') continue;
      wakings.push(new Date(Number(eventTime?.seconds ?? 0) * 1_000 + (eventTime?.nanos ?? 0) / 1e6));
    }
  }
  return wakings;
}

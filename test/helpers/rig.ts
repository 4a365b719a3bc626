import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import type { ActivityDeps } from '../../activities/deps';
import { createActivities } from '../../activities/index';
import { tools } from '../../activities/tools/index';
import { createMcpServers } from '../../activities/tools/mcp-servers';
import { parseToolConfig } from '../../activities/tools/tool-config';
import { agents } from '../../agents/index';
import { createClaude } from '../../claude/client';
import { createFailpoints } from '../../claude/failpoints';
import { createModels } from '../../claude/models';
import { repeatQueries } from '../../common/repeat-queries';
import { pipelines, type PipelineName } from '../../common/pipelines/index';
import type { PipelineRequest, PipelineResult } from '../../common/pipelines/types';
import type { RunOptions, RunOutcome } from '../../common/run';
import { readSettings } from '../../common/settings';
import { poolOf } from '../../common/task-queues';
import type { BillRecord } from '../../simulator/bill-record';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index';
import { openStore } from '../../storage/open-store';
import type { Store } from '../../storage/store';
import { workerOptions } from '../../worker/options';
import { replayRuns } from './replay-runs';
import { startTestServer } from './temporal';
import { until } from './until';
import { workflowBundle as bundleOfOurs } from './workflow-bundle';

/** A whole Troupe in this process: simulator, store, worker and a client, on a shared server with a task queue of its own. */
export interface Rig {
  readonly client: Client;
  readonly simulator: Simulator;
  readonly store: Store;
  readonly taskQueue: string;
  /** Lines of the call log. */
  readonly log: object[];
  start<Name extends PipelineName>(pipeline: Name, input: PipelineRequest<Name>, options?: RunOptions): Promise<RigRun<Name>>;
  /** From then on calls that need a pool are served, too. @default nobody serves them */
  servePool(): Promise<void>;
  /** Does something while no worker is there. */
  whileAway(body: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface RigRun<Name extends PipelineName> {
  readonly handle: WorkflowHandle;
  outcome(): Promise<RunOutcome<PipelineResult<Name>>>;
  /** What the simulator charged for this run and its children. */
  bill(): readonly BillRecord[];
  /** Waits until faults `hold` keep requests of just these agents of this run and its children, as many as are named; `setFaults` lets them go. */
  held(...agents: readonly string[]): Promise<void>;
}

export interface RigOptions {
  readonly simulator?: SimulatorOptions;
  /**
   * Workflows kept in memory; 0 replays every run at every task, as after a crash of its worker.
   * @default 100, and every run and its children are replayed once when the rig closes: none may fail to
   */
  readonly maxCachedWorkflows?: number;
  readonly apiKey?: string;
  /** Workflows of the test in place of ours. */
  readonly workflowBundle?: { readonly codePath: string } | { readonly code: string };
  /** Other agents, tools or servers than the real ones. */
  readonly deps?: Partial<ActivityDeps>;
}

/** Within a test's own time, so that the failure says what is held instead. */
const HELD_LIMIT_MS = 45_000;

let serial = 0;

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  installQuietRuntime();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'troupe-rig-'));
  const [server, simulator, store, workflowBundle] = await Promise.all([
    startTestServer(),
    startSimulator({ latency: 0, ...options.simulator }),
    openStore(path.join(folder, 'store')),
    options.workflowBundle ?? bundleOfOurs(),
  ]);
  const claude = createClaude({ apiKey: options.apiKey ?? 'test', baseUrl: simulator.url, simulated: true });
  const log: object[] = [];
  const activities = createActivities({
    agents,
    pipelines,
    tools,
    toolConfig: parseToolConfig({}, tools, {}),
    mcp: createMcpServers({}),
    claude,
    store,
    models: createModels(readSettings({})),
    simulated: true,
    log: (line) => void log.push(line),
    failpoints: createFailpoints(undefined),
    now: Date.now,
    ...options.deps,
  });
  // The next file of this process counts anew, and must not take over what a failed test has left open.
  const taskQueue = `test-${randomUUID().slice(0, 8)}`;
  const connection = await NativeConnection.connect({ address: server.address });
  const newWorker = () =>
    Worker.create({
      ...workerOptions({ connection, namespace: server.namespace, activities, workflowBundle, taskQueue }),
      maxCachedWorkflows: options.maxCachedWorkflows ?? 100,
      shutdownGraceTime: '1s',
    });
  const worker = await newWorker();
  const started: string[] = [];
  const running = [worker.run()];
  const workers = [worker];
  const clientConnection = await Connection.connect({ address: server.address });
  const client = new Client({
    connection: clientConnection,
    namespace: server.namespace,
    interceptors: { workflow: [repeatQueries(clientConnection)] },
  });
  return {
    client,
    simulator,
    store,
    taskQueue,
    log,
    start: async (pipeline, input, runOptions) => {
      const workflowId = `${pipeline}-${taskQueue}-${++serial}`;
      const args = [input, ...(runOptions === undefined ? [] : [runOptions])];
      const handle = await client.workflow.start(pipeline, { args, taskQueue, workflowId, workflowTaskTimeout: '5s' });
      started.push(workflowId);
      return {
        handle,
        outcome: () => handle.result() as Promise<never>, // started by name, typed by the pipeline's definition
        bill: () => requestsOf(simulator, workflowId).filter(({ charged }) => charged),
        held: (...expected) =>
          until(
            () => {
              const held = requestsOf(simulator, workflowId).filter(({ fault, outcome }) => fault === 'hold' && outcome === 'open');
              const [have, want] = [held.map(({ agent }) => agent), expected].map((names) => [...names].sort().join(' '));
              if (have !== want) throw new Error(`requests of "${have}" are held, not of "${want}"`);
              return true;
            },
            { limitMs: HELD_LIMIT_MS },
          ),
      };
    },
    servePool: async () => {
      if (workers.length > 1) return;
      const options = workerOptions({ connection, namespace: server.namespace, activities, taskQueue: poolOf(taskQueue) });
      const pool = await Worker.create({ ...options, shutdownGraceTime: '1s' });
      workers.push(pool);
      running.push(pool.run());
    },
    whileAway: async (body) => {
      workers.splice(0).forEach((one) => one.shutdown());
      await Promise.all(running);
      await body();
      const next = await newWorker();
      workers.push(next);
      running.push(next.run());
    },
    close: async () => {
      for (const one of workers) one.shutdown();
      await Promise.all(running);
      const failures = options.maxCachedWorkflows === undefined ? await replayRuns(client, started, workflowBundle) : {};
      await Promise.all([clientConnection.close(), connection.close(), claude.close()]);
      await Promise.all([simulator.close(), server.close()]);
      rmSync(folder, { recursive: true, force: true });
      const [[workflowId, error] = []] = Object.entries(failures);
      if (error !== undefined) throw new Error(`Cannot replay "${workflowId}": ${error.message}`, { cause: error });
    },
  };
}

const requestsOf = (simulator: Simulator, workflowId: string): readonly BillRecord[] =>
  simulator.requests().filter((record) => `${record.workflowId}/`.startsWith(`${workflowId}/`));

let installed = false;

/** Failing activities are the point of many tests: their warnings would bury the report. */
function installQuietRuntime(): void {
  if (installed) return;
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  installed = true;
}

import { GracefulShutdownPeriodExpiredError, Worker, type WorkerOptions } from '@temporalio/worker';

import { tools } from '../../activities/tools/index';
import { createMcpServers } from '../../activities/tools/mcp-servers';
import { workerOptions } from '../options';
import { readToolConfig } from '../read-tool-config';
import { activitiesFrom, claudeFrom } from '../run-worker';
import { openEnvironment, type FunctionEnvironment } from './environment';
import { untilDone, type EndReason } from './until-done';
import { invocationWindow, type InvocationWindow } from './window';
import { workloadOf, type TaskCounts } from './workload';

/** What became of one invocation; its platform logs it. */
export interface Visit extends TaskCounts {
  readonly reason: EndReason;
  readonly buildId: string;
  /** Milliseconds from the invocation to its end: what is paid for. */
  readonly busyMs: number;
}

export interface ServeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the handler is. */
  readonly folder: string;
  /** Takes one line per call. */
  readonly log: (line: object) => void;
}

export interface Invocation {
  /** Milliseconds until the platform kills the process. */
  readonly remainingMs: () => number;
  /** Ends it early: open calls may finish. */
  readonly stop: AbortSignal;
  /** Called when no more tasks are taken up, a moment before that is so. */
  readonly onDrain?: () => void;
}

/** Serves one invocation. */
export type Serve = (invocation: Invocation) => Promise<Visit>;

/** Without a task for so long, there is nothing to do: the next one wakes another function. */
export const IDLE_MS = 3_000;
/**
 * Workflow tasks that are worked on side by side, on one thread: the others wait at the server, where none runs out of its time. A function
 * finds no run in its memory when it starts, so the first task of each is a replay.
 */
const WORKFLOW_TASKS = 20;

/** Serves invocations, one at a time. What is costly to make is made at the first and kept; each gets a worker of its own. */
export function createServe(options: ServeOptions): Serve {
  let environment: Promise<FunctionEnvironment> | undefined;
  return async (invocation) => {
    const startedAt = Date.now();
    environment ??= openEnvironment(options.env, options.folder);
    let ready: FunctionEnvironment;
    try {
      ready = await environment;
    } catch (error) {
      environment = undefined;
      throw error;
    }
    const visit = await serveOnce(ready, invocation, options.log);
    return { ...visit, buildId: ready.buildId, busyMs: Date.now() - startedAt };
  };
}

type Served = Omit<Visit, 'buildId' | 'busyMs'>;

async function serveOnce(
  ready: FunctionEnvironment,
  { remainingMs, stop, onDrain }: Invocation,
  log: ServeOptions['log'],
): Promise<Served> {
  const { env, settings, store } = ready;
  const counts: TaskCounts = { workflowTasks: 0, activities: 0 };
  const toolConfig = readToolConfig(settings.TROUPE_TOOLS, tools, env);
  // Of each invocation: connections that were kept over a freeze are dead, and a request on one may have been paid for.
  const claude = claudeFrom(settings);
  const mcp = createMcpServers(toolConfig.mcpServers);
  try {
    const activities = await activitiesFrom(settings, { claude, toolConfig, mcp, log, store });
    const connection = await ready.connection();
    const beganWith = remainingMs();
    const window = invocationWindow(beganWith);
    if (stop.aborted) return { reason: 'stopped', ...counts };
    const worker = await Worker.create(optionsOf(ready, { connection, activities, window }));
    const running = worker.run();
    // A cold start makes its worker slowly: that time is not the last call's.
    const pollMs = Math.max(0, window.pollMs - (beganWith - remainingMs()));
    const reason = await untilDone(workloadOf(worker, running, counts), { idleMs: IDLE_MS, pollMs, stop });
    onDrain?.();
    if (reason !== 'ended') worker.shutdown();
    await running;
    return { reason, ...counts };
  } catch (error) {
    if (!(error instanceof GracefulShutdownPeriodExpiredError)) throw error;
    throw new Error('Cannot end in order: a call ignored its cancellation; Temporal tries it again elsewhere', { cause: error });
  } finally {
    await Promise.all([claude.close(), mcp.close()]);
  }
}

interface VisitParts {
  readonly connection: Awaited<ReturnType<FunctionEnvironment['connection']>>;
  readonly activities: object;
  readonly window: InvocationWindow;
}

function optionsOf(ready: FunctionEnvironment, { connection, activities, window }: VisitParts): WorkerOptions {
  const { settings, namespace, buildId, workflowBundle } = ready;
  return {
    ...workerOptions({ connection, namespace, activities, workflowBundle, maxCalls: settings.TROUPE_MAX_CALLS }),
    workerDeploymentOptions: {
      version: { deploymentName: settings.TROUPE_DEPLOYMENT, buildId },
      useWorkerVersioning: true,
      // Pipelines that outlive releases say otherwise themselves.
      defaultVersioningBehavior: 'PINNED',
    },
    maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS,
    shutdownGraceTime: window.graceMs,
    shutdownForceTime: window.forceMs,
  };
}

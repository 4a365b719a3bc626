import path from 'node:path';

import type { Connection } from '@temporalio/client';

import { readSettings } from '../../common/settings';
import { TASK_QUEUE } from '../../common/task-queues';
import { describeDeployment } from '../deployments/describe';
import type { DeploymentPlace } from '../deployments/place';
import { awaitTaskQueue, registerVersion } from '../deployments/register';
import { endRamp, promote, release } from '../deployments/route';
import { buildIdOf } from '../serverless/build-id';
import type { Environment } from './cache-dir';
import { lazyConnection } from './namespace-ready';
import type { StackConfig } from './stack-config';
import type { ServerPlace } from './temporal-server';

const REGISTERED_MS = 30_000;

/** The build that the functions of a stack are. */
export function functionBuild({ functionScript }: StackConfig, env: Environment): string {
  const folder = path.dirname(functionScript);
  return buildIdOf(readSettings(env).TROUPE_BUILD_ID, folder, path.join(folder, '..', 'workflow-bundle.js'));
}

/** What the server starts: a process that serves one invocation as the given build. */
export function functionProcess(script: string, buildId: string) {
  return { kind: 'subprocess', command: 'env', args: [`TROUPE_BUILD_ID=${buildId}`, process.execPath, script] } as const;
}

/**
 * Makes the server wake functions of this build for new runs, and for open ones that are not bound to another build.
 * @throws Error `Cannot start functions: …`
 */
export async function wakeFunctions(
  server: Pick<ServerPlace, 'address' | 'namespace'>,
  config: StackConfig,
  env: Environment,
): Promise<string> {
  const buildId = functionBuild(config, env);
  await withDeployment(server, env, async (place) => {
    try {
      await registerVersion(place, buildId, functionProcess(config.functionScript, buildId));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`Cannot start functions: ${why}; the server needs "timeout" of GNU coreutils on PATH`, { cause: error });
    }
    const found = await describeDeployment(place);
    if (found?.current === buildId) return;
    const registered = await awaitTaskQueue(place, buildId, { taskQueue: TASK_QUEUE, limitMs: REGISTERED_MS });
    if (registered !== 'there') throw new Error('Cannot start functions: the first one did not ask for tasks; see "function.log"');
    await promote(place, buildId);
  });
  return buildId;
}

/** A stack with a worker takes over what one with functions has left: the server no longer looks for functions, nor do open runs. */
export async function letGoOfFunctions(server: Pick<ServerPlace, 'address' | 'namespace'>, env: Environment): Promise<void> {
  await withDeployment(server, env, async (place) => {
    const found = await describeDeployment(place);
    if (found === undefined) return;
    if (found.ramping !== null) await endRamp(place);
    if (found.current === null) return;
    await release(place);
    await unbindRuns(place);
  });
}

/** Runs that are bound to a build of the deployment go on wherever new ones go. */
async function unbindRuns({ service, namespace, deployment, identity }: DeploymentPlace): Promise<void> {
  await service.startBatchOperation({
    namespace,
    jobId: `troupe-unbind-${Date.now()}`,
    reason: 'The local stack has a worker in place of functions',
    visibilityQuery: `ExecutionStatus = 'Running' AND TemporalWorkerDeployment = '${deployment}' AND TemporalWorkflowVersioningBehavior = 'Pinned'`,
    updateWorkflowOptionsOperation: {
      identity,
      workflowExecutionOptions: { versioningOverride: { autoUpgrade: true } },
      updateMask: { paths: ['versioning_override'] },
    },
  });
}

async function withDeployment(
  server: Pick<ServerPlace, 'address' | 'namespace'>,
  env: Environment,
  use: (place: DeploymentPlace) => Promise<void>,
): Promise<void> {
  const connection: Connection = await lazyConnection(server.address);
  try {
    const { namespace } = server;
    await use({
      service: connection.workflowService,
      namespace,
      deployment: readSettings(env).TROUPE_DEPLOYMENT,
      identity: `troupe local stack ${process.pid}`,
    });
  } finally {
    await connection.close();
  }
}

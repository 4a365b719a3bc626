import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { computeConfigOf, SCALING_GROUP, type Compute } from './compute';
import { taskQueuesOf } from './describe';
import { alreadyExists, type DeploymentPlace } from './place';

/**
 * Registers a build and what the server starts for it; the server checks that it can, and starts it once. A build that is there
 * already gets what is given here from now on.
 * @returns whether the build is new
 */
export async function registerVersion(place: DeploymentPlace, buildId: string, compute: Compute): Promise<boolean> {
  const { service, namespace, deployment: deploymentName, identity } = place;
  const computeConfig = computeConfigOf(compute);
  const deploymentVersion = { deploymentName, buildId };
  await service
    .createWorkerDeployment({ namespace, deploymentName, identity, requestId: randomUUID() })
    .catch((error: unknown) => unless(alreadyExists(error), error));
  try {
    await service.createWorkerDeploymentVersion({ namespace, deploymentVersion, computeConfig, identity, requestId: randomUUID() });
    return true;
  } catch (error) {
    unless(alreadyExists(error), error);
    const scalingGroup = computeConfig.scalingGroups?.[SCALING_GROUP] ?? {};
    await service.updateWorkerDeploymentVersionComputeConfig({
      namespace,
      deploymentVersion,
      computeConfigScalingGroups: { [SCALING_GROUP]: { scalingGroup } },
      identity,
      requestId: randomUUID(),
    });
    return false;
  }
}

function unless(expected: boolean, error: unknown): void {
  if (!expected) throw error;
}

export interface Wait {
  /** Which task queue its workers must have asked for. */
  readonly taskQueue: string;
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
}

const LOOK_MS = 200;

/**
 * Waits until workers of a build have asked for tasks once: only then can runs be routed to it.
 * @returns `there`, `unknown` when no such build is registered, or `late` after the limit
 */
export async function awaitTaskQueue(place: DeploymentPlace, buildId: string, wait: Wait): Promise<'there' | 'unknown' | 'late'> {
  const { taskQueue, limitMs, signal } = wait;
  for (const end = Date.now() + limitMs; ;) {
    const queues = await taskQueuesOf(place, buildId);
    if (queues === undefined) return 'unknown';
    if (queues.includes(taskQueue)) return 'there';
    if (Date.now() >= end || signal?.aborted === true) return 'late';
    await delay(LOOK_MS);
  }
}

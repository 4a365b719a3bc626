import type { DeploymentPlace } from './place';

/** Functions poll only when there is work, so that nobody polls is no reason to refuse. */
const WITHOUT_POLLERS = { allowNoPollers: true } as const;

/** New runs, and those that upgrade by themselves, go to this build from now on; a ramp to it ends. */
export async function promote(place: DeploymentPlace, buildId: string): Promise<void> {
  const { service, namespace, deployment: deploymentName, identity } = place;
  await service.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId, identity, ...WITHOUT_POLLERS });
}

/** A part of new runs goes to this build. @param percentage 0 to 100 */
export async function ramp(place: DeploymentPlace, buildId: string, percentage: number): Promise<void> {
  const { service, namespace, deployment: deploymentName, identity } = place;
  const where = { namespace, deploymentName, buildId, percentage, identity, ...WITHOUT_POLLERS };
  await service.setWorkerDeploymentRampingVersion(where);
}

/** No ramp any more: all new runs go to the current build. */
export async function endRamp({ service, namespace, deployment: deploymentName, identity }: DeploymentPlace): Promise<void> {
  await service.setWorkerDeploymentRampingVersion({ namespace, deploymentName, buildId: '', percentage: 0, identity });
}

/** New runs go to workers without a version. Runs that are bound to a build stay with it. */
export async function release(place: DeploymentPlace): Promise<void> {
  const { service, namespace, deployment: deploymentName, identity } = place;
  const where = { namespace, deploymentName, buildId: '', identity, ignoreMissingTaskQueues: true, ...WITHOUT_POLLERS };
  await service.setWorkerDeploymentCurrentVersion(where);
}

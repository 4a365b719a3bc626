import type { WorkflowService } from '@temporalio/client';

import { isNotFound, type DeploymentPlace } from './place';

/** One build of a deployment. */
export interface VersionView {
  readonly buildId: string;
  readonly state: 'current' | 'ramping' | 'draining' | 'drained' | 'inactive';
  /** What the server starts for it; null: workers that somebody runs. */
  readonly compute: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number | null;
  /** Epoch milliseconds at which it last became the current version; null: it never was. */
  readonly lastCurrentAt: number | null;
}

/** A deployment with its versions, newest first. */
export interface DeploymentView {
  readonly deployment: string;
  /** Where new runs go; null: to workers without a version. */
  readonly current: string | null;
  /** Epoch milliseconds since when they go there; null: since ever. */
  readonly currentSince: number | null;
  readonly ramping: { readonly buildId: string; readonly percentage: number } | null;
  readonly versions: readonly VersionView[];
}

type Info = NonNullable<Awaited<ReturnType<WorkflowService['describeWorkerDeployment']>>['workerDeploymentInfo']>;
type Summary = NonNullable<Info['versionSummaries']>[number];
type Time = Summary['createTime'];

/** By Temporal's numbers: unspecified first, created last. */
const STATES = ['inactive', 'inactive', 'current', 'ramping', 'draining', 'drained', 'inactive'] as const;

/** Describes a deployment; undefined when there is none of this name. */
export async function describeDeployment({ service, namespace, deployment }: DeploymentPlace): Promise<DeploymentView | undefined> {
  try {
    const { workerDeploymentInfo: info } = await service.describeWorkerDeployment({ namespace, deploymentName: deployment });
    return info == null ? undefined : viewOf(deployment, info);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function viewOf(deployment: string, { routingConfig, versionSummaries }: Info): DeploymentView {
  const ramping = routingConfig?.rampingDeploymentVersion?.buildId;
  const versions = (versionSummaries ?? []).map(versionOf).toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return {
    deployment,
    current: routingConfig?.currentDeploymentVersion?.buildId ?? null,
    currentSince: millisOf(routingConfig?.currentVersionChangedTime),
    ramping: ramping == null ? null : { buildId: ramping, percentage: routingConfig?.rampingVersionPercentage ?? 0 },
    versions,
  };
}

function versionOf({ deploymentVersion, status, computeConfig, createTime, lastCurrentTime }: Summary): VersionView {
  const groups = Object.values(computeConfig?.scalingGroups ?? {});
  return {
    buildId: deploymentVersion?.buildId ?? '',
    state: STATES[status ?? 0] ?? 'inactive',
    compute: groups[0]?.providerType ?? null,
    createdAt: millisOf(createTime),
    lastCurrentAt: millisOf(lastCurrentTime),
  };
}

const millisOf = (time: Time): number | null => (time == null ? null : Number(time.seconds ?? 0) * 1_000 + (time.nanos ?? 0) / 1e6);

/** Names of the task queues that workers of a version have asked for; undefined when there is no such version. */
export async function taskQueuesOf(place: DeploymentPlace, buildId: string): Promise<readonly string[] | undefined> {
  const { service, namespace, deployment } = place;
  const deploymentVersion = { deploymentName: deployment, buildId };
  try {
    const { workerDeploymentVersionInfo: info } = await service.describeWorkerDeploymentVersion({ namespace, deploymentVersion });
    return [...new Set((info?.taskQueueInfos ?? []).map(({ name }) => name ?? ''))];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

import { defaultPayloadConverter } from '@temporalio/common';

import type { DeploymentView, VersionView } from './describe';
import type { DeploymentPlace } from './place';
import { endRamp, promote } from './route';

/** What was taken back. */
export type RolledBack =
  | { readonly kind: 'rampEnded'; readonly buildId: string }
  /** All new runs go to this build again. */
  | { readonly kind: 'promoted'; readonly buildId: string };

/**
 * In the metadata of a build that was rolled back: since when it had been current then, in epoch milliseconds. The times of the server alone
 * do not tell a build that was rolled back from one that another followed, so a second rollback would lead back to the bad one.
 */
const LEFT = 'troupe-rolled-back';

/**
 * Takes back the last change that has not been taken back: an open ramp ends; else the build that was current before is so again.
 * @returns undefined, and nothing is changed, when no such build is known
 */
export async function rollBack(place: DeploymentPlace, view: DeploymentView): Promise<RolledBack | undefined> {
  const { current, ramping } = view;
  if (ramping !== null) {
    await endRamp(place);
    return { kind: 'rampEnded', buildId: ramping.buildId };
  }
  const before = await buildBefore(view, (buildId) => leftSince(place, buildId));
  if (before === undefined) return undefined;
  // First the mark: whoever dies between the two does the same when he tries again.
  if (current !== null) await markLeft(place, current, view.currentSince);
  try {
    await promote(place, before);
  } catch (error) {
    if (current !== null) await unmark(place, current).catch(() => undefined); // the failure that is thrown says what to do
    throw error;
  }
  return { kind: 'promoted', buildId: before };
}

/**
 * The build that was current last before this one and has not been rolled back since.
 * @param leftSince what a rollback has written down of a build
 */
export async function buildBefore(
  { current, versions }: DeploymentView,
  leftSince: (buildId: string) => Promise<unknown>,
): Promise<string | undefined> {
  const former = versions
    .filter((version): version is VersionView & { lastCurrentAt: number } => version.buildId !== current && version.lastCurrentAt !== null)
    .toSorted((a, b) => b.lastCurrentAt - a.lastCurrentAt);
  for (const { buildId, lastCurrentAt } of former) {
    if ((await leftSince(buildId)) !== lastCurrentAt) return buildId;
  }
  return undefined;
}

async function leftSince({ service, namespace, deployment: deploymentName }: DeploymentPlace, buildId: string): Promise<unknown> {
  const deploymentVersion = { deploymentName, buildId };
  const { workerDeploymentVersionInfo: info } = await service.describeWorkerDeploymentVersion({ namespace, deploymentVersion });
  const mark = info?.metadata?.entries?.[LEFT];
  return mark == null ? undefined : defaultPayloadConverter.fromPayload(mark);
}

const markLeft = (place: DeploymentPlace, buildId: string, since: number | null): Promise<unknown> =>
  changeMetadata(place, buildId, { upsertEntries: { [LEFT]: defaultPayloadConverter.toPayload(since) } });

const unmark = (place: DeploymentPlace, buildId: string): Promise<unknown> => changeMetadata(place, buildId, { removeEntries: [LEFT] });

function changeMetadata(place: DeploymentPlace, buildId: string, change: MetadataChange): Promise<unknown> {
  const { service, namespace, deployment: deploymentName, identity } = place;
  return service.updateWorkerDeploymentVersionMetadata({ namespace, deploymentVersion: { deploymentName, buildId }, ...change, identity });
}

type MetadataChange = Pick<
  Parameters<DeploymentPlace['service']['updateWorkerDeploymentVersionMetadata']>[0],
  'upsertEntries' | 'removeEntries'
>;

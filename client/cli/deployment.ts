import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { describeDeployment, type DeploymentView } from '../../worker/deployments/describe';
import type { DeploymentPlace } from '../../worker/deployments/place';
import { readStackInfo, stackFiles } from '../../worker/local/stack-files';
import { openConnection } from '../connection';
import { asking } from '../service-errors';
import { TroupeError } from '../../common/troupe-error';
import { cliSettings } from './cli-settings';
import { hasServer } from './has-server';

export interface DeploymentUse {
  readonly place: DeploymentPlace;
  /** Temporal's address, for messages. */
  readonly address: string;
  /** Runs a request to Temporal; failures say that this could not be done. */
  readonly ask: <Result>(action: string, request: () => Promise<Result>) => Promise<Result>;
}

/**
 * Opens the deployment on the server that the environment names, else on the local stack that is up: no stack is started for it,
 * for one that ends with the command would wake nothing.
 */
export async function withDeployment<Result>(name: string | undefined, use: (found: DeploymentUse) => Promise<Result>): Promise<Result> {
  const settings = cliSettings();
  const opened = await openConnection(hasServer() ? {} : localServer(settings.TROUPE_DATA));
  const { client, address, namespace } = opened;
  const place = {
    service: client.workflowService,
    namespace,
    deployment: name ?? settings.TROUPE_DEPLOYMENT,
    identity: `troupe deploy ${process.pid}`,
  };
  try {
    return await use({ place, address, ask: (action, request) => asking({ action, address, namespace }, request).catch(plain(action)) });
  } finally {
    await opened.close();
  }
}

function localServer(dataDir: string): { readonly address: string; readonly namespace: string } {
  const info = existsSync(dataDir) ? readStackInfo(stackFiles(resolve(dataDir))) : undefined;
  if (info !== undefined) return { address: info.temporal, namespace: info.namespace };
  const cure = 'set TEMPORAL_ADDRESS, or start one with "npx troupe dev --serverless"';
  throw new TroupeError('unreachable', `Cannot find a Temporal server: none is named, and no local stack runs in "${dataDir}"; ${cure}`);
}

/** What Temporal refuses is said in its own words, without the name of a status code. */
const plain =
  (action: string) =>
  (error: unknown): never => {
    if (error instanceof TroupeError || !(error instanceof Error)) throw error;
    const why = 'details' in error && typeof error.details === 'string' ? error.details : error.message;
    throw new TroupeError('invalid-input', `Cannot ${action}: ${why.replaceAll(/\s+/g, ' ').trim()}; see "npx troupe deploy status"`, {
      cause: error,
    });
  };

/** @throws TroupeError `not-found` when there is no such deployment */
export async function knownDeployment({ place, ask, address }: DeploymentUse, action: string): Promise<DeploymentView> {
  const found = await ask(action, () => describeDeployment(place));
  if (found !== undefined) return found;
  const cure = 'register a build with "npx troupe deploy register"';
  throw new TroupeError('not-found', `Cannot ${action}: no deployment "${place.deployment}" on "${address}"; ${cure}`);
}

/** @throws TroupeError `not-found` naming the builds that there are */
export function knownBuild({ deployment, versions }: DeploymentView, buildId: string, action: string): void {
  if (versions.some((version) => version.buildId === buildId)) return;
  const known = versions.map((version) => version.buildId).join(', ') || 'none';
  throw new TroupeError('not-found', `Cannot ${action}: deployment "${deployment}" has no build "${buildId}"; choose one of ${known}`);
}

/** The build whose functions the server wakes for new runs; undefined when it wakes none. */
export async function wokenBuild(): Promise<string | undefined> {
  try {
    const found = await withDeployment(undefined, ({ place }) => describeDeployment(place));
    return found?.versions.find(({ buildId, compute }) => buildId === found.current && compute !== null)?.buildId;
  } catch {
    // Only a hint depends on it; a server may be older than deployments.
    return undefined;
  }
}

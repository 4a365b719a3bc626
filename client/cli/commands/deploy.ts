import path from 'node:path';

import { TASK_QUEUE } from '../../../common/task-queues';
import type { Compute } from '../../../worker/deployments/compute';
import type { DeploymentView } from '../../../worker/deployments/describe';
import { awaitTaskQueue, registerVersion } from '../../../worker/deployments/register';
import { rollBack } from '../../../worker/deployments/roll-back';
import { promote as promoteVersion, ramp as rampVersion } from '../../../worker/deployments/route';
import { functionProcess } from '../../../worker/local/local-functions';
import { packageRoot } from '../../../worker/local/package-root';
import { buildIdOf } from '../../../worker/serverless/build-id';
import { TroupeError } from '../../../common/troupe-error';
import { cliSettings } from '../cli-settings';
import { knownBuild, knownDeployment, withDeployment, type DeploymentUse } from '../deployment';
import { ExitCode } from '../exit-codes';
import { out, print, printJson } from '../output';
import { renderDeployment } from '../render-deployment';

export interface DeployFlags {
  /** Name of the deployment. */
  readonly name?: string;
  readonly buildId?: string;
  readonly json?: true;
}

export interface RegisterFlags extends DeployFlags {
  readonly functionArn?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
}

const ARN_OF_VERSION = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+:\d+$/;

/** Addresses of this machine. */
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]):/;

function wrong(why: string): TroupeError {
  return new TroupeError('invalid-input', `Cannot register a build: ${why}`);
}

/** What the flags ask the server to start: a published Lambda version when one is named, else a process beside the server. */
function computeOf({ functionArn, roleArn, externalId }: RegisterFlags, buildId: string): Compute {
  if (functionArn === undefined) {
    if (roleArn !== undefined || externalId !== undefined)
      throw wrong('--role-arn and --external-id belong to a function; give --function-arn, too');
    return functionProcess(path.join(packageRoot(), 'dist', 'worker', 'lambda-local.js'), buildId);
  }
  if (!ARN_OF_VERSION.test(functionArn)) {
    throw wrong(
      `--function-arn "${functionArn}" is no ARN of a published version; it ends with ":" and a number, or runs would meet other code after an update`,
    );
  }
  if (roleArn === undefined || externalId === undefined)
    throw wrong('the role that may invoke the function is missing; give --role-arn and --external-id');
  return { kind: 'aws-lambda', functionArn, roleArn, externalId };
}

/** The given build, else that of the code here. */
function buildHere({ buildId }: DeployFlags): string {
  const root = path.join(packageRoot(), 'dist');
  try {
    return buildIdOf(buildId ?? cliSettings().TROUPE_BUILD_ID, path.join(root, 'worker'), path.join(root, 'workflow-bundle.js'));
  } catch (error) {
    throw new TroupeError('invalid-input', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function finish(found: DeploymentUse, line: string, { json }: DeployFlags): Promise<number> {
  if (json !== true) print(line);
  else printJson(await knownDeployment(found, 'describe the deployment'));
  return ExitCode.done;
}

/** `troupe deploy register`: makes a build known, and what the server starts for it. No run goes to it yet. */
export async function register(flags: RegisterFlags): Promise<number> {
  const buildId = buildHere(flags);
  const compute = computeOf(flags, buildId);
  return withDeployment(flags.name, async (found) => {
    if (compute.kind === 'subprocess' && !LOOPBACK.test(found.address)) {
      throw wrong(
        `Temporal at "${found.address}" is elsewhere and cannot start a process here; give --function-arn, --role-arn and --external-id`,
      );
    }
    const isNew = await found.ask(`register build "${buildId}"`, () => registerVersion(found.place, buildId, compute));
    const what = isNew ? 'Registered' : 'Updated';
    return finish(found, `${what} build ${buildId} of "${found.place.deployment}" (${compute.kind}); next: npx troupe deploy wait`, flags);
  });
}

/** `troupe deploy wait`: until a function of the build has asked for tasks once. */
export async function wait(flags: DeployFlags & { readonly timeout: number }): Promise<number> {
  const buildId = buildHere(flags);
  return withDeployment(flags.name, async (found) => {
    const action = `wait for build "${buildId}"`;
    const queue = { taskQueue: TASK_QUEUE, limitMs: flags.timeout };
    const end = await found.ask(action, () => awaitTaskQueue(found.place, buildId, queue));
    if (end === 'unknown') knownBuild(await knownDeployment(found, action), buildId, action);
    if (end === 'late') {
      const cure = "look into the function's log";
      const why = `none of its functions has asked for tasks of "${TASK_QUEUE}" within ${flags.timeout / 1_000} s`;
      throw new TroupeError('unreachable', `Cannot ${action}: ${why}; ${cure}`);
    }
    return finish(found, `Build ${buildId} is there; next: npx troupe deploy promote, or ramp --percentage 10`, flags);
  });
}

/** Does something with a build that is known. */
function withBuild(flags: DeployFlags, action: string, use: (found: DeploymentUse, buildId: string) => Promise<string>): Promise<number> {
  const buildId = buildHere(flags);
  return withDeployment(flags.name, async (found) => {
    knownBuild(await knownDeployment(found, `${action} build "${buildId}"`), buildId, `${action} "${buildId}"`);
    return finish(found, await use(found, buildId), flags);
  });
}

/** `troupe deploy promote`: all new runs go to the build. */
export function promote(flags: DeployFlags): Promise<number> {
  return withBuild(flags, 'promote', async ({ place, ask }, buildId) => {
    await ask(`promote build "${buildId}"`, () => promoteVersion(place, buildId));
    return `All new runs go to build ${buildId}; back with: npx troupe deploy rollback`;
  });
}

/** `troupe deploy ramp`: a part of new runs goes to the build. */
export function ramp(flags: DeployFlags & { readonly percentage: number }): Promise<number> {
  return withBuild(flags, 'ramp', async ({ place, ask }, buildId) => {
    await ask(`ramp build "${buildId}"`, () => rampVersion(place, buildId, flags.percentage));
    return `${flags.percentage} % of new runs go to build ${buildId}; then: npx troupe deploy promote, or rollback`;
  });
}

/** `troupe deploy rollback`: ends an open ramp, else goes back to the build before, and the next time to the one before that. */
export async function rollback(flags: DeployFlags): Promise<number> {
  return withDeployment(flags.name, async (found) => {
    const view = await knownDeployment(found, 'roll back');
    const back = await found.ask('roll back', () => rollBack(found.place, view));
    if (back === undefined) throw nothingBefore(view);
    if (back.kind === 'rampEnded')
      return finish(found, `The ramp to build ${back.buildId} has ended; its runs stay with it as declared`, flags);
    return finish(found, `All new runs go to build ${back.buildId} again`, flags);
  });
}

function nothingBefore({ deployment, current, versions }: DeploymentView): TroupeError {
  const why = `no build of "${deployment}" is known that was current before "${current ?? 'now'}" and has not been rolled back itself`;
  const others = versions.flatMap(({ buildId }) => (buildId === current ? [] : [buildId])).join(', ') || 'none';
  const cure = `promote the build you want with "npx troupe deploy promote --build-id ID"; others than it: ${others}`;
  return new TroupeError('invalid-input', `Cannot roll back: ${why}; ${cure}`);
}

/** `troupe deploy status`: builds, and where runs go. */
export async function status(flags: DeployFlags): Promise<number> {
  return withDeployment(flags.name, async (found) => {
    const view: DeploymentView = await knownDeployment(found, 'show the deployment');
    if (flags.json === true) printJson(view);
    else print(renderDeployment(view, out, Date.now()));
    return ExitCode.done;
  });
}

import type { WorkflowService } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

/** What the server starts when there is work. */
export type Compute =
  /** A process beside the server, on a machine of one's own. */
  | { readonly kind: 'subprocess'; readonly command: string; readonly args: readonly string[] }
  /** A published version of an AWS Lambda function, invoked in a role that only answers to the external id. */
  | { readonly kind: 'aws-lambda'; readonly functionArn: string; readonly roleArn: string; readonly externalId: string };

type CreateRequest = Parameters<WorkflowService['createWorkerDeploymentVersion']>[0];
export type ComputeConfig = NonNullable<CreateRequest['computeConfig']>;

/**
 * How often the server looks for tasks that no function took, for instance because one died as it started: the least that it allows, in
 * milliseconds. All others wake a function at once.
 */
const BACKLOG_LOOK_MS = 30_000;

/**
 * Milliseconds after a start in which tasks start no other function; the server asks for one twice a second while tasks come faster than
 * they are taken up. Less than a function waits for its next task: whatever comes meanwhile, the one that was started takes up.
 */
export const COOL_OFF_MS = 2_000;

/** The only scaling group: all task queues of a version. */
export const SCALING_GROUP = 'default';

/**
 * As Temporal's own command line writes it.
 * @throws Error when an argument holds what its provider cannot pass on
 */
export function computeConfigOf(compute: Compute): ComputeConfig {
  const pace = { metrics_poll_interval_ms: BACKLOG_LOOK_MS, scale_up_cooloff_ms: COOL_OFF_MS };
  const scaler = { type: 'no-sync', details: defaultPayloadConverter.toPayload(pace) };
  const provider = { type: compute.kind, details: defaultPayloadConverter.toPayload(detailsOf(compute)) };
  return { scalingGroups: { [SCALING_GROUP]: { provider, scaler } } };
}

function detailsOf(compute: Compute): Readonly<Record<string, string>> {
  if (compute.kind === 'aws-lambda') return { arn: compute.functionArn, role: compute.roleArn, role_external_id: compute.externalId };
  const torn = compute.args.find((arg) => arg.includes(','));
  if (torn !== undefined) {
    throw new Error(`Cannot register "${torn}": the server splits arguments at commas; move it to a path without one`);
  }
  return { command: compute.command, args: compute.args.join(',') };
}

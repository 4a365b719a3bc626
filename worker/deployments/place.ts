import type { WorkflowService } from '@temporalio/client';

/** A Worker Deployment of a namespace. */
export interface DeploymentPlace {
  readonly service: WorkflowService;
  readonly namespace: string;
  /** Name of the deployment. */
  readonly deployment: string;
  /** Who changes it, for Temporal's records. */
  readonly identity: string;
}

// Of gRPC's status codes; their enum is in a package that we do not depend on.
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

export const isNotFound = (error: unknown): boolean => codeOf(error) === NOT_FOUND;

export const alreadyExists = (error: unknown): boolean => codeOf(error) === ALREADY_EXISTS;

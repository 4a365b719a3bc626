import { isGrpcServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';

import { SEARCH_ATTRIBUTES } from '../common/search-attributes';
import { TroupeError } from '../common/troupe-error';

// Of gRPC's status codes those that need a sentence of their own; the enum lives in a package that we do not depend on.
const GRPC = {
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** What was attempted and where, for the message. */
export interface Attempt {
  /** Verb phrase after "Cannot": `start "article"`. */
  readonly action: string;
  readonly address: string;
  readonly namespace: string;
  readonly workflowId?: string;
}

function grpcErrorOf(error: unknown): { code: number; details: string } | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (isGrpcServiceError(at)) return { code: at.code, details: at.details };
  }
  return undefined;
}

function unreachable(attempt: Attempt, why: string, cause: unknown): TroupeError {
  const cure = 'start one with "npx troupe dev", or correct TEMPORAL_ADDRESS';
  return new TroupeError('unreachable', `Cannot ${attempt.action}: Temporal at "${attempt.address}" ${why}; ${cure}`, { cause });
}

function tooLarge(attempt: Attempt, cause: unknown): TroupeError {
  const cure = 'make it smaller; many rows go through "npx troupe batch"';
  return new TroupeError('invalid-input', `Cannot ${attempt.action}: the input is larger than Temporal takes; ${cure}`, { cause });
}

function translateGrpc(grpc: { code: number; details: string }, attempt: Attempt, cause: unknown): TroupeError | undefined {
  const why = grpc.details.replaceAll(/\s+/g, ' ').trim();
  switch (grpc.code) {
    case GRPC.UNAVAILABLE:
    case GRPC.DEADLINE_EXCEEDED:
      return unreachable(attempt, 'does not answer', cause);
    case GRPC.UNAUTHENTICATED:
    case GRPC.PERMISSION_DENIED:
      return new TroupeError(
        'unreachable',
        `Cannot ${attempt.action}: Temporal at "${attempt.address}" refuses access (${why}); check TEMPORAL_API_KEY, TLS and the namespace`,
        { cause },
      );
    case GRPC.RESOURCE_EXHAUSTED:
      // Any other limit is one of rates, which the client itself has waited for.
      return why.includes('larger than max') ? tooLarge(attempt, cause) : undefined;
    case GRPC.INVALID_ARGUMENT:
      if (why.includes('Blob data size exceeds limit')) return tooLarge(attempt, cause);
      if (why.includes('search attribute')) {
        const names = Object.keys(SEARCH_ATTRIBUTES).join(', ');
        const cure = `register ${names} with "temporal operator search-attribute create"`;
        return new TroupeError('unreachable', `Cannot ${attempt.action}: ${why}; ${cure}`, { cause });
      }
      return new TroupeError('invalid-input', `Cannot ${attempt.action}: ${why}; correct the value`, { cause });
    default:
      return undefined;
  }
}

/** Turns what Temporal's client throws into a TroupeError; anything that it does not know comes back as it is. */
export function translateServiceError(error: unknown, attempt: Attempt): unknown {
  if (error instanceof TroupeError) return error;
  if (error instanceof WorkflowNotFoundError) {
    const id = attempt.workflowId ?? error.workflowId;
    return new TroupeError(
      'not-found',
      `Cannot ${attempt.action}: no run "${id}" on "${attempt.address}", namespace "${attempt.namespace}"; see "npx troupe list"`,
      { cause: error },
    );
  }
  if (error instanceof NamespaceNotFoundError) {
    return unreachable(attempt, `has no namespace "${error.namespace}"`, error);
  }
  // The run refused; its own message says why.
  if (error instanceof WorkflowUpdateFailedError)
    return new TroupeError('invalid-input', error.cause?.message ?? error.message, { cause: error });
  const grpc = grpcErrorOf(error);
  const translated = grpc === undefined ? undefined : translateGrpc(grpc, attempt, error);
  if (translated !== undefined) return translated;
  // A connection that never came up ends in a plain timeout of the client itself.
  if (attempt.action === 'connect') return unreachable(attempt, 'does not answer', error);
  return error;
}

/** Runs a request to Temporal; its failures come out translated. */
export async function asking<Result>(attempt: Attempt, request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    throw translateServiceError(error, attempt);
  }
}

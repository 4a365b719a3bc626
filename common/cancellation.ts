import { ActivityFailure, CancelledFailure, ChildWorkflowFailure } from '@temporalio/common';

/**
 * Whether an error means "this was cancelled". Whoever tolerates failed branches rethrows these first: a cancelled run
 * that carries on with a partial result would never stop.
 */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  return (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause instanceof CancelledFailure;
}

import { ActivityFailure, CancelledFailure, ChildWorkflowFailure } from '@temporalio/common';

import { applicationFailureOf, FailureType } from './failures';

/**
 * Whether an error means "this was cancelled". Whoever tolerates failed branches rethrows these first: a cancelled run
 * that carries on with a partial result would never stop.
 */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  return (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause instanceof CancelledFailure;
}

const RUN_WIDE: readonly string[] = [
  FailureType.Authentication,
  FailureType.SpendLimit,
  FailureType.BudgetReached,
  FailureType.PriceUnknown,
  FailureType.StoreMismatch,
  FailureType.ClaudeMismatch,
];

/**
 * Whether an error concerns the whole run, so that no pattern may tolerate it: it was cancelled, its budget is used up,
 * or every other call would fail the same way.
 */
export function endsRun(error: unknown): boolean {
  return isCancellation(error) || RUN_WIDE.includes(applicationFailureOf(error)?.type ?? '');
}

import fc from 'fast-check';

import { CancelledFailure } from '@temporalio/common';

import { FailureType, failure } from '../../../common/failures';

/** A failure that a pattern may tolerate. */
export const broken = (what: string): Error => failure({ type: FailureType.OutputRejected, message: `Cannot use the answer: ${what}` });

/** Failures that no pattern may tolerate. */
export const runWide: ReadonlyArray<readonly [string, Error]> = [
  ['a cancellation', new CancelledFailure('cancelled')],
  ['a wrong key', failure({ type: FailureType.Authentication, message: 'Cannot call Claude: key refused; check it' })],
  ['a reached budget', failure({ type: FailureType.BudgetReached, message: 'Cannot call: no budget; raise it' })],
];

/** Whether each of 1 to `most` branches succeeds. */
export const fates = (most = 8) => fc.array(fc.boolean(), { minLength: 1, maxLength: most });

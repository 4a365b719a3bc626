import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

import type { JournaledAnswer } from '../claude/journal-state';
import { failure, FailureType, type FailureDetails, type FailureOptions } from '../common/failures';
import { NO_SPEND } from '../common/ledger';
import type { OpenCall } from './open-call';

/** A failure of a call; carries what the call has cost so far, for the run to settle. */
export function callFailure(call: OpenCall, options: FailureOptions): ApplicationFailure {
  return failure({ ...options, details: { ...options.details, spend: call.journal.spend() } });
}

/** A failure over an answer that is kept but not accepted. */
export function rejectedFailure(
  call: OpenCall,
  type: FailureType,
  because: { readonly answer: JournaledAnswer; readonly reasons: readonly string[]; readonly advice: string },
): ApplicationFailure {
  const { answer, reasons, advice } = because;
  const details: FailureDetails = {
    reasons,
    kept: answer.key,
    ...(answer.requestId === null ? {} : { requestId: answer.requestId }),
  };
  const message = `Cannot use the answer of "${call.rendered.agent}": ${reasons.slice(0, 3).join('; ')}; ${advice}`;
  return callFailure(call, { type, message, details });
}

/** Temporal closes the activity as cancelled, and the run still learns what was spent. */
export function cancelled(call: OpenCall): CancelledFailure {
  const details: FailureDetails = { spend: call.journal.spend() };
  return new CancelledFailure(`The call of "${call.rendered.agent}" was cancelled`, [details]);
}

/**
 * What to throw for an error that no code here has foreseen: a full disk may pass, a bug does not. No failure has a cause:
 * on its way through Temporal a cause turns into a failure with a type of its own, and ours would no longer be the root.
 */
export function unforeseen(agent: string, error: unknown, call: OpenCall | undefined): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const details: FailureDetails = { spend: call?.journal.spend() ?? NO_SPEND };
  if (isSystemError(error)) {
    const message = `Cannot finish the call of "${agent}": ${reason}; it is tried again`;
    return failure({ type: FailureType.Unavailable, message, retryable: true, details });
  }
  const message = `Cannot finish the call of "${agent}": ${reason}; report this as a bug`;
  const bug = failure({ type: FailureType.Internal, message, details });
  if (error instanceof Error && error.stack !== undefined) bug.stack = error.stack;
  return bug;
}

/** Whether the operating system or the network caused an error, however deep. */
export function isSystemError(error: unknown): boolean {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    if ('errno' in at && 'syscall' in at) return true;
  }
  return false;
}

import { ApplicationFailure, CancelledFailure } from '@temporalio/common';

import type { CallJournal } from '../claude/journal';
import type { JournaledAnswer } from '../claude/journal-state';
import type { Redact } from '../claude/redact';
import { failure, FailureType, type FailureDetails } from '../common/failures';
import type { CallSpend } from '../common/ledger';
import type { OpenCall } from './open-call';

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
  return failure({ type, message, details });
}

/** Temporal closes the activity as cancelled. */
export function cancelled(call: OpenCall): CancelledFailure {
  return new CancelledFailure(`The call of "${call.rendered.agent}" was cancelled`);
}

/**
 * What leaves the activity for an error: nothing that looks like a key, and what the call has cost in all its attempts, for
 * the run to settle. Without `spend`, which is when the journal cannot be read, the run asks for it later.
 */
export function leaving(error: Error, redact: Redact, spend: CallSpend | undefined): Error {
  const message = redact(error.message);
  const given = (error instanceof ApplicationFailure ? error.details?.[0] : undefined) as FailureDetails | undefined; // made here
  const details: FailureDetails = {
    ...given,
    ...(given?.reasons === undefined ? {} : { reasons: given.reasons.map(redact) }),
    ...(spend === undefined ? {} : { spend }),
  };
  if (error instanceof CancelledFailure) return new CancelledFailure(message, [details]);
  if (!(error instanceof ApplicationFailure)) return error;
  const { type, nonRetryable, nextRetryDelay, category, stack } = error;
  const left = new ApplicationFailure(message, type, nonRetryable, [details], undefined, nextRetryDelay, category);
  if (stack !== undefined) left.stack = redact(stack);
  return left;
}

/**
 * What to throw for an error that no code here has foreseen: a full disk may pass, a bug does not. No failure has a cause:
 * on its way through Temporal a cause turns into a failure with a type of its own, and ours would no longer be the root.
 */
export function unforeseen(agent: string, error: unknown): ApplicationFailure | CancelledFailure {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (isSystemError(error)) {
    const message = `Cannot finish the call of "${agent}": ${reason}; free or repair it on the worker's machine`;
    return failure({ type: FailureType.WorkerFault, message, retryable: true });
  }
  const message = `Cannot finish the call of "${agent}": ${reason}; report this as a bug`;
  const bug = failure({ type: FailureType.Internal, message });
  if (error instanceof Error && error.stack !== undefined) bug.stack = error.stack;
  return bug;
}

/** What all attempts have spent by now, those that were thought dead included; undefined when the journal cannot be read. */
export async function latestSpend(journal: CallJournal | undefined): Promise<CallSpend | undefined> {
  if (journal === undefined) return undefined;
  try {
    await journal.refresh();
    return journal.spend();
  } catch {
    return undefined;
  }
}

/** Whether the operating system or the network caused an error, however deep. */
export function isSystemError(error: unknown): boolean {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    if ('errno' in at && 'syscall' in at) return true;
  }
  return false;
}

import { WorkflowFailedError } from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  TemporalFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';

import { FailureType, isFailure, lastWords } from '../common/failures';
import type { FailureLink, TroupeErrorCode } from '../common/troupe-error';

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function linkOf(error: Error): FailureLink {
  if (error instanceof ActivityFailure) return { type: 'ActivityFailure', message: oneLine(error.message), step: error.activityType };
  if (error instanceof ChildWorkflowFailure)
    return { type: 'ChildWorkflowFailure', message: oneLine(error.message), step: error.workflowType };
  if (error instanceof ApplicationFailure) return { type: error.type ?? 'ApplicationFailure', message: oneLine(error.message) };
  return { type: error instanceof TemporalFailure ? error.name : error.constructor.name, message: oneLine(error.message) };
}

/** The chain of a failed run, outermost first, without the client's own "Workflow execution failed". */
export function failureChain(error: unknown): FailureLink[] {
  const links: FailureLink[] = [];
  for (let at = error instanceof WorkflowFailedError ? error.cause : error; at instanceof Error; at = at.cause) links.push(linkOf(at));
  return links;
}

/** What kind of end a failed run came to. */
export function codeOf(error: WorkflowFailedError): TroupeErrorCode {
  if (error.cause instanceof CancelledFailure) return 'cancelled';
  return isFailure(error.cause, FailureType.BudgetReached) ? 'budget-reached' : 'run-failed';
}

/** The link that explains: the outermost message of Troupe's own, which names step and cure; else the innermost. */
function tellingLink(chain: readonly FailureLink[]): FailureLink | undefined {
  return chain.find((link) => link.message.startsWith('Cannot ')) ?? chain.at(-1);
}

/** One line on why a run ended. */
export function describeEnd(workflowId: string, error: WorkflowFailedError): string {
  const { cause } = error;
  if (cause instanceof CancelledFailure) return `Run "${workflowId}" was cancelled`;
  if (cause instanceof TerminatedFailure) return `Run "${workflowId}" was terminated: ${oneLine(cause.message)}`;
  if (cause instanceof TimeoutFailure) return `Run "${workflowId}" timed out: ${oneLine(cause.message)}`;
  const chain = failureChain(error);
  const link = tellingLink(chain);
  const step = chain.find(({ step: name }) => name !== undefined)?.step;
  const where = step === undefined ? '' : ` in "${step}"`;
  const how = codeOf(error) === 'budget-reached' ? 'reached its budget' : `failed${where}`;
  return `Run "${workflowId}" ${how}: ${lastWords(link?.message ?? 'no reason was recorded')}`;
}

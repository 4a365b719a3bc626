import type { WorkflowExecutionInfo } from '@temporalio/client';

import { Memo, type PartialWork, type RUN_STATUSES } from '../common/run';
import { TroupeCostUsd } from '../common/search-attributes';
import type { ClientContext } from './context';
import { runUrl } from './web-ui';

export type RunStatus = (typeof RUN_STATUSES)[number];

/** One run as a list shows it, known without any worker. */
export interface RunSummary {
  readonly workflowId: string;
  readonly runId: string;
  readonly pipeline: string;
  /** Empty when the run was not started by Troupe's client. */
  readonly subject: string;
  readonly status: RunStatus;
  readonly startedAt: Date;
  readonly closedAt: Date | null;
  /** Answered requests at list price; while the run is open, as of its latest stage. Null when it has not said. */
  readonly costUsd: number | null;
  /** Null while running and when the run did not say. */
  readonly simulated: boolean | null;
  readonly url: string | null;
}

type Described = Pick<
  WorkflowExecutionInfo,
  'type' | 'workflowId' | 'runId' | 'status' | 'startTime' | 'closeTime' | 'memo' | 'typedSearchAttributes'
>;

/** The partial work that a run noted in its memo before it closed. */
export function partialOf(described: Pick<Described, 'memo'>): PartialWork | undefined {
  const partial = described.memo?.[Memo.partial];
  return typeof partial === 'object' && partial !== null && 'ref' in partial ? (partial as PartialWork) : undefined;
}

/** Temporal's status in the words of a run; a budget that was reached is a failure that the memo explains. */
export function statusOf(described: Pick<Described, 'status' | 'memo'>): RunStatus {
  switch (described.status.name) {
    case 'COMPLETED':
      return 'completed';
    case 'CANCELLED':
      return 'cancelled';
    case 'FAILED':
    case 'TERMINATED':
    case 'TIMED_OUT':
      return partialOf(described)?.status === 'budget-reached' ? 'budget-reached' : 'failed';
    default:
      return 'running';
  }
}

/** Reads what Temporal says of a run without asking the run. */
export function summarize(context: ClientContext, described: Described): RunSummary {
  const subject = described.memo?.[Memo.subject];
  const simulated = described.memo?.[Memo.simulated] ?? partialOf(described)?.simulated;
  return {
    workflowId: described.workflowId,
    runId: described.runId,
    pipeline: described.type,
    subject: typeof subject === 'string' ? subject : '',
    status: statusOf(described),
    startedAt: described.startTime,
    closedAt: described.closeTime ?? null,
    costUsd: described.typedSearchAttributes.get(TroupeCostUsd) ?? null,
    simulated: typeof simulated === 'boolean' ? simulated : null,
    url: runUrl(context.webUi, { namespace: context.namespace, workflowId: described.workflowId, runId: described.runId }),
  };
}

import { pipelines } from '../common/pipelines';
import { TASK_QUEUE } from '../common/task-queues';
import { attempt, type ClientContext } from './context';
import { summarize, type RunStatus, type RunSummary } from './run-summary';
import { asking } from './service-errors';

/** Which runs; all fields optional. */
export interface ListFilter {
  readonly pipeline?: string;
  readonly status?: RunStatus;
  /** Workflow Id of a job: its rows instead of all other runs. */
  readonly job?: string;
  /** Name of a schedule: the runs that it started. */
  readonly schedule?: string;
  /** @default 20 */
  readonly limit?: number;
}

const FAILED = ['Failed', 'Terminated', 'TimedOut'];
const TEMPORAL_STATUSES: { readonly [status in RunStatus]: readonly string[] } = {
  running: ['Running'],
  completed: ['Completed'],
  cancelled: ['Canceled'],
  failed: FAILED,
  'budget-reached': FAILED,
};

const quoted = (values: readonly string[]): string => values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');

/** The visibility query of a filter. */
export function visibilityQuery(filter: ListFilter): string {
  const types = filter.pipeline === undefined ? Object.keys(pipelines) : [filter.pipeline];
  const clauses = [`TaskQueue = '${TASK_QUEUE}'`, `WorkflowType IN (${quoted(types)})`];
  if (filter.status !== undefined) clauses.push(`ExecutionStatus IN (${quoted(TEMPORAL_STATUSES[filter.status])})`);
  clauses.push(filter.job === undefined ? 'TroupeJob IS NULL' : `TroupeJob = ${quoted([filter.job])}`);
  if (filter.schedule !== undefined) clauses.push(`TemporalScheduledById = ${quoted([filter.schedule])}`);
  return clauses.join(' AND ');
}

/** Runs, newest first as the server sorts them. */
export async function listRuns(context: ClientContext, filter: ListFilter = {}): Promise<RunSummary[]> {
  const { limit = 20, status } = filter;
  return asking(attempt(context, 'list the runs'), async () => {
    const found: RunSummary[] = [];
    for await (const described of context.client.workflow.list({ query: visibilityQuery(filter), pageSize: Math.min(limit, 100) })) {
      const run = summarize(context, described);
      // Temporal knows failures only; which of them are reached budgets stands in the memo.
      if (status === undefined || run.status === status) found.push(run);
      if (found.length >= limit) break;
    }
    return found;
  });
}

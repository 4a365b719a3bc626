import type { WorkflowExecutionInfo } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';

import type { LedgerView } from '../common/ledger';
import type { PipelineName } from '../common/pipelines';
import type { RunOptions, RunOutcome } from '../common/run';
import { TASK_QUEUE } from '../common/task-queues';
import { readPage } from '../storage/jobs';
import { attempt, type ClientContext } from './context';
import { asking } from './service-errors';

/** A completed run: what it was given and what that took. */
export interface FormerRun {
  readonly workflowId: string;
  readonly input: unknown;
  readonly ledger: LedgerView;
  readonly simulated: boolean;
}

/**
 * The newest completed runs of a pipeline, rows of jobs among them. Left out are those that could use answers which an earlier run had paid for,
 * and rows whose input is in a store that is not here.
 * @param limit Runs that are looked at, so at most so many are returned.
 */
export function formerRuns(context: ClientContext, pipeline: PipelineName, limit: number): Promise<FormerRun[]> {
  return asking(attempt(context, `look at former runs of "${pipeline}"`), async () => {
    const query = `TaskQueue = '${TASK_QUEUE}' AND WorkflowType = '${pipeline}' AND ExecutionStatus = 'Completed'`;
    const listed: WorkflowExecutionInfo[] = [];
    for await (const described of context.client.workflow.list({ query, pageSize: limit })) {
      listed.push(described);
      if (listed.length === limit) break;
    }
    const read = await Promise.all(listed.map((described) => readRun(context, described).catch(() => undefined)));
    return read.filter((run) => run !== undefined);
  });
}

/** Undefined when it tells nothing; throws when it cannot be read any more. */
async function readRun(context: ClientContext, { workflowId, runId }: WorkflowExecutionInfo): Promise<FormerRun | undefined> {
  const { client } = context;
  const [outcome, [given, options]] = await Promise.all([
    client.workflow.getHandle(workflowId, runId, { followRuns: false }).result() as Promise<RunOutcome>, // what every Workflow Type returns
    startedWith(context, { workflowId, runId }),
  ]);
  if (options?.reuse === true || outcome.ledger.requests === 0) return undefined;
  const { ledger, simulated } = outcome;
  return { workflowId, input: options?.job === undefined ? given : await rowInput(context, options.job), ledger, simulated };
}

/** The first event of a run has its arguments. */
async function startedWith(
  { client, namespace }: ClientContext,
  execution: { workflowId: string; runId: string },
): Promise<[unknown, RunOptions?]> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({ namespace, execution, maximumPageSize: 1 });
  const payloads = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  return (await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads)) as [unknown, RunOptions?]; // as every run is started
}

async function rowInput(context: ClientContext, { page, at }: NonNullable<RunOptions['job']>): Promise<unknown> {
  const store = await context.openStore();
  if (store === undefined) throw new Error('Cannot read the row: its store is not here');
  const row = (await readPage(store, page)).rows[at];
  if (row === undefined) throw new Error('Cannot read the row: its page does not have it');
  return row.input;
}

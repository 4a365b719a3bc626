import type { WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';

import type { LedgerView } from '../common/ledger';
import type { RunOutcome, RunProgress } from '../common/run';
import { askBriefly } from './ask-briefly';
import type { ClientContext } from './context';
import { keptBlackboard } from './kept-work';
import { partialOf } from './run-summary';

/** What can be known of an ended run without a worker: of a completed one no steps, for its history alone does not name them. */
export type EndedProgress = Partial<Pick<RunProgress, 'costUsd' | 'uncertainUsd' | 'steps' | 'degraded' | 'simulated'>>;

const spentOf = ({ costUsd, uncertainUsd }: LedgerView): EndedProgress => ({ costUsd, uncertainUsd });

/** Reads what a run left at its end, in its result, or in memo and store. Empty when it left nothing, as a terminated one. */
export async function endedProgress(
  context: ClientContext,
  handle: Pick<WorkflowHandle, 'result'>,
  described: Pick<WorkflowExecutionDescription, 'memo' | 'status'>,
): Promise<EndedProgress> {
  const partial = partialOf(described);
  if (partial !== undefined) {
    const kept = await keptBlackboard(context, partial).catch(() => undefined);
    return { ...spentOf(partial.ledger), simulated: partial.simulated, ...(kept && { steps: kept.steps, degraded: kept.degraded }) };
  }
  if (described.status.name !== 'COMPLETED') return {};
  const outcome = await askBriefly(context, () => handle.result() as Promise<RunOutcome>); // what every Workflow Type returns
  return outcome === undefined ? {} : { ...spentOf(outcome.ledger), degraded: outcome.degraded, simulated: outcome.simulated };
}

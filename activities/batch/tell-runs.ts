import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';

import { batchAnsweredSignal } from '../../common/messages';
import { eachOf } from './each-of';

const SIGNALS_AT_ONCE = 20;

/** Tickets by the Workflow Id of the run that waits for them. */
export type Waiting = Map<string, string[]>;

export function noteWaiting(waiting: Waiting, { workflowId, ticket }: { readonly workflowId: string; readonly ticket: string }): void {
  const known = waiting.get(workflowId);
  if (known === undefined) waiting.set(workflowId, [ticket]);
  else known.push(ticket);
}

/**
 * Tells runs that there is nothing more to wait for. A run that has ended need not know: an answer to it stays in the store.
 * @returns Workflow Ids of those that have
 */
export async function tellRuns(waiting: Waiting): Promise<ReadonlySet<string>> {
  const { client } = Context.current();
  const ended = new Set<string>();
  await eachOf([...waiting], SIGNALS_AT_ONCE, async ([workflowId, tickets]) => {
    try {
      await client.workflow.getHandle(workflowId).signal(batchAnsweredSignal, tickets);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      ended.add(workflowId);
    }
  });
  return ended;
}

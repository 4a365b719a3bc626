import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type Bundle = { readonly codePath: string } | { readonly code: string };

interface Replayed {
  readonly workflowId: string;
  readonly history: History;
}

/**
 * Runs these workflows and their children again from what is recorded of them, each once.
 * @returns what does not replay, by workflow id: the run would hang as soon as its worker is gone
 */
export async function replayRuns(client: Client, workflowIds: readonly string[], workflowBundle: Bundle): Promise<Record<string, Error>> {
  const histories: Replayed[] = [];
  const left = [...workflowIds];
  for (let ids = left.splice(0, 20); ids.length > 0; ids = left.splice(0, 20)) {
    const found = await Promise.all(
      ids.map(async (id) => ({ workflowId: id, history: await client.workflow.getHandle(id).fetchHistory() })),
    );
    histories.push(...found);
    left.push(...found.flatMap(({ history }) => childrenIn(history)));
  }
  const failures: Record<string, Error> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error !== undefined) failures[workflowId] = error;
  }
  return failures;
}

const childrenIn = ({ events }: History): string[] =>
  (events ?? []).flatMap(({ childWorkflowExecutionStartedEventAttributes: child }) => child?.workflowExecution?.workflowId ?? []);

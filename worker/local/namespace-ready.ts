import { setTimeout as delay } from 'node:timers/promises';

import type { Connection } from '@temporalio/client';

import { COLLECTOR } from '../../common/batch';

/**
 * Resolves once the server answers for the namespace.
 * @throws Error `Cannot reach Temporal at "…"` when the signal ends the wait.
 */
export async function connectToNamespace(address: string, namespace: string, signal: AbortSignal): Promise<void> {
  const connection = await lazyConnection(address);
  try {
    for (;;) {
      const problem = await connection
        .withDeadline(Date.now() + 1_000, () => connection.workflowService.describeNamespace({ namespace }))
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      if (problem === undefined) return;
      if (signal.aborted) throw unreachable(address, problem);
      await delay(20);
    }
  } finally {
    await connection.close();
  }
}

/** Counts the runs in the namespace that are not closed; the collector of Message Batches is none, it goes on when there is work again. */
export async function createOpenRunCounter(address: string, namespace: string): Promise<() => Promise<number>> {
  const connection = await lazyConnection(address);
  return async () => {
    const answer = await connection.withDeadline(Date.now() + 3_000, () =>
      connection.workflowService.countWorkflowExecutions({
        namespace,
        query: `ExecutionStatus = 'Running' AND WorkflowType != '${COLLECTOR}'`,
      }),
    );
    return Number(answer.count);
  };
}

/** A connection that is made when first used. The client library takes 200 ms to load, which a starting server can use. */
export async function lazyConnection(address: string): Promise<Connection> {
  const { Connection } = await import('@temporalio/client');
  return Connection.lazy({
    address,
    // A server that is just starting refuses for a moment; the default backs off to seconds.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.min_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 200 },
    interceptors: [],
  });
}

function unreachable(address: string, problem: unknown): Error {
  const why = problem instanceof Error ? problem.message : String(problem);
  return new Error(`Cannot reach Temporal at "${address}": ${why}; check the address and that the server is running`);
}

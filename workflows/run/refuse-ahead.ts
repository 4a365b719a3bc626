import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';

import { ASK_AGAIN } from '../../common/messages';

type Activation = Parameters<NonNullable<WorkflowInternalsInterceptor['activate']>>[0]['activation'];

/**
 * Keeps a query from making the run go ahead of its history.
 *
 * A query that is dispatched just before something happens to its run brings the worker events that no workflow task has begun
 * with yet. The SDK works them in at once, as if it were still the time of the last task, and keeps the run so. A replay finds
 * them later: together with what came by the time of the task, and at its time. When that makes another order of commands, the
 * run can never be replayed: it hangs as soon as its worker is gone. So the activation is refused. That fails the query, which
 * the client asks again, and makes the worker forget the run; the task that follows replays it.
 */
export function refuseAhead(): WorkflowInternalsInterceptor {
  let last: { readonly time: string; readonly length: number } | undefined;
  return {
    activate(input, next) {
      const { activation } = input;
      if (!isQuery(activation)) {
        const now = { time: timeOf(activation), length: activation.historyLength ?? 0 };
        // What belongs to one task, like the end of a local activity, comes at the same length; every task has a time of its own.
        const isAhead = last !== undefined && now.time === last.time && now.length > last.length;
        if (isAhead && activation.isReplaying !== true) throw new Error(ASK_AGAIN);
        last = now;
      }
      next(input);
    },
  };
}

const isQuery = ({ jobs }: Activation): boolean => jobs?.every(({ queryWorkflow }) => queryWorkflow != null) === true;

const timeOf = ({ timestamp }: Activation): string => `${String(timestamp?.seconds)}.${String(timestamp?.nanos)}`;

import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';

import type { Run } from './run';

type Jobs = NonNullable<Parameters<NonNullable<WorkflowInternalsInterceptor['activate']>>[0]['activation']['jobs']>;

// Modules are shared by all workflows of a process; globals are a workflow's own.
const globals = globalThis as { troupeTaskTime?: number };

/**
 * Keeps the time of the task with which something came to the run from outside.
 *
 * `Date.now()` is not always the same in a replay: when a query comes while a local activity runs, the worker ends the task with
 * the activity's result, and hands the result to the run with the next task, at that task's time. A replay hands it over in the
 * first task, at the time at which the activity ended. What goes by such a time, and decides by it whether there is a command,
 * makes a history that cannot be replayed: the run hangs as soon as its worker is gone.
 */
export function keepTaskTime(): WorkflowInternalsInterceptor {
  return {
    activate(input, next) {
      const { jobs, timestamp } = input.activation;
      if (jobs?.some(isFromOutside) === true)
        globals.troupeTaskTime = Number(timestamp?.seconds) * 1_000 + Math.floor(Number(timestamp?.nanos) / 1e6);
      next(input);
    },
  };
}

/** Epoch milliseconds to decide by, the same in every replay. Runs that were opened by an older build go by the clock, as their histories do. */
export function taskTime({ opened }: Pick<Run, 'opened'>): number {
  return opened?.byTaskTime === true ? (globals.troupeTaskTime ?? 0) : Date.now();
}

/** Neither a query nor what a replay has more of, and no result of a local activity. */
const isFromOutside = ({ queryWorkflow, notifyHasPatch, updateRandomSeed, removeFromCache, resolveActivity }: Jobs[number]): boolean =>
  queryWorkflow == null &&
  notifyHasPatch == null &&
  updateRandomSeed == null &&
  removeFromCache == null &&
  resolveActivity?.isLocal !== true;

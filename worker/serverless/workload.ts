import type { Worker } from '@temporalio/worker';

import type { Workload } from './until-done';

/** How many tasks a visit has taken up. */
export interface TaskCounts {
  workflowTasks: number;
  activities: number;
}

interface Counted {
  subscribe(next: (value: number) => void): { unsubscribe(): void };
}

/**
 * What a worker has in flight: workflow tasks and activities, local ones included.
 * @param counts Counted up with each task.
 */
export function workloadOf(worker: Worker, ended: Promise<unknown>, counts: TaskCounts): Workload {
  return {
    ended,
    watch: (onChange) => {
      const inFlight: Record<keyof TaskCounts, number> = { workflowTasks: 0, activities: 0 };
      const follow = (kind: keyof TaskCounts, numbers: Counted) =>
        numbers.subscribe((now) => {
          counts[kind] += Math.max(0, now - inFlight[kind]);
          inFlight[kind] = now;
          onChange(inFlight.workflowTasks + inFlight.activities);
        });
      const followed = [follow('workflowTasks', worker.numInFlightActivations$), follow('activities', worker.numInFlightActivities$)];
      return () => {
        for (const each of followed) each.unsubscribe();
      };
    },
  };
}

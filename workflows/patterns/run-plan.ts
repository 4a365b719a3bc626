import { endsRun } from '../../common/cancellation';
import { FailureType, isFailure } from '../../common/failures';
import type { Subtask } from './plan';
import { stepFailure } from './step-failure';

/** A result that a subtask depends on. */
export interface Needed<Output> {
  /** Id of the subtask it is from. */
  readonly id: string;
  readonly output: Output;
}

interface Planned {
  readonly subtask: Subtask;
  /** Which plan it belongs to, from 0. */
  readonly plan: number;
}

/** What became of a subtask. */
export type SubtaskOutcome<Output> =
  | (Planned & { readonly status: 'done'; readonly output: Output })
  | (Planned & { readonly status: 'failed'; readonly error: unknown })
  /** `because`: ids of what it depends on that failed or was skipped. */
  | (Planned & { readonly status: 'skipped'; readonly because: readonly string[] });

export interface PlanRun<Output> {
  readonly plan: number;
  /** Results by id. What is done before is not done again; what gets done is added. */
  readonly done: Map<string, Output>;
  /** Whether one failed subtask ends it all. */
  readonly failsRun: boolean;
  /** @default all */
  readonly concurrency?: number;
  readonly cancelRest?: () => void;
}

/**
 * Runs every subtask of a valid plan as soon as its dependencies are done, in parallel.
 * @returns what became of each that was not done before, in the order of the plan
 * @throws the first failure when it ends the run or `failsRun` holds
 */
export async function runPlan<Output>(
  subtasks: readonly Subtask[],
  work: (subtask: Subtask, needed: ReadonlyArray<Needed<Output>>) => Promise<Output>,
  { plan, done, failsRun, concurrency = Infinity, cancelRest }: PlanRun<Output>,
): Promise<Array<SubtaskOutcome<Output>>> {
  const open = subtasks.filter(({ id }) => !done.has(id));
  const waiting = new Set(open);
  const running = new Map<string, Promise<void>>();
  const outcomes = new Map<string, SubtaskOutcome<Output>>();
  const fatal: unknown[] = [];

  const run = async (subtask: Subtask): Promise<void> => {
    const { id, depends_on: needs } = subtask;
    try {
      const needed = [...new Set(needs)].map((need) => ({ id: need, output: done.get(need) as Output })); // done, or it were not ready
      const output = await work(subtask, needed);
      done.set(id, output);
      outcomes.set(id, { subtask, plan, status: 'done', output });
    } catch (error) {
      outcomes.set(id, { subtask, plan, status: 'failed', error });
      if (endsRun(error)) fatal.push(error);
      else if (failsRun) fatal.push(stepFailure(`subtask "${id}"`, error));
    }
  };
  const startReady = (): void => {
    for (const subtask of waiting) {
      if (running.size >= concurrency) return;
      if (!subtask.depends_on.every((need) => done.has(need))) continue;
      waiting.delete(subtask);
      running.set(
        subtask.id,
        run(subtask).then(() => void running.delete(subtask.id)),
      );
    }
  };

  for (startReady(); running.size > 0; startReady()) {
    await Promise.race(running.values());
    if (fatal.length > 0) break;
  }
  if (fatal.length > 0) {
    // Open calls fit the budget and are half paid for: when it is reached they may finish. Any other failure ends them.
    if (!isFailure(fatal[0], FailureType.BudgetReached)) cancelRest?.();
    await Promise.all(running.values());
    throw fatal[0];
  }
  for (const subtask of waiting) {
    const because = subtask.depends_on.filter((need) => !done.has(need));
    outcomes.set(subtask.id, { subtask, plan, status: 'skipped', because });
  }
  return open.map(({ id }) => outcomes.get(id) as SubtaskOutcome<Output>); // each was run or skipped
}

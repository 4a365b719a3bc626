import { quoted } from './quoted';

/** One piece of a plan. The name `depends_on` is what planners write. */
export interface Subtask {
  /** Unique in its plan. */
  readonly id: string;
  /** Who does it: a worker of a given set, or a role in words. */
  readonly worker: string;
  readonly instruction: string;
  /** Ids of the subtasks whose results it needs. */
  readonly depends_on: readonly string[];
}

/** What a plan must keep to. */
export interface PlanRules {
  /** Workers that may be named. @default any */
  readonly workers?: readonly string[];
  /** @default 20 */
  readonly maxSubtasks?: number;
  /** Ids that are done already: they may be depended on, and with them a plan may be empty. @default none */
  readonly done?: readonly string[];
}

/** Most subtasks of a plan unless its rules say otherwise. */
export const MAX_SUBTASKS = 20;

/** Everything that is wrong with a plan, each with its reason in words that a planner can act on; empty when it can be carried out. */
export function problemsOfPlan(subtasks: readonly Subtask[], { workers, maxSubtasks = MAX_SUBTASKS, done = [] }: PlanRules = {}): string[] {
  const ids = subtasks.map(({ id }) => id);
  const known = new Set([...ids, ...done]);
  const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
  return [
    ...(subtasks.length === 0 && done.length === 0 ? ['the plan is empty; it needs at least one subtask'] : []),
    ...(subtasks.length > maxSubtasks ? [`the plan has ${subtasks.length} subtasks; at most ${maxSubtasks} are allowed`] : []),
    ...twice.map((id) => `the id "${id}" is given to ${ids.filter((other) => other === id).length} subtasks; each needs its own`),
    ...subtasks.flatMap((subtask) => problemsOfSubtask(subtask, known, workers)),
    ...cyclesOf(subtasks, done).map((cycle) => `the subtasks ${cycle.map((id) => `"${id}"`).join(' → ')} wait for each other`),
  ];
}

function problemsOfSubtask(
  { id, worker, instruction, depends_on: needs }: Subtask,
  known: ReadonlySet<string>,
  workers?: readonly string[],
) {
  const unknown = [...new Set(needs)].filter((need) => !known.has(need));
  const title = `the subtask "${id}"`;
  return [
    ...(id.trim() === '' ? ['a subtask has no id'] : []),
    ...(worker.trim() === '' ? [`${title} names no worker`] : []),
    ...(workers === undefined || workers.includes(worker)
      ? []
      : [`${title} names the unknown worker "${worker}"; the workers are ${quoted(workers)}`]),
    ...(instruction.trim() === '' ? [`${title} has no instruction`] : []),
    ...unknown.map((need) => `${title} depends on "${need}", which is no subtask; the subtasks are ${quoted([...known])}`),
  ];
}

/** Cycles without a common subtask, each from one subtask along its dependencies back to it. */
function cyclesOf(subtasks: readonly Subtask[], done: readonly string[]): string[][] {
  const needs = new Map<string, Set<string>>();
  for (const { id, depends_on: list } of subtasks) {
    if (!done.includes(id)) needs.set(id, new Set([...(needs.get(id) ?? []), ...list]));
  }
  const openNeed = (id: string): string | undefined => [...(needs.get(id) ?? [])].find((need) => needs.has(need));
  const cycles: string[][] = [];
  for (;;) {
    for (let free: string[] = []; ; free.forEach((id) => needs.delete(id))) {
      free = [...needs.keys()].filter((id) => openNeed(id) === undefined);
      if (free.length === 0) break;
    }
    // Whoever is left waits for somebody who is left, so that every way leads into a cycle.
    const [start] = needs.keys();
    if (start === undefined) return cycles;
    const way = [start];
    for (let next = openNeed(start) as string; ; next = openNeed(next) as string) {
      const at = way.indexOf(next);
      way.push(next);
      if (at >= 0) {
        const cycle = way.slice(at);
        cycles.push(cycle);
        cycle.forEach((id) => needs.delete(id));
        break;
      }
    }
  }
}

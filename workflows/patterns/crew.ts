import { endsRun } from '../../common/cancellation';
import { FailureType, failure } from '../../common/failures';
import { quoted } from './quoted';
import { stepFailure } from './step-failure';

/**
 * Crew: members with roles do tasks with expected outputs, one after the other. Each task has its member, or a manager hands it to one and
 * accepts the output or sends it back.
 *
 *   task → its member, or whom the manager names → output → manager accepts? ─ yes, or no manager → next task
 *            ↑                                                │ no: what is missing
 *            └──────────────────── bounded ───────────────────┘
 */
export interface CrewTask {
  readonly name: string;
  /** Who does it. Required without a manager. */
  readonly member?: string | undefined;
  /** Earlier tasks whose outputs it gets. @default all earlier ones */
  readonly context?: readonly string[] | undefined;
}

/** What a member gets besides its task. */
export interface CrewMaterial<Output> {
  readonly context: ReadonlyArray<{ readonly task: string; readonly output: Output }>;
  /** What the manager found missing in the last output, and that output; null for the first. */
  readonly sentBack: { readonly output: Output; readonly feedback: string } | null;
}

export interface CrewManager<Task extends CrewTask, Output> {
  /** Names the member for a task that has none. */
  readonly assign: (task: Task, members: readonly string[]) => Promise<string>;
  readonly accept: (task: Task, output: Output) => Promise<{ readonly accepted: boolean; readonly feedback: string }>;
}

export interface CrewOptions<Task extends CrewTask, Output> {
  /** @default none: tasks in sequence, each by its member */
  readonly manager?: CrewManager<Task, Output>;
  /** How often the manager may send one task back. @default 1 */
  readonly revisions?: number;
}

/** One task and how it was done. */
export interface TaskOutcome<Output> {
  readonly task: string;
  readonly member: string;
  /** `unknown member`: the manager named nobody of the crew, and the first member did it. */
  readonly assignedBy: 'task' | 'manager' | 'unknown member';
  readonly output: Output;
  /** Whether the manager accepted it in the end; null without a manager. */
  readonly accepted: boolean | null;
  /** What the manager sent back, in order. */
  readonly sentBack: ReadonlyArray<{ readonly output: Output; readonly feedback: string }>;
}

export interface CrewResult<Output> {
  /** Output of the last task. */
  readonly output: Output;
  readonly tasks: ReadonlyArray<TaskOutcome<Output>>;
}

/**
 * Has a crew do its tasks in order. At most `tasks × (1 + revisions)` pieces of work.
 * @throws the failure of a member or the manager, with the task named; InvalidInput with all reasons when crew and tasks do not fit
 * @throws RangeError when `revisions` is no whole number from 0
 */
export async function crew<Task extends CrewTask, Output>(
  { members, tasks }: { readonly members: readonly string[]; readonly tasks: readonly Task[] },
  work: (task: Task, member: string, material: CrewMaterial<Output>) => Promise<Output>,
  { manager, revisions = 1 }: CrewOptions<Task, Output> = {},
): Promise<CrewResult<Output>> {
  checkCrew({ members, tasks, managed: manager !== undefined });
  if (!Number.isInteger(revisions) || revisions < 0) {
    throw new RangeError(`Cannot run the crew: 'revisions' must be a whole number from 0; current value is ${revisions}`);
  }
  const outcomes: Array<TaskOutcome<Output>> = [];
  for (const task of tasks) {
    try {
      outcomes.push(await perform(task));
    } catch (error) {
      throw endsRun(error) ? error : stepFailure(`task "${task.name}"`, error);
    }
  }
  const last = outcomes.at(-1) as TaskOutcome<Output>; // there is one task at least
  return { output: last.output, tasks: outcomes };

  async function perform(task: Task): Promise<TaskOutcome<Output>> {
    const { member, assignedBy } = await assigned(task);
    const context = outcomes
      .filter(({ task: name }) => task.context?.includes(name) ?? true)
      .map(({ task: name, output }) => ({ task: name, output }));
    const sentBack: Array<{ output: Output; feedback: string }> = [];
    for (;;) {
      const output = await work(task, member, { context, sentBack: sentBack.at(-1) ?? null });
      const { accepted, feedback } = (await manager?.accept(task, output)) ?? { accepted: null, feedback: '' };
      if (accepted !== false || sentBack.length >= revisions) {
        return { task: task.name, member, assignedBy, output, accepted, sentBack };
      }
      sentBack.push({ output, feedback });
    }
  }

  async function assigned(task: Task): Promise<Pick<TaskOutcome<Output>, 'member' | 'assignedBy'>> {
    if (task.member !== undefined) return { member: task.member, assignedBy: 'task' };
    const named = await (manager as CrewManager<Task, Output>).assign(task, members); // checked: without a manager each task has a member
    return members.includes(named)
      ? { member: named, assignedBy: 'manager' }
      : { member: members[0] as string, assignedBy: 'unknown member' };
  }
}

interface CrewShape {
  readonly members: readonly string[];
  readonly tasks: readonly CrewTask[];
  readonly managed: boolean;
}

function checkCrew({ members, tasks, managed }: CrewShape): void {
  const names = tasks.map(({ name }) => name);
  const problems = [
    ...(members.length === 0 ? ['there is no member'] : []),
    ...(tasks.length === 0 ? ['there is no task'] : []),
    ...twice(members).map((name) => `the member "${name}" is given twice`),
    ...twice(names).map((name) => `the task "${name}" is given twice`),
    ...tasks.flatMap(({ name, member, context = [] }, at) => [
      ...(member === undefined && !managed ? [`the task "${name}" names no member, and there is no manager`] : []),
      ...(member === undefined || members.includes(member) ? [] : [`the task "${name}" names "${member}", who is no member`]),
      ...context
        .filter((other) => !names.slice(0, at).includes(other))
        .map((other) => `the task "${name}" needs "${other}", which is no earlier task`),
    ]),
  ];
  if (problems.length === 0) return;
  throw failure({
    type: FailureType.InvalidInput,
    message: `Cannot run the crew: ${problems.join('; ')}; the members are ${quoted(members)}`,
    details: { reasons: problems },
  });
}

const twice = (names: readonly string[]): string[] => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];

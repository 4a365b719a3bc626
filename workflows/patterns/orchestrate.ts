import { endsRun } from '../../common/cancellation';
import { FailureType, failure } from '../../common/failures';
import { problemsOfPlan, type PlanRules, type Subtask } from './plan';
import { runPlan, type Needed, type SubtaskOutcome } from './run-plan';
import { reasonOf } from './step-failure';

export type { PlanRules, Subtask } from './plan';
export type { Needed, SubtaskOutcome } from './run-plan';

/**
 * Orchestrate: a planner splits a goal, workers do the parts as soon as what they depend on is done, and one answer is made of it.
 *
 *   plan → valid? ─ yes → workers, by dependencies, in parallel → all done? ─ yes → synthesise
 *    ↑       │ no: the problems                                      │ no
 *    ├───────┘ bounded                                               │
 *    └──────────────── what is done, what failed ────────────────────┘ bounded, then skipped or failed
 */
export interface OrchestrateSteps<Output, Final> {
  readonly plan: (request: PlanRequest<Output>) => Promise<readonly Subtask[]>;
  /** Does one subtask; gets the results that it depends on and no others. */
  readonly work: (subtask: Subtask, needed: ReadonlyArray<Needed<Output>>) => Promise<Output>;
  /** Makes one answer. At least one subtask is done. */
  readonly synthesise: (work: OrchestratedWork<Output>) => Promise<Final>;
}

/** What the planner is told. */
export interface PlanRequest<Output> {
  /** What is wrong with the plan it gave before; empty when it is asked for the first time. */
  readonly problems: readonly string[];
  /** The plan that was refused, or the one that did not work out; null at first. */
  readonly previous: readonly Subtask[] | null;
  /** What is done and stays so: a subtask of the same id in the new plan is not done again. */
  readonly done: ReadonlyArray<Needed<Output>>;
  /** What failed in the previous plan, and why. */
  readonly failed: ReadonlyArray<{ readonly subtask: Subtask; readonly reason: string }>;
}

export interface OrchestrateOptions extends Omit<PlanRules, 'done'> {
  /** How often the planner is asked again for one plan when it cannot be carried out. @default 2 */
  readonly repairs?: number;
  /** How many new plans may follow failed workers. @default 1 */
  readonly replans?: number;
  /** When workers failed and no new plan is left or to be had: fail, or skip what depends on them. @default 'skip' */
  readonly ifWorkersFail?: 'fail' | 'skip';
  /** How many workers run at once. @default all */
  readonly concurrency?: number;
  /** Hears of each plan before it is carried out. */
  readonly onPlan?: (plan: Plan) => void;
  /** Hears why there was no new plan; only with `ifWorkersFail: 'skip'`. */
  readonly onReplanFailed?: (error: unknown) => void;
  /** Ends the workers still open when the work is bound to fail. Without it they run to their end. */
  readonly cancelRest?: () => void;
}

/** A plan that was carried out. */
export interface Plan {
  readonly subtasks: readonly Subtask[];
  /** What was wrong with the plans that the planner gave before this one. */
  readonly refused: ReadonlyArray<{ readonly subtasks: readonly Subtask[]; readonly problems: readonly string[] }>;
}

export interface OrchestratedWork<Output> {
  /** Every plan, in order. */
  readonly plans: readonly Plan[];
  /** What became of every subtask of every plan, in order; what a later plan takes over as done stands only where it was done. */
  readonly outcomes: ReadonlyArray<SubtaskOutcome<Output>>;
  /** Results of all that is done, in order. */
  readonly done: ReadonlyArray<Needed<Output>>;
  /** Subtasks of the last plan that failed or were skipped: what the answer lacks. */
  readonly missing: ReadonlyArray<Exclude<SubtaskOutcome<Output>, { readonly status: 'done' }>>;
  readonly replans: number;
}

export interface OrchestrateResult<Output, Final> extends OrchestratedWork<Output> {
  readonly output: Final;
}

/**
 * Plans, carries out and synthesises. At most `(1 + replans) × (1 + repairs)` plans are asked for.
 * @throws StepFailed with the problems when a plan cannot be carried out after all repairs
 * @throws StepFailed, or the one worker's failure with its subtask named, when workers fail and `ifWorkersFail` is 'fail' or nothing is done
 * @throws the failure of `plan` and of `synthesise`; RangeError when a limit cannot hold
 */
export async function orchestrate<Output, Final>(
  steps: OrchestrateSteps<Output, Final>,
  options: OrchestrateOptions = {},
): Promise<OrchestrateResult<Output, Final>> {
  const limits = checkedLimits(options);
  const { replans: mostReplans, ifWorkersFail } = limits;
  const plans: Plan[] = [];
  const outcomes: Array<SubtaskOutcome<Output>> = [];
  const done = new Map<string, Output>();
  let last: ReadonlyArray<SubtaskOutcome<Output>> = [];

  for (let plan = await firstPlan(); plan !== null;) {
    plans.push(plan);
    options.onPlan?.(plan);
    const failsRun = ifWorkersFail === 'fail' && plans.length > mostReplans;
    last = await runPlan(plan.subtasks, steps.work, { ...options, plan: plans.length - 1, done, failsRun });
    outcomes.push(...last);
    const complete = last.every(({ status }) => status === 'done');
    plan = complete || plans.length > mostReplans ? null : await nextPlan(plan.subtasks);
  }
  if (done.size === 0) throw nothingDone(last);
  const missing = last.filter((outcome) => outcome.status !== 'done');
  const work = { plans, outcomes, done: doneList(done), missing, replans: plans.length - 1 };
  return { ...work, output: await steps.synthesise(work) };

  async function firstPlan(): Promise<Plan | null> {
    return askForPlan(steps.plan, { previous: null, done: [], failed: [] }, limits);
  }

  async function nextPlan(previous: readonly Subtask[]): Promise<Plan | null> {
    const failed = last.flatMap((one) => (one.status === 'failed' ? [{ subtask: one.subtask, reason: reasonOf(one.error) }] : []));
    try {
      return await askForPlan(steps.plan, { previous, done: doneList(done), failed }, limits);
    } catch (error) {
      if (endsRun(error) || ifWorkersFail === 'fail') throw error;
      options.onReplanFailed?.(error);
      return null;
    }
  }
}

const doneList = <Output>(done: ReadonlyMap<string, Output>): Array<Needed<Output>> => [...done].map(([id, output]) => ({ id, output }));

type Limits = Required<Pick<OrchestrateOptions, 'repairs' | 'replans' | 'ifWorkersFail'>> & PlanRules;

async function askForPlan<Output>(
  ask: (request: PlanRequest<Output>) => Promise<readonly Subtask[]>,
  request: Omit<PlanRequest<Output>, 'problems'>,
  { repairs, ...rules }: Limits,
): Promise<Plan> {
  const refused: Array<Plan['refused'][number]> = [];
  const done = request.done.map(({ id }) => id);
  for (;;) {
    const { subtasks: previous, problems } = refused.at(-1) ?? { subtasks: request.previous, problems: [] };
    const subtasks = await ask({ ...request, previous, problems });
    const found = problemsOfPlan(subtasks, { ...rules, done });
    if (found.length === 0) return { subtasks, refused };
    refused.push({ subtasks, problems: found });
    if (refused.length <= repairs) continue;
    throw failure({
      type: FailureType.StepFailed,
      message: `Cannot carry out the plan: ${found.join('; ')}; the planner was asked ${refused.length} times`,
      details: { reasons: found },
    });
  }
}

function nothingDone(outcomes: ReadonlyArray<SubtaskOutcome<unknown>>): Error {
  const reasons = outcomes.flatMap((one) => (one.status === 'failed' ? [`subtask "${one.subtask.id}": ${reasonOf(one.error)}`] : []));
  return failure({
    type: FailureType.StepFailed,
    message: `Cannot make an answer: no subtask was done; ${reasons.join('; ')}`,
    details: { reasons },
  });
}

function checkedLimits({
  repairs = 2,
  replans = 1,
  ifWorkersFail = 'skip',
  workers,
  maxSubtasks,
  concurrency = 1,
}: OrchestrateOptions): Limits {
  for (const [name, value, least] of [
    ['repairs', repairs, 0],
    ['replans', replans, 0],
    ['maxSubtasks', maxSubtasks ?? 1, 1],
    ['concurrency', concurrency, 1],
  ] as const) {
    if (Number.isInteger(value) && value >= least) continue;
    throw new RangeError(`Cannot orchestrate: '${name}' must be a whole number from ${least}; current value is ${value}`);
  }
  return { repairs, replans, ifWorkersFail, ...(workers && { workers }), ...(maxSubtasks !== undefined && { maxSubtasks }) };
}

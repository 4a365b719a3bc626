import { AsyncLocalStorage } from '@temporalio/workflow';

import type { Lane } from '../../common/call';
import { addLedger, addSpend, EMPTY_LEDGER, settledPico, type CallSpend, type Ledger } from '../../common/ledger';
import type { JobProgress } from '../../common/job';
import { toUsd } from '../../common/money';
import { promptTokens } from '../../common/pricing';
import type { Artifact, Blackboard, Degradation, OpenedRun, RunProgress, StepProgress } from '../../common/run';
import { openBudget, type Budget } from './budget';
import type { Waiter } from './grants';
import { openReviewsOf, reviewsOf, type Gate } from './review-state';

/** Everything a run keeps beside its pipeline's own code. Only the workflow writes it. */
export interface Run {
  readonly pipeline: string;
  readonly subject: string;
  /** Set once `openRun` has answered. */
  opened: OpenedRun | null;
  status: RunProgress['status'];
  stage: string | null;
  /** Epoch milliseconds; 0 before the first write of search attributes. */
  attributesWrittenAt: number;
  ledger: Ledger;
  budget: Budget;
  /** Calls that wait for a larger grant, by step. */
  readonly waiters: Map<string, Waiter>;
  paused: boolean;
  /** The latest change of its lane, a new object each time; undefined while the lane is that of its options. */
  laneChange: { readonly lane: Lane } | undefined;
  readonly steps: Map<string, StepProgress>;
  readonly artifacts: Artifact[];
  readonly degraded: Degradation[];
  readonly errors: Array<Blackboard['errors'][number]>;
  /** What signals and updates asked for and the run has not done yet. */
  readonly steering: Array<() => void>;
  /** Calls that have not ended. */
  readonly open: Set<Promise<unknown>>;
  /** Review gates by name, in the order of their opening. */
  readonly gates: Map<string, Gate>;
  /** How often each step path was claimed. */
  readonly claims: Map<string, number>;
  /** Turns that a Message Batch has answered, by ticket. */
  readonly answeredTickets: Set<string>;
  /** Turns that were to leave their batch and had been sent, by ticket. */
  readonly staying: Set<string>;
  /** Its job keeps its outcome, unless it is long. */
  keptByJob: boolean;
  /** Its job has asked to be told of the end. */
  tellsEnd: boolean;
  /** Tells how far the rows are, when the run is a job. */
  jobProgress: (() => JobProgress) | null;
}

// All workflows of a process share this module; the sandbox gives each its own globals, and only those.
const globals = globalThis as { troupeRun?: Run };

// Not exported: what a shared module exports is frozen.
const stages = new AsyncLocalStorage<string>();

/** The stage that the calling code belongs to, also when stages run side by side. */
export const currentStage = (): string | undefined => stages.getStore();

/** Runs a body whose calls belong to the stage. */
export const inStage = <Result>(name: string, body: () => Result): Result => stages.run(name, body);

export function beginRun(pipeline: string, subject: string): Run {
  const run: Run = {
    pipeline,
    subject,
    opened: null,
    status: 'opening',
    stage: null,
    attributesWrittenAt: 0,
    ledger: EMPTY_LEDGER,
    budget: openBudget({ pico: null, tokens: null }),
    waiters: new Map(),
    paused: false,
    laneChange: undefined,
    steps: new Map(),
    artifacts: [],
    degraded: [],
    errors: [],
    steering: [],
    open: new Set(),
    gates: new Map(),
    claims: new Map(),
    answeredTickets: new Set(),
    staying: new Set(),
    keptByJob: false,
    tellsEnd: false,
    jobProgress: null,
  };
  globals.troupeRun = run;
  return run;
}

/** The run of this workflow; undefined before it begins, and in a workflow that is none. */
export const runHere = (): Run | undefined => globals.troupeRun;

export function currentRun(): Run {
  const run = runHere();
  if (run === undefined) throw new Error('Cannot use a run outside of a workflow: no pipeline has been started here');
  return run;
}

export function openedRun(run: Run): OpenedRun {
  if (run.opened === null) throw new Error('Cannot call an agent yet: the run has not been opened');
  return run.opened;
}

/** The lane that the run's calls take by now. */
export const runLane = (run: Run): Lane => run.laneChange?.lane ?? openedRun(run).options.lane ?? 'interactive';

/**
 * Claims a step path: `agent[/label]`, with `#2` and so on from the second use. Paths are claimed in the order of the
 * calls, so they are the same in every replay.
 */
export function claimStep(run: Run, agent: string, label: string | undefined): string {
  const path = label === undefined ? agent : `${agent}/${label}`;
  const count = (run.claims.get(path) ?? 0) + 1;
  run.claims.set(path, count);
  return count === 1 ? path : `${path}#${count}`;
}

export function updateStep(run: Run, step: string, change: Partial<StepProgress>): void {
  const known = run.steps.get(step);
  if (known !== undefined) run.steps.set(step, { ...known, ...change });
}

/** Adds what a closed call spent to the ledger and to its line of the progress. */
export function recordSpend(run: Run, { step, agent }: { step: string; agent: string }, spend: CallSpend): void {
  run.ledger = addSpend(run.ledger, agent, spend);
  const usages = spend.settled.map(({ usage }) => usage);
  updateStep(run, step, {
    inputTokens: usages.reduce((sum, usage) => sum + promptTokens(usage), 0),
    outputTokens: usages.reduce((sum, usage) => sum + usage.output_tokens, 0),
    costUsd: toUsd(settledPico(spend)),
    model: spend.settled.at(-1)?.model ?? run.steps.get(step)?.model ?? null,
  });
}

/** A run waits when a person is all that it waits for. */
function statusOf(run: Run, job: JobProgress | undefined): RunProgress['status'] {
  if (run.status !== 'running') return run.status;
  if (run.paused) return 'paused';
  if (job !== undefined && job.hold !== null) return 'waiting';
  const waiting = run.open.size === 0 && [...run.gates.values()].some(({ state }) => state === 'open');
  return waiting ? 'waiting' : 'running';
}

/** Adds a closed child's ledger, line by line, and sums it up in the child's line of the progress. */
export function recordLedger(run: Run, step: string, ledger: Ledger): void {
  run.ledger = addLedger(run.ledger, ledger);
  updateStep(run, step, {
    inputTokens: ledger.lines.reduce((sum, { usage }) => sum + promptTokens(usage), 0),
    outputTokens: ledger.lines.reduce((sum, { usage }) => sum + usage.output_tokens, 0),
    costUsd: toUsd(settledPico(ledger)),
  });
}

export function runProgress(run: Run): RunProgress {
  const job = run.jobProgress?.();
  return {
    pipeline: run.pipeline,
    subject: run.subject,
    status: statusOf(run, job),
    stage: run.stage,
    steps: [...run.steps.values()],
    degraded: run.degraded,
    costUsd: toUsd(settledPico(run.ledger)),
    uncertainUsd: toUsd(run.ledger.uncertainPico),
    budgetUsd: run.budget.limit.pico === null ? null : toUsd(run.budget.limit.pico),
    budgetTokens: run.budget.limit.tokens,
    simulated: run.opened?.simulated ?? false,
    reviews: openReviewsOf(run.gates),
    ...(job !== undefined && { job }),
  };
}

export function blackboardOf(run: Run): Blackboard {
  return {
    artifacts: run.artifacts,
    steps: [...run.steps.values()],
    degraded: run.degraded,
    errors: run.errors,
    ...(run.gates.size > 0 && { reviews: reviewsOf(run.gates) }),
  };
}

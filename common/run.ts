import type { Lane } from './call';
import type { JobProgress, JobRow } from './job';
import type { Ledger, LedgerView } from './ledger';
import type { ModelRates } from './pricing';
import type { OpenReview, Review, ReviewRecord } from './review';

/** Second argument of every Workflow Type. All optional. */
export interface RunOptions {
  /** Dollars that the run may cost at most. */
  readonly budgetUsd?: number;
  /** Tokens, prompts and answers together, that the run may use at most. */
  readonly budgetTokens?: number;
  /** @default 'interactive' */
  readonly lane?: Lane;
  /** Milliseconds from the start after which the run no longer starts calls. */
  readonly deadlineMs?: number;
  /** Use answers that an earlier run paid for when the request is unchanged. @default false */
  readonly reuse?: boolean;
  /** Ties logs of many runs together. @default the Workflow Id */
  readonly traceId?: string;
  /** Set by a job: the run works on one of its rows, and its input is in the store. */
  readonly job?: JobRow;
}

/** What `openRun` found out before the first call; recorded in history. */
export interface OpenedRun {
  /** The input with defaults filled in. */
  readonly input: unknown;
  readonly options: RunOptions;
  readonly storeId: string;
  /** True when Claude is the simulator. */
  readonly simulated: boolean;
  /** Whether the name of the first stage may wait for a later write. Absent in runs from before, which wrote it at once. */
  readonly stageLater?: true;
  /** Whether its workflow decides by the time of its tasks and not by the clock. @default false: an older build opened it */
  readonly byTaskTime?: true;
  /** Whether what a job does next follows from events alone, and from no local activity. @default false: an older build opened it */
  readonly byEvents?: true;
  /** Model and rates of each tier at the start of the run; used to size grants. */
  readonly rateCard: { readonly [tier: string]: { readonly model: string; readonly rates: ModelRates | null } };
}

export type StepState = 'pending' | 'running' | 'waiting' | 'done' | 'skipped' | 'failed' | 'degraded' | 'cancelled';

/** One call of the run, as the `progress` query shows it. */
export interface StepProgress {
  /** Step path, also the activityId. */
  readonly step: string;
  /** Name of the agent, the tool or the child's pipeline. */
  readonly agent: string;
  /** Tools are free of charge and have no model; a child's numbers are those of all its calls. @default 'agent' */
  readonly kind?: 'agent' | 'tool' | 'child';
  readonly label: string;
  readonly stage: string | null;
  readonly state: StepState;
  readonly model: string | null;
  /** Prompt tokens billed so far, cache included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** Epoch milliseconds on the server's clock. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it failed or was degraded, or what it waits for. */
  readonly reason?: string | undefined;
}

/** Answer to the `progress` query. */
export interface RunProgress {
  readonly pipeline: string;
  readonly subject: string;
  readonly status: 'opening' | 'running' | 'paused' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'budget-reached';
  readonly stage: string | null;
  readonly steps: readonly StepProgress[];
  readonly degraded: readonly Degradation[];
  readonly costUsd: number;
  readonly uncertainUsd: number;
  readonly budgetUsd: number | null;
  /** Absent from runs of releases that did not tell. */
  readonly budgetTokens?: number | null;
  readonly simulated: boolean;
  /** Gates that wait for a person. Absent in runs of workers from before there were any. */
  readonly reviews?: readonly OpenReview[];
  /** Present when the run is a job: its rows are not among the steps. */
  readonly job?: JobProgress;
}

/** What a result lacks, and what stands in for it. */
export interface Degradation {
  readonly step: string;
  readonly reason: string;
  /** What was used instead, in words. */
  readonly instead: string;
}

/** One artifact of the run's shared state. */
export interface Artifact {
  readonly key: string;
  /** The agent that wrote it, or the tool that found it. */
  readonly agent: string;
  readonly step: string;
  readonly value: unknown;
}

/** Answer to the `blackboard` query, and the partial result of a run that did not complete. */
export interface Blackboard {
  readonly artifacts: readonly Artifact[];
  readonly steps: readonly StepProgress[];
  readonly degraded: readonly Degradation[];
  readonly errors: ReadonlyArray<{ readonly step: string; readonly type: string; readonly message: string }>;
  /** Every gate there was, in the order of their opening. Absent when there was none. */
  readonly reviews?: readonly Review[];
}

/** What a run can be to whoever lists runs. */
export const RUN_STATUSES = ['running', 'completed', 'failed', 'cancelled', 'budget-reached'] as const;

/** What every Workflow Type returns: the pipeline's own result and how it came about. */
export interface RunOutcome<Result = unknown> {
  readonly result: Result;
  readonly ledger: LedgerView;
  readonly degraded: readonly Degradation[];
  readonly simulated: boolean;
  /** Who answered which gate, when and how. Absent when there was none. */
  readonly reviews?: readonly ReviewRecord[];
  /** The row of a job that this is the outcome of: the job keeps it. Absent when the run has kept it itself. */
  readonly keepFor?: KeepFor;
}

/** Where the outcome of a row belongs. */
export type KeepFor = Pick<JobRow, 'folder' | 'row'>;

/** Kept in the memo under `Memo.partial` before a run closes other than completed. */
export interface PartialWork {
  /** Key in the store of `{ blackboard, ledger }`; null when the store could not be written. */
  readonly ref: string | null;
  readonly ledger: LedgerView;
  readonly status: 'failed' | 'cancelled' | 'budget-reached';
  readonly simulated: boolean;
}

/** Memo fields. Small: Temporal warns over 2 KiB. */
export const Memo = { partial: 'troupePartial', simulated: 'troupeSimulated', input: 'troupeInputHash', subject: 'troupeSubject' } as const;

/** What is stored under `PartialWork.ref`. */
export interface KeptWork {
  readonly blackboard: Blackboard;
  readonly ledger: Ledger;
}

import type { Lane } from '../../common/call';
import type { JobHold, RowRange, RowStatus } from '../../common/job';
import { totalOf } from '../../common/ledger';
import type { PipelineInput } from '../../common/pipelines/types';
import type { OpenedJob } from '../../activities/jobs/open-job';
import type { DoneRow, StartedRow } from '../../activities/jobs/row-outcomes';
import { grant, type Amount } from '../run/budget';
import type { Run } from '../run/run';

export type JobInput = PipelineInput<'batchJob'>;
export type CarriedJob = NonNullable<JobInput['carried']>;

/** A row that is not done, for the result. */
export interface FailedRow {
  readonly row: number;
  readonly key: string;
  readonly status: RowStatus;
  readonly reason: string;
}

/** A row that is under way. */
export interface OpenRow extends StartedRow {
  /** What it may cost at most; null without a cap. */
  readonly slice: Amount | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** It was asked to tell when it ends. */
  readonly asked?: boolean;
}

/** A row that is done and not written down. */
export interface UnkeptRow {
  readonly done: DoneRow;
  readonly kept: () => void;
}

/** Where a job stands. Only the job's own workflow writes it. */
export interface Job {
  readonly run: Run;
  readonly input: JobInput;
  readonly manifest: string;
  readonly folder: string;
  readonly count: number;
  /** Rows that an earlier start has done. */
  readonly finished: readonly RowRange[];
  /** Rows take the answers that are there: an earlier start of the job may have paid for them. */
  readonly reuse: boolean;
  /** The first row that has not been looked at. */
  next: number;
  /** Rows that had too little money and are to be started again, with their answers. */
  again: number[];
  /** Rows whose runs this run of the job is waiting for. */
  readonly running: Map<number, OpenRow>;
  /** Rows whose runs were started by an earlier run of the job. */
  readonly followed: Map<number, OpenRow>;
  /** One of those has told that it ends. */
  rowEnded: boolean;
  /** Rows that have left their outcomes to the job and wait to be kept. */
  readonly unkept: UnkeptRow[];
  /** How many of those there are, with those that are being kept. */
  keeping: number;
  /** Rows that this run of the job has started. */
  started: number;
  done: number;
  failed: number;
  /** Milliseconds that the rows which have ended took, all together. */
  rowMs: number;
  readonly failures: FailedRow[];
  /** See `sliceFor`. */
  rowNeed: Amount;
  concurrency: number;
  /** Of the rows; that of the job's options unless set. */
  lane: Lane | undefined;
  /** A person has seen the sample, or there is none. */
  sampled: boolean;
  /** Rows that wait for a person, and the Workflow Id to answer. */
  readonly persons: Map<number, string>;
  /** Rows that still wait for a batch although their lane is interactive by now. */
  readonly inBatch: Set<number>;
  hold: JobHold | null;
  /** What went wrong with the job itself, so that it cannot go on. */
  broken: { readonly error: unknown } | null;
  /** Epoch milliseconds of the job's first start. */
  readonly startedAt: number;
}

/** Failures that the result shows; the store has all of them. */
export const SHOWN_FAILURES = 20;

export function newJob(run: Run, input: JobInput, { manifest, folder, count, finished, startedBefore }: OpenedJob): Job {
  return {
    run,
    input,
    manifest,
    folder,
    count,
    finished,
    reuse: startedBefore === true || run.opened?.options.reuse === true,
    next: 1,
    again: [],
    running: new Map(),
    followed: new Map(),
    rowEnded: false,
    unkept: [],
    keeping: 0,
    started: 0,
    done: 0,
    failed: 0,
    rowMs: 0,
    failures: [],
    rowNeed: { pico: 0, tokens: 0 },
    concurrency: input.concurrency,
    lane: input.rowLane,
    sampled: input.sample === undefined,
    persons: new Map(),
    inBatch: new Set(),
    hold: null,
    broken: null,
    startedAt: Date.now(),
  };
}

/** A job that goes on where its last run stopped. */
export function continuedJob(run: Run, input: JobInput, carried: CarriedJob): Job {
  const { open, again, failures, ledger, limit, paused, finished, persons, inBatch, lane, ...rest } = carried;
  run.paused = paused;
  run.ledger = ledger as unknown as Run['ledger']; // out of the last run's hands
  run.budget = { ...run.budget, limit, spent: totalOf(run.ledger) };
  for (const { row, slice } of open) if (slice !== null) run.budget = grant(run.budget, holderOf(row), slice);
  return {
    run,
    input,
    finished: finished as readonly RowRange[],
    reuse: run.opened?.options.reuse === true,
    again: [...again],
    running: new Map(),
    followed: new Map(open.map((row) => [row.row, row])),
    rowEnded: false,
    unkept: [],
    keeping: 0,
    started: 0,
    failures: failures as FailedRow[],
    lane: lane ?? input.rowLane,
    persons: new Map(persons),
    inBatch: new Set(inBatch),
    hold: null,
    broken: null,
    ...rest,
  };
}

/**
 * The end of a local activity may reach a run one task later than it reaches the replay, so in runs that were opened by this
 * build no command follows from one.
 */
export const decidesByEvents = ({ run }: Pick<Job, 'run'>): boolean => run.opened?.byEvents === true;

/** The lane that rows take by now. */
export const laneOfRows = ({ lane, run }: Pick<Job, 'lane' | 'run'>): Lane => lane ?? run.opened?.options.lane ?? 'interactive';

/** The name under which a row holds its part of the budget. */
export const holderOf = (row: number): string => `row/${row}`;

/** What the next run of the job needs to know. Rows that are under way come along as they are. */
export function carriedOf(job: Job): CarriedJob {
  const { run, manifest, folder, count, finished, next, again, done, failed, failures } = job;
  const { rowNeed, rowMs, concurrency, lane, sampled, startedAt } = job;
  const open = [...job.running.values(), ...job.followed.values()];
  return {
    manifest,
    folder,
    count,
    finished: finished.map(([first, last]) => [first, last]),
    next,
    again,
    // Asked again by the next run; a build from before would not take it.
    open: open.map(({ asked: _asked, ...row }) => row),
    done,
    failed,
    failures: failures.map((failure) => ({ ...failure })),
    ledger: run.ledger as unknown as CarriedJob['ledger'],
    limit: run.budget.limit,
    rowNeed,
    rowMs,
    concurrency,
    ...(lane !== undefined && { lane }),
    paused: run.paused,
    sampled,
    persons: [...job.persons],
    ...(job.inBatch.size > 0 && { inBatch: [...job.inBatch] }),
    startedAt,
  };
}

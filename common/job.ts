import type { Lane } from './call';
import type { Currency } from './failures';
import type { LargeOutput } from './large-output';
import { settledPico, type Ledger } from './ledger';
import { toUsd, type PicoUsd } from './money';
import type { Degradation, OpenedRun } from './run';

/** What a run is told that works on one row of a job. Its input is in the store. */
export interface JobRow {
  /** Workflow Id of the job. */
  readonly job: string;
  /** Folder in the store where the outcomes of the job's rows are kept. */
  readonly folder: string;
  /** From 1, in the order of the file. */
  readonly row: number;
  readonly key: string;
  /** Store key of the page that has the row's input. */
  readonly page: string;
  /** Place on the page, from 0. */
  readonly at: number;
}

/** First argument of the run of a row: what its job has found out for it. Null in runs of jobs of workers from before. */
export interface RowStart {
  /** What `openRun` would find out; null when it is left to the run itself, because the input is long or does not fit. */
  readonly opened: Omit<OpenedRun, 'options'> | null;
  /** Whether the job keeps a short outcome. Not that of a row which had one before: if the job were gone, nobody would look for a later one. */
  readonly keeps: boolean;
}

/** A row as it was handed in. */
export interface GivenRow {
  readonly key: string;
  /** Input of the pipeline, checked, defaults filled in. */
  readonly input: unknown;
  /** Cells of the file it came from, by column, for the output. */
  readonly cells?: Readonly<Record<string, string>>;
  /** The columns in the order of the file, where an object cannot keep it: names that are whole numbers come first in one. */
  readonly columns?: readonly string[];
  /** What it came from, when a ready column map has read it: the output has the same form. */
  readonly origin?: RowOrigin;
}

/** A row of a file that does not fit the pipeline. */
export interface BadRow {
  readonly line: number;
  /** What names it in the file; absent when it has no key, or cannot be read. */
  readonly key?: string;
  readonly reason: string;
}

/** How rows are read: `plain` by the names of their columns or fields, the others by a ready map of another system's names. */
export const MAP_FORMATS = ['plain', 'shopify', 'reso'] as const;
export type MapFormat = (typeof MAP_FORMATS)[number];

/** What a row was in a file of another system. */
export type RowOrigin =
  /** The lines of a product, cell by cell, as they stand in the export. */
  | { readonly format: 'shopify'; readonly columns: readonly string[]; readonly lines: ReadonlyArray<readonly string[]> }
  /** What names the property; what it was called there is absent here. */
  | { readonly format: 'reso'; readonly record: Readonly<Partial<Record<'ListingKey' | 'ListingId', string>>> };

/** What names a row: only texts and numbers do; empty for anything else. */
export const rowKeyOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');

/** A key as the end of a Workflow Id, a different one for each key. A slash would make the row of one job look like that of another. */
export const keyInId = (key: string): string =>
  key.replaceAll(/[%/\p{Cc}\p{Cs}]/gu, (character) =>
    // Half of a character, as JSON may have it, is no part of any text that Temporal takes.
    /\p{Cs}/u.test(character) ? `%u${character.charCodeAt(0).toString(16)}` : encodeURIComponent(character),
  );

/** Up to `PAGE_ROWS` rows of a job, kept in the store. */
export interface JobPage {
  readonly rows: readonly GivenRow[];
}

/** All rows of a job; every page but the last has `PAGE_ROWS` rows. */
export interface JobManifest {
  /** Workflow Type of the rows. */
  readonly pipeline: string;
  readonly count: number;
  /** Store keys of the pages, in the order of the file. */
  readonly pages: readonly string[];
}

export const PAGE_ROWS = 200;

/** Temporal takes 2,000 children of one run at a time; half of it leaves room for what they are doing. */
export const MOST_ROWS_AT_ONCE = 1_000;

/** Temporal priority of rows, and of all that they call: people who wait come first. */
export const JOB_PRIORITY = 4;

/** Characters of JSON. The history of a row and that of its job have a result of this length, too: five hundred of them are a megabyte. */
const SHORT_RESULT = 2_000;

export const isShortResult = (json: string): boolean => json.length <= SHORT_RESULT;

export const ROW_STATUSES = ['done', 'failed', 'cancelled', 'budget-reached'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** What has become of a row, kept in the job's folder. */
export interface RowOutcome {
  readonly row: number;
  readonly key: string;
  readonly status: RowStatus;
  readonly workflowId: string;
  /** First run of the row's workflow. */
  readonly runId: string;
  /** Stands for the row's result; null unless done, and when `value` has it. */
  readonly result: LargeOutput | null;
  /** The result itself when its JSON is short: one write and one read less for each row. */
  readonly value?: unknown;
  /** Why it is not done; null when it is. */
  readonly reason: string | null;
  /** Which caps of a budget that was reached were too low; absent in outcomes of workers from before. */
  readonly short?: readonly Currency[];
  readonly degraded: readonly Degradation[];
  /** Of the run that came to this outcome. */
  readonly ledger: Ledger;
  /** What earlier runs of the same row have cost; absent when there was none. */
  readonly earlierPico?: PicoUsd;
  readonly simulated: boolean;
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/** What a row has cost in all the runs it took. */
export const rowUsd = ({ ledger, earlierPico = 0 }: Pick<RowOutcome, 'ledger' | 'earlierPico'>): number =>
  toUsd(settledPico(ledger) + earlierPico);

/** What the runs of a row before this one have cost; the outcome may be this very run's, told once before. */
export function earlierPico(known: RowOutcome | undefined, runId: string): { readonly earlierPico?: PicoUsd } {
  if (known === undefined) return {};
  const pico = (known.earlierPico ?? 0) + (known.runId === runId ? 0 : settledPico(known.ledger));
  return pico === 0 ? {} : { earlierPico: pico };
}

/** First and last of rows that follow each other. */
export type RowRange = readonly [first: number, last: number];

/** What a job waits for that is not a row. */
export interface JobHold {
  readonly kind: 'budget';
  /** What is missing and what it would buy, in one line. */
  readonly message: string;
  /** The budget with which it would finish, by what its rows have cost so far; absent in jobs of workers from before. */
  readonly enough?: { readonly budgetUsd?: number; readonly budgetTokens?: number };
}

/** The job's part of the `progress` query. */
export interface JobProgress {
  /** Workflow Type of the rows. */
  readonly pipeline: string;
  readonly rows: number;
  /** Done by this start of the job. */
  readonly done: number;
  /** Done by an earlier start, and left as they are. */
  readonly before: number;
  readonly failed: number;
  readonly running: number;
  /** Not yet begun. */
  readonly waiting: number;
  readonly concurrency: number;
  /** Of the rows; absent in jobs of workers from before it could be changed. */
  readonly lane?: Lane;
  /** Rows that an earlier start has done are done again; absent in jobs of workers from before. */
  readonly redo?: boolean;
  /** Mean cost of the rows that have ended; null before the first. */
  readonly rowUsd: number | null;
  /** What the whole job will have cost at that rate; null before the first row has ended. */
  readonly expectedUsd: number | null;
  /** Milliseconds to the end at the present rate; null before the first row has ended. */
  readonly remainingMs: number | null;
  /** Milliseconds since the job's first start, as of the last that happened to the job. */
  readonly elapsedMs: number;
  /** Epoch milliseconds of that start; absent in jobs of workers from before. */
  readonly startedAt?: number;
  readonly hold: JobHold | null;
  /** Rows that take the interactive lane by now and still wait for a batch that had been sent; absent in jobs of workers from before. */
  readonly inBatch?: number;
  /** Rows that wait for a person; absent in jobs of workers from before. */
  readonly persons?: number;
  /** Workflow Ids of the first of them, to be answered by `review`. */
  readonly toReview?: readonly string[];
  /** Folder in the store where the outcomes are. */
  readonly folder: string;
  /** Store key of the rows. */
  readonly manifest: string;
}

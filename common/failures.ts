import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { CallSpend } from './ledger';

/** The `type` of every ApplicationFailure that Troupe raises. Each has a page in `docs/failures/`. */
export const FailureType = {
  /** The run's or the agent's input does not fit its schema. */
  InvalidInput: 'InvalidInput',
  /** 401 or 403: the key is wrong or may not do this. */
  Authentication: 'Authentication',
  /** 400, 404, 413, 422: Claude will never accept this request. */
  InvalidRequest: 'InvalidRequest',
  /** A monthly or workspace spend limit is used up, or billing failed. */
  SpendLimit: 'SpendLimit',
  /** 429: wait as long as `retry-after` says. */
  RateLimited: 'RateLimited',
  /** 529 and 503: Claude has no capacity right now. */
  Overloaded: 'Overloaded',
  /** 5xx, no connection, no headers in time: the request was not answered. */
  Unavailable: 'Unavailable',
  /** The worker's own machine is at fault: a full disk, no file handles left, a store that cannot be read, a worker that stood still. */
  WorkerFault: 'WorkerFault',
  /** The answer broke off, fell silent or could not be read; it may have been charged. */
  AnswerLost: 'AnswerLost',
  /** Too many requests of one call ended without an answer and may have been charged. */
  TooManyLostAnswers: 'TooManyLostAnswers',
  /** Claude declined to answer. */
  Refused: 'Refused',
  /** Prompt and answer do not fit the model's context window. */
  ContextWindowExceeded: 'ContextWindowExceeded',
  /** The answer still did not fit its schema after two repairs. */
  OutputRejected: 'OutputRejected',
  /** The next call could cost more than the budget has left. */
  BudgetReached: 'BudgetReached',
  /** A budget is set and the model has no known price. */
  PriceUnknown: 'PriceUnknown',
  /** This worker keeps its answers in another store than the run. */
  StoreMismatch: 'StoreMismatch',
  /** The run began with simulated Claude and this worker uses the real one, or the other way round. */
  ClaudeMismatch: 'ClaudeMismatch',
  /** A call's deadline passed before an answer was accepted. */
  TimedOut: 'TimedOut',
  /** A tool could not do what it was asked, or what it returned does not fit. */
  ToolFailed: 'ToolFailed',
  /** A stage of a data-driven sequence or a critical step of a pattern failed. */
  StepFailed: 'StepFailed',
  /** Fewer branches than required succeeded. */
  QuorumNotReached: 'QuorumNotReached',
  /** Troupe's own code is at fault. */
  Internal: 'Internal',
} as const;

export type FailureType = (typeof FailureType)[keyof typeof FailureType];

/** What a budget may cap. */
export type Currency = 'usd' | 'tokens';

/** First element of `details` of a failed call. */
export interface FailureDetails {
  /** What the call had cost when it failed. */
  readonly spend?: CallSpend;
  readonly status?: number;
  readonly requestId?: string;
  readonly reasons?: readonly string[];
  /** Of a budget that was reached: which of its caps were too low; the others would have done. */
  readonly short?: readonly Currency[];
  /** Where the rejected or truncated answer is kept: a key of the store. */
  readonly kept?: string;
}

export interface FailureOptions {
  readonly type: FailureType;
  /** `Cannot <action>: <why>; <what to do>`. */
  readonly message: string;
  /** @default false */
  readonly retryable?: boolean;
  /** Milliseconds until the next attempt; Temporal waits, not the activity. */
  readonly retryAfterMs?: number;
  /** Expected under load: no warning, not counted as an error. @default false */
  readonly benign?: boolean;
  readonly details?: FailureDetails;
  readonly cause?: unknown;
}

/** The one way to raise a failure. Never subclass a Temporal failure: `type` classifies. */
export function failure(options: FailureOptions): ApplicationFailure {
  return ApplicationFailure.create({
    type: options.type,
    message: options.message,
    nonRetryable: options.retryable !== true,
    ...(options.retryAfterMs === undefined ? {} : { nextRetryDelay: options.retryAfterMs }),
    ...(options.benign === true ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(options.details === undefined ? {} : { details: [options.details] }),
    ...(options.cause instanceof Error ? { cause: options.cause } : {}),
  });
}

/** The innermost ApplicationFailure of a chain of Temporal failures. */
export function applicationFailureOf(error: unknown): ApplicationFailure | undefined {
  let found: ApplicationFailure | undefined;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof ApplicationFailure) found = at;
  }
  return found;
}

/** A failure's words where no try follows: what was said of a single try is true no more. */
export const lastWords = (message: string): string => message.replace(/; it is tried again$/, '; every try failed, ask again later');

/** Whether an error is, at its root, an ApplicationFailure of this type. */
export function isFailure(error: unknown, type: FailureType): boolean {
  return applicationFailureOf(error)?.type === type;
}

/** Which caps were too low, of a budget that was reached; empty when the failure does not tell. */
export function shortOf(error: unknown): Pick<FailureDetails, 'short'> {
  const { short } = (applicationFailureOf(error)?.details?.[0] ?? {}) as FailureDetails; // `failure` wrote it
  return short === undefined || short.length === 0 ? {} : { short };
}

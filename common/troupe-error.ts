import type { LedgerView } from './ledger';
import type { Blackboard } from './run';

/** Why something could not be done; the CLI maps each to an exit code. */
export type TroupeErrorCode =
  | 'invalid-input'
  | 'id-taken'
  | 'not-found'
  | 'run-closed'
  | 'unreachable'
  | 'run-failed'
  | 'cancelled'
  | 'budget-reached';

/** One link of a run's failure chain, outermost first. */
export interface FailureLink {
  /** `FailureType` of an application failure, or the kind of Temporal failure. */
  readonly type: string;
  readonly message: string;
  /** Agent (Activity Type) or child that failed, when the link is one. */
  readonly step?: string;
}

/** What a run that did not complete had done by then. */
export interface Unfinished {
  /** Null when nobody knows: the run noted nothing and no worker answers. */
  readonly ledger: LedgerView | null;
  readonly blackboard: Blackboard | null;
}

interface Facts {
  readonly chain?: readonly FailureLink[];
  readonly unfinished?: Unfinished;
  readonly cause?: unknown;
}

/** The one error that the library throws on purpose. `message` is one line for people; `code` is for programs. */
export class TroupeError extends Error {
  override readonly name = 'TroupeError';
  readonly code: TroupeErrorCode;
  /** Failure chain of the run; empty unless the run itself failed. */
  readonly chain: readonly FailureLink[];
  readonly unfinished: Unfinished | null;

  constructor(code: TroupeErrorCode, message: string, facts: Facts = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.code = code;
    this.chain = facts.chain ?? [];
    this.unfinished = facts.unfinished ?? null;
  }
}

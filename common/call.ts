import type { ConversationContext } from './conversation';
import type { CallSpend } from './ledger';
import type { PicoUsd } from './money';

/** Our alias for a model: fast (Haiku class), balanced (Sonnet class), best (Opus class). */
export type ModelTier = 'fast' | 'balanced' | 'best';

export const LANES = ['interactive', 'batch', 'auto'] as const;

/** How a call reaches Claude. */
export type Lane = (typeof LANES)[number];

/** What the run tells each of its calls, as the second argument of the agent's activity. */
export interface CallContext {
  readonly pipeline: string;
  /** Run Id of the first execution: survives resets and continue-as-new, so it keys the journal. */
  readonly firstRunId: string;
  readonly traceId: string;
  /** Identity of the store that holds the run's journal; a worker with another one refuses. */
  readonly storeId: string;
  /** Whether the run began with the simulator; a worker that uses the other Claude refuses. */
  readonly simulated: boolean;
  /** Step path, also the activityId: stable across attempts and resets. */
  readonly step: string;
  /** Raised to ask for a fresh answer to the same step. @default 0 */
  readonly generation: number;
  /** Number of this call among calls that ask the very same (best of N, votes), so that reuse keeps them apart. @default 0 */
  readonly sample?: number;
  /** Most that this call may cost in all, earlier attempts and turns included. Absent: no cap. */
  readonly grantPico?: PicoUsd;
  /** Most tokens, prompt and answer, in all. Absent: no cap. */
  readonly grantTokens?: number;
  readonly lane: Lane;
  /** Ticket under which the turn was queued for a Message Batch before; set when `lane` is another one by now. */
  readonly queued?: string;
  /** Whether an earlier run's answer to the same request may be used. */
  readonly reuse: boolean;
  /** Set for a model turn of a conversation with tools; the output is then a `TurnOutput`. */
  readonly conversation?: ConversationContext;
}

/** What an agent's activity returns. */
export type CallOutcome<Output = unknown> = AnsweredCall<Output> | UnderfundedCall | QueuedCall;

export interface AnsweredCall<Output = unknown> {
  readonly kind: 'answered';
  readonly output: Output;
  readonly model: string;
  /** Claude's `request-id` of the accepted turn. */
  readonly requestId: string | null;
  readonly spend: CallSpend;
  /** Model turns it took: 1, or more after repairs. */
  readonly turns: number;
  /** True when an earlier run had paid for it (`--reuse`). */
  readonly reused: boolean;
}

/** The grant does not cover the next turn; nothing was sent for it. */
export interface UnderfundedCall {
  readonly kind: 'needs';
  /** Grant that would do, cumulative like `grantPico`. */
  readonly needsPico: PicoUsd;
  readonly needsTokens: number;
  readonly spend: CallSpend;
}

/** The next turn waits for a Message Batch; once that has been answered the call goes on from its journal. */
export interface QueuedCall {
  readonly kind: 'queued';
  /** Names the turn in the signal that says it is answered. */
  readonly ticket: string;
  /** Milliseconds after which to ask again, if no signal comes. */
  readonly askAgainMs: number;
  /** Milliseconds after which to give the turn up; time in which no worker is there does not count. @default 25 hours */
  readonly giveUpMs?: number;
  readonly spend: CallSpend;
}

/** Heartbeat details of a call in flight. */
export interface CallHeartbeat {
  readonly model: string;
  /** Characters of visible answer received so far. */
  readonly characters: number;
  /** Estimated output tokens so far. */
  readonly outputTokens: number;
  readonly turn: number;
  /** Last piece of the answer, at most 120 characters. */
  readonly tail: string;
}

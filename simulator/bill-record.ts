import type { PicoUsd } from '../common/money';
import type { TokenUsage } from '../common/pricing';

/**
 * How a request ended. `open`: it has not yet. `answered`: in full, as far as the simulator can know. `cut`: charged, and the answer was
 * broken off or spoilt by a fault. `aborted`: the client went away first. `rejected`, `limited`, `faulted`: an error status, not charged.
 * `canceled`, `expired`: an item of a batch that was not answered, not charged.
 */
export type Outcome = 'open' | 'answered' | 'cut' | 'aborted' | 'rejected' | 'limited' | 'faulted' | 'canceled' | 'expired';

/** Who asked, from the `x-troupe-*` request headers. */
export interface CallerTags {
  readonly workflowId: string | null;
  readonly step: string | null;
  readonly agent: string | null;
  readonly attempt: string | null;
  readonly turn: string | null;
}

/** One line of the bill. Written once, when it is known what the request costs. */
export interface BillRecord extends CallerTags {
  /** Continues after a restart. */
  readonly seq: number;
  readonly requestId: string;
  /** Arrival, epoch milliseconds of the simulator's clock. */
  readonly at: number;
  readonly path: string;
  /** The batch that an item came in; absent for requests of their own. Items have the path `/v1/messages` and half the price. */
  readonly batchId?: string;
  readonly customId?: string;
  /** Hash of the canonical request; null when the body could not be read. */
  readonly hash: string | null;
  /** How often this request had arrived before. */
  readonly arrival: number;
  readonly model: string | null;
  readonly stream: boolean;
  /** Of the client library: `x-stainless-retry-count`. */
  readonly retryCount: number;
  /** HTTP status; 0 when none was sent. */
  readonly status: number;
  readonly errorType: string | null;
  readonly stopReason: string | null;
  /** Kind of the fault that struck. */
  readonly fault: string | null;
  readonly outcome: Outcome;
  readonly streamedBytes: number;
  readonly usage: TokenUsage;
  readonly charged: boolean;
  readonly costPico: PicoUsd;
  /** When the line was written, epoch milliseconds. */
  readonly doneAt: number | null;
  /** When the simulator noticed that the client had gone. */
  readonly abortedAt: number | null;
}

/** Workflow Type of the collector: one workflow that pools calls of many runs into Message Batches. */
export const COLLECTOR = 'batchCollector';

/** Why a step waits whose turn is in a Message Batch, or about to be. */
export const IN_A_BATCH = 'in a Message Batch';

/** The runs of one store share a collector. */
export function collectorId(storeId: string): string {
  return `troupe-collector-${storeId.slice(0, 13)}`;
}

/** A turn of a call that waits to be sent. */
export interface AnnouncedTicket {
  readonly ticket: string;
  /** Of its request as JSON. */
  readonly bytes: number;
}

/** When a batch is sent and how often it is looked at. */
export interface Pace {
  /** Milliseconds that the oldest turn waits for company at most. */
  readonly lingerMs: number;
  /** Requests that make a batch full. */
  readonly maxRequests: number;
  readonly firstLookMs: number;
  readonly longestLookMs: number;
  /** Milliseconds after which a run first asks what has become of a turn that it heard nothing of; then each time after twice as long. */
  readonly askAgainMs: number;
  /** Milliseconds after which a run gives a turn up. @default 25 hours */
  readonly giveUpMs?: number;
  /** Events after which the collector goes on as new. @default when Temporal suggests it */
  readonly eventsPerRun?: number;
}

export interface Announcement {
  readonly tickets: readonly AnnouncedTicket[];
  readonly pace: Pace;
}

/** Turns that a run no longer waits for. The collector answers with `batchAnswered` once those that were not sent are taken back. */
export interface Withdrawal {
  readonly workflowId: string;
  readonly tickets: readonly string[];
}

/** Bytes of requests that make a batch full. The API takes 256 MB; a worker holds them several times over while it sends them. */
export const MAX_BATCH_BYTES = 48_000_000;

/** What has come of sending tickets as one batch. */
export type Submission =
  | { readonly kind: 'sent'; readonly batchId: string }
  /** All of them were answered or withdrawn meanwhile. */
  | { readonly kind: 'nothing' }
  /** An earlier attempt may have sent them: one of these batches, which says so only when it has ended. */
  | { readonly kind: 'unclear'; readonly candidates: readonly string[] };

/** Workflow Type of the collector: one workflow that pools calls of many runs into Message Batches. */
export const COLLECTOR = 'batchCollector';

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

/** When a batch is sent and how often it is looked at. All in milliseconds. */
export interface Pace {
  /** The oldest turn waits for company at most so long. */
  readonly lingerMs: number;
  /** Requests that make a batch full. */
  readonly maxRequests: number;
  readonly firstLookMs: number;
  readonly longestLookMs: number;
}

export interface Announcement {
  readonly tickets: readonly AnnouncedTicket[];
  readonly pace: Pace;
}

/** Bytes of requests that make a batch full; the API takes 256 MB. */
export const MAX_BATCH_BYTES = 150_000_000;

/** A batch that has been sent. */
export interface SentBatch {
  readonly batchId: string;
  readonly count: number;
}

/** What has come of sending tickets as one batch. */
export type Submission =
  | { readonly kind: 'sent'; readonly batchId: string; readonly count: number }
  /** All of them were answered or withdrawn meanwhile. */
  | { readonly kind: 'nothing' }
  /** An earlier attempt may have sent them: one of these batches, which says so only when it has ended. */
  | { readonly kind: 'unclear'; readonly candidates: readonly string[] };

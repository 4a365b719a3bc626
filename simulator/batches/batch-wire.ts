import type { AnswerMessage } from '../wire';

/** The Message Batches part of Claude's wire format; names and spelling are Claude's. */

export type ProcessingStatus = 'in_progress' | 'canceling' | 'ended';

export interface RequestCounts {
  readonly processing: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly canceled: number;
  readonly expired: number;
}

/** A batch as clients see it. */
export interface MessageBatch {
  readonly id: string;
  readonly type: 'message_batch';
  readonly processing_status: ProcessingStatus;
  readonly request_counts: RequestCounts;
  readonly created_at: string;
  readonly expires_at: string;
  readonly ended_at: string | null;
  readonly cancel_initiated_at: string | null;
  readonly archived_at: string | null;
  readonly results_url: string | null;
}

/** One item of a new batch; `params` are looked at when its turn comes. */
export interface BatchRequest {
  readonly custom_id: string;
  readonly params: unknown;
}

export type ItemResult =
  | { readonly type: 'succeeded'; readonly message: AnswerMessage }
  | { readonly type: 'errored'; readonly error: Readonly<Record<string, unknown>> }
  | { readonly type: 'canceled' }
  | { readonly type: 'expired' };

/** A line of the results. */
export interface ResultLine {
  readonly custom_id: string;
  readonly result: ItemResult;
}

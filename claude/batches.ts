import type Anthropic from '@anthropic-ai/sdk';

import type { Claude } from './client';
import { prefixOf, type RequestParams } from './request';

/** One request of a batch. */
export interface BatchItem {
  readonly ticket: string;
  /** The request as JSON. */
  readonly canonical: string;
}

/** What Claude says of a batch. */
export interface BatchState {
  readonly batchId: string;
  readonly ended: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly count: number;
}

export type BatchResult = Anthropic.Messages.Batches.MessageBatchIndividualResponse;

/** Sends a batch, requests that begin alike next to each other for the prompt cache. Not idempotent: a failure may come after Claude has taken it. */
export async function createBatch({ sdk }: Claude, items: readonly BatchItem[]): Promise<BatchState> {
  const groups = new Map<string, Anthropic.Messages.Batches.BatchCreateParams.Request[]>();
  for (const { ticket, canonical } of items) {
    const params = JSON.parse(canonical) as RequestParams; // rendered by us
    const prefix = prefixOf(params) ?? '';
    const group = groups.get(prefix) ?? [];
    groups.set(prefix, group);
    group.push({ custom_id: ticket, params });
  }
  const requests = [...groups.values()].flat();
  return stateOf(await sdk.messages.batches.create({ requests }));
}

export async function retrieveBatch({ sdk }: Claude, batchId: string): Promise<BatchState> {
  return stateOf(await sdk.messages.batches.retrieve(batchId));
}

/** Batches made since a time, the newest first. */
export async function batchesSince({ sdk }: Claude, since: number): Promise<BatchState[]> {
  const found: BatchState[] = [];
  for await (const batch of sdk.messages.batches.list({ limit: 100 })) {
    const state = stateOf(batch);
    if (state.createdAt < since) break;
    found.push(state);
  }
  return found;
}

/** The results of a batch that has ended, in any order; read anew they begin anew. */
export async function batchResults({ sdk }: Claude, batchId: string): Promise<AsyncIterable<BatchResult>> {
  return sdk.messages.batches.results(batchId);
}

function stateOf(batch: Anthropic.Messages.Batches.MessageBatch): BatchState {
  const { id, processing_status: status, created_at: createdAt, request_counts: counts } = batch;
  const count = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;
  return { batchId: id, ended: status === 'ended', createdAt: Date.parse(createdAt), count };
}

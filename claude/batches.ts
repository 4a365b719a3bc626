import type Anthropic from '@anthropic-ai/sdk';

import type { Claude } from './client';
import { prefixOf, type RequestParams } from './request';
import { NotAnAnswerError } from './send';

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

export async function retrieveBatch({ sdk }: Pick<Claude, 'sdk'>, batchId: string): Promise<BatchState> {
  return stateOf(await sdk.messages.batches.retrieve(batchId));
}

/** The batch that was made last; undefined when there is none. */
export async function newestBatch(claude: Claude): Promise<BatchState | undefined> {
  const { batches } = await listBatches(claude, { limit: 1 });
  return batches[0];
}

/**
 * Batches made since a time, the newest first.
 * @throws when a page of the list is none: the SDK would take it for an empty one
 */
export async function batchesSince(claude: Claude, since: number): Promise<BatchState[]> {
  const found: BatchState[] = [];
  let after: string | undefined;
  do {
    const { batches, hasMore } = await listBatches(claude, { limit: 100, ...(after !== undefined && { after_id: after }) });
    const recent = batches.filter(({ createdAt }) => createdAt >= since);
    found.push(...recent);
    after = hasMore && recent.length === batches.length ? batches.at(-1)?.batchId : undefined;
  } while (after !== undefined);
  return found;
}

type BatchPage = Pick<Anthropic.Messages.Batches.MessageBatchesPage, 'data' | 'has_more'>;

async function listBatches({ sdk }: Claude, query: Anthropic.Messages.Batches.BatchListParams) {
  const response = await sdk.messages.batches.list(query).asResponse();
  const { data, has_more: hasMore } = (await response.json()) as Partial<BatchPage>;
  if (!Array.isArray(data)) throw new NotAnAnswerError('the response is not a list of batches');
  return { batches: data.map(stateOf), hasMore: hasMore === true };
}

/**
 * The results of a batch that has ended, in any order; read anew they begin anew.
 * @throws also when they end before each request has one: what breaks off between two lines looks whole
 */
export async function* batchResults({ sdk }: Claude, batchId: string): AsyncGenerator<BatchResult> {
  const { count } = await retrieveBatch({ sdk }, batchId);
  const read = new Set<string>();
  for await (const result of await sdk.messages.batches.results(batchId)) {
    read.add(result.custom_id);
    yield result;
  }
  if (read.size < count) throw new NotAnAnswerError(`the results break off after ${read.size} of ${count}`);
}

function stateOf(batch: Anthropic.Messages.Batches.MessageBatch | undefined): BatchState {
  if (typeof batch?.id !== 'string' || typeof batch.request_counts !== 'object') throw new NotAnAnswerError('the response is not a batch');
  const { id, processing_status: status, created_at: createdAt, request_counts: counts } = batch;
  const count = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;
  return { batchId: id, ended: status === 'ended', createdAt: Date.parse(createdAt), count };
}

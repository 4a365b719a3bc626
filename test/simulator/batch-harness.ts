import type Anthropic from '@anthropic-ai/sdk';

import type { BillRecord, Simulator } from '../../simulator';
import { HELLO } from './simulator-harness';

export type Batch = Anthropic.Messages.MessageBatch;
export type BatchItem = Anthropic.Messages.BatchCreateParams.Request;
export type ItemLine = Anthropic.Messages.MessageBatchIndividualResponse;

export const HOUR = 3_600_000;

/** A small request that no other number shares. */
export const question = (at: number): Anthropic.Messages.MessageCreateParamsNonStreaming => ({
  ...HELLO,
  messages: [{ role: 'user', content: `<topic>Question number ${at}</topic>\nWrite two sentences.` }],
});

/** Items `item-0`, `item-1` … with questions of the same numbers. */
export const items = (count: number): BatchItem[] =>
  Array.from({ length: count }, (_unused, at) => ({ custom_id: `item-${at}`, params: question(at) }));

/** All results of a batch by custom_id. */
export async function resultsOf(claude: Anthropic, id: string): Promise<Map<string, ItemLine['result']>> {
  const results = new Map<string, ItemLine['result']>();
  for await (const line of await claude.messages.batches.results(id)) {
    if (results.has(line.custom_id)) throw new Error(`${line.custom_id} has two results`);
    results.set(line.custom_id, line.result);
  }
  return results;
}

/** Custom ids whose result is of this type, sorted. */
export const idsOf = (results: ReadonlyMap<string, ItemLine['result']>, type: ItemLine['result']['type']): string[] =>
  [...results].flatMap(([id, result]) => (result.type === type ? [id] : [])).sort();

/** The message of an item that succeeded. */
export function messageOf(results: ReadonlyMap<string, ItemLine['result']>, id: string): Anthropic.Messages.Message {
  const result = results.get(id);
  if (result?.type !== 'succeeded') throw new Error(`${id} is ${result?.type ?? 'missing'}`);
  return result.message;
}

/** `error.type` and `error.message` of an item that errored. */
export function errorOf(results: ReadonlyMap<string, ItemLine['result']>, id: string): { type: string; message: string } {
  const result = results.get(id);
  if (result?.type !== 'errored') throw new Error(`${id} is ${result?.type ?? 'missing'}`);
  return result.error.error;
}

/** Lines of the bill for the items of a batch. */
export const itemRecords = (simulator: Simulator, id: string): BillRecord[] =>
  simulator.requests().filter((record) => record.batchId === id);

import type { TokenUsage } from '../../common/pricing';
import { buildAnswer } from '../answer';
import { answerKey } from '../answer-key';
import { errorBody, type ApiError } from '../api-error';
import type { OpenRequest } from '../bill';
import type { BillRecord } from '../bill-record';
import { requestHash } from '../canonical';
import { faultError, type FaultKind } from '../faults';
import { billedUsage } from '../planned-answer';
import { promptProblem } from '../prompt-limit';
import type { PromptUsage } from '../prompt-cache';
import type { Simulation } from '../simulation';
import { promptPositions } from '../tokens';
import type { AnswerMessage } from '../wire';
import type { BatchFacts } from './batch-log';
import type { BatchRequest, ItemResult } from './batch-wire';
import { validateItem } from './validate-batch';

/** What answering the items of batches needs of a simulation. */
export type BatchWorld = Pick<Simulation, 'seed' | 'contextWindow' | 'clock' | 'bill' | 'cache' | 'faults' | 'rules' | 'config'>;

/**
 * An item whose turn has come. `done`: its result is known. `stuck`: it is not going to be answered before the batch is closed.
 * `ready`: everything is found out, and `finish` answers and bills it; `publish` lets other items read what it wrote to the prompt cache.
 */
export type TakenItem =
  | { readonly kind: 'done'; readonly result: ItemResult }
  | { readonly kind: 'stuck'; readonly open: OpenRequest }
  | { readonly kind: 'ready'; finish(): ItemResult; publish(): void };

/** Faults of a connection, which an item of a batch does not have. */
const OF_CONNECTIONS: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'slow',
  'hold',
  'hang_headers',
  'hang_body',
  'reset_before_headers',
  'reset_mid_stream',
  'eof_no_stop',
  'sse_error',
  'malformed_json',
  'truncated_json',
  'invalid_tool_json',
  'wrong_content_type',
  'empty_body',
  'duplicate_message_start',
  'unknown_event',
  'charge_then_drop',
  'create_then_fail',
  'batch_slow',
]);

/** Puts an item on the bill as open. */
export function openItem({ bill }: BatchWorld, batch: BatchFacts, { custom_id: customId }: BatchRequest): OpenRequest {
  return bill.open({ path: '/v1/messages', tags: batch.tags, retryCount: 0, batch: { id: batch.id, customId } });
}

/** Begins an item: checks it, draws its fault, looks up its prompt in the cache. */
export function takeItem(world: BatchWorld, batch: BatchFacts, item: BatchRequest): TakenItem {
  const open = openItem(world, batch, item);
  const refuse = (error: ApiError, outcome: 'rejected' | 'faulted'): TakenItem => {
    open.settle({ outcome, status: error.status, errorType: error.type });
    return { kind: 'done', result: errored(error) };
  };
  const validated = validateItem(item.params, batch);
  if ('error' in validated) return refuse(validated.error, 'rejected');
  const { request, model } = validated;
  const hash = requestHash(request);
  const arrival = open.note({ hash, model: model.id });
  const drawn = world.faults.choose({ on: 'batch_item', hash, nth: arrival, model: model.id, agent: open.tags.agent });
  const fault = drawn === undefined || OF_CONNECTIONS.has(drawn.kind) ? undefined : drawn;
  if (fault !== undefined) open.note({ fault: fault.kind === 'status' ? String(fault.status) : fault.kind });
  if (fault?.kind === 'status') return refuse(faultError(fault), 'faulted');
  if (fault?.kind === 'item_expired') return { kind: 'stuck', open };
  const positions = promptPositions(request);
  const tooLong = promptProblem(positions, world.contextWindow ?? model.contextWindow);
  if (tooLong !== undefined) return refuse(tooLong, 'rejected');
  const cached = world.cache.account({ key: batch.cacheKey, model }, positions);
  const finish = (): ItemResult => {
    const scripted = world.rules.choose(request, open.tags.agent);
    const key = answerKey(world, { hash, arrival });
    const message = inBatch(buildAnswer({ request, model, key, prompt: cached.usage, scripted, fault }));
    const usage = billedUsage(message, message.usage.output_tokens);
    open.settle({ outcome: 'answered', status: 200, stopReason: message.stop_reason, usage });
    return { type: 'succeeded', message };
  };
  return { kind: 'ready', finish, publish: () => cached.publish() };
}

/** The answer to an item that is on the bill and was killed before its result was kept: what was paid for is what is delivered. */
export function recoverItem(
  world: BatchWorld,
  { batch, item, billed }: { batch: BatchFacts; item: BatchRequest; billed: BillRecord },
): ItemResult {
  const validated = validateItem(item.params, batch);
  if ('error' in validated) return errored(validated.error);
  const { request, model } = validated;
  const key = answerKey(world, { hash: requestHash(request), arrival: billed.arrival });
  const scripted = world.rules.choose(request, batch.tags.agent);
  const message = buildAnswer({ request, model, key, prompt: promptOf(billed.usage), scripted });
  return { type: 'succeeded', message: withUsage(inBatch(message), billed.usage) };
}

const errored = (error: ApiError): ItemResult => ({ type: 'errored', error: { ...errorBody(error, ''), request_id: null } });

const inBatch = (message: AnswerMessage): AnswerMessage => ({ ...message, usage: { ...message.usage, service_tier: 'batch' } });

function promptOf(usage: TokenUsage): PromptUsage {
  const written1h = usage.cache_creation_1h_input_tokens ?? 0;
  const written5m = usage.cache_creation_input_tokens - written1h;
  return { fresh: usage.input_tokens, read: usage.cache_read_input_tokens, written5m, written1h };
}

function withUsage(message: AnswerMessage, billed: TokenUsage): AnswerMessage {
  const { fresh, read, written5m, written1h } = promptOf(billed);
  const prompt = {
    input_tokens: fresh,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written5m + written1h,
    cache_creation: { ephemeral_5m_input_tokens: written5m, ephemeral_1h_input_tokens: written1h },
  };
  return { ...message, usage: { ...message.usage, ...prompt, output_tokens: billed.output_tokens } };
}

import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';

import { batchResults, retrieveBatch, type BatchResult } from '../../claude/batches';
import { dropTicket, failTicket, readTicket, type TicketFailure, type TicketRecord } from '../../claude/batch-tickets';
import { answerIntent } from '../../claude/journal';
import { priceOf, usageOf } from '../../claude/prices';
import { FailureType } from '../../common/failures';
import { batchAnsweredSignal } from '../../common/messages';
import { toUsd } from '../../common/money';
import type { ActivityDeps } from '../deps';
import { batchFailure } from './claude-failure';
import { noteSent } from './submit-batch';

export async function lookAtBatch(deps: ActivityDeps, batchId: string): Promise<{ readonly ended: boolean }> {
  try {
    const { ended } = await retrieveBatch(deps.claude, batchId);
    return { ended };
  } catch (error) {
    throw batchFailure(deps, `look at batch "${batchId}"`, error).error;
  }
}

export interface CollectBatchInput {
  readonly batchId: string;
  /** Given for a batch that may be that of a submission: when none of its requests is one of these, nothing is done. */
  readonly expected?: { readonly key: string; readonly tickets: readonly string[] };
}

/** What has come of a batch. */
export interface CollectedBatch {
  /** False when it was not the expected one. */
  readonly ours: boolean;
  readonly answered: number;
  readonly failed: number;
  /** Expired or refused for a passing reason: not charged, and to be sent again. */
  readonly resend: readonly string[];
}

const AT_ONCE = 8;
const SIGNALS_AT_ONCE = 20;

/** Takes the answers of a batch that has ended into the journals of their calls, and tells the runs that wait for them. */
export async function collectBatch(deps: ActivityDeps, { batchId, expected }: CollectBatchInput): Promise<CollectedBatch> {
  const wanted = expected === undefined ? undefined : new Set(expected.tickets);
  const counts = { answered: 0, failed: 0, seen: 0 };
  const resend: string[] = [];
  const waiting = new Map<string, string[]>();
  const take = async (result: BatchResult): Promise<void> => {
    const record = await readTicket(deps.store, result.custom_id);
    if (record === undefined) return; // withdrawn meanwhile
    const outcome = await takeResult(deps, record, result);
    if (outcome === 'resend') return void resend.push(record.ticket);
    counts[outcome] += 1;
    waiting.set(record.workflowId, [...(waiting.get(record.workflowId) ?? []), record.ticket]);
  };
  try {
    let group: BatchResult[] = [];
    for await (const result of await batchResults(deps.claude, batchId)) {
      if (wanted !== undefined && counts.seen === 0 && !wanted.has(result.custom_id))
        return { ours: false, answered: 0, failed: 0, resend };
      counts.seen += 1;
      group.push(result);
      if (group.length < AT_ONCE) continue;
      await Promise.all(group.map(take));
      group = [];
      deps.failpoints.hit('mid-results');
      Context.current().heartbeat(counts.seen);
    }
    await Promise.all(group.map(take));
  } catch (error) {
    throw batchFailure(deps, `read the results of batch "${batchId}"`, error).error;
  }
  if (expected !== undefined) await noteSent(deps.store, expected.key, { batchId, count: counts.seen });
  await tell(waiting);
  return { ours: true, answered: counts.answered, failed: counts.failed, resend };
}

async function takeResult(deps: ActivityDeps, record: TicketRecord, { result }: BatchResult): Promise<'answered' | 'failed' | 'resend'> {
  if (result.type === 'succeeded') {
    await journal(deps, record, result.message);
    return 'answered';
  }
  // The outer type only says that it is an error.
  if (result.type !== 'errored' || result.error.error.type !== 'invalid_request_error') return 'resend';
  const reason = `${deps.claude.redact(result.error.error.message).slice(0, 500)}; correct the agent or its input`;
  await failTicket(deps.store, record, { type: FailureType.InvalidRequest, reason });
  return 'failed';
}

async function journal(
  deps: ActivityDeps,
  record: TicketRecord,
  message: Extract<BatchResult['result'], { type: 'succeeded' }>['message'],
): Promise<void> {
  const { path, intent, model, requestHash, canonical, kept } = record;
  const answeredAt = deps.now();
  const usage = usageOf(message.usage);
  const costPico = priceOf(usage, { answered: message.model, asked: model, inBatch: true }, answeredAt);
  const request = { params: JSON.parse(canonical) as never, canonical, ...(kept !== undefined && { kept }) }; // rendered by us
  await answerIntent(deps.store, path, {
    intent,
    request,
    answer: { model, requestHash, requestId: null, usage, costPico, answeredAt, message },
  });
  const { traceId, workflowId, pipeline, agent, step } = record;
  deps.log({
    event: 'batchAnswer',
    time: new Date(answeredAt).toISOString(),
    traceId,
    workflowId,
    pipeline,
    agent,
    step,
    model: message.model,
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens,
    cacheWriteTokens: usage.cache_creation_input_tokens,
    costUsd: costPico === null ? null : toUsd(costPico),
  });
}

export interface FailTicketsInput extends TicketFailure {
  readonly tickets: readonly string[];
}

/** Tells the runs that these turns will never be answered. */
export async function failTickets(deps: ActivityDeps, { tickets, type, reason }: FailTicketsInput): Promise<void> {
  const waiting = new Map<string, string[]>();
  for (const ticket of tickets) {
    const record = await readTicket(deps.store, ticket);
    if (record === undefined) continue;
    await failTicket(deps.store, record, { type, reason });
    waiting.set(record.workflowId, [...(waiting.get(record.workflowId) ?? []), ticket]);
  }
  await tell(waiting);
}

/** Turns that were not sent yet: they are not charged. */
export async function withdrawTickets({ store }: ActivityDeps, tickets: readonly string[]): Promise<void> {
  for (const ticket of tickets) {
    const record = await readTicket(store, ticket);
    if (record !== undefined) await dropTicket(store, record);
  }
}

async function tell(waiting: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const { client } = Context.current();
  const entries = [...waiting];
  for (let at = 0; at < entries.length; at += SIGNALS_AT_ONCE) {
    await Promise.all(
      entries.slice(at, at + SIGNALS_AT_ONCE).map(async ([workflowId, tickets]) => {
        try {
          await client.workflow.getHandle(workflowId).signal(batchAnsweredSignal, tickets);
        } catch (error) {
          // The run has ended: its answers stay for whoever reuses them.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }
      }),
    );
    Context.current().heartbeat();
  }
}

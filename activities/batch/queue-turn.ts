import { Context } from '@temporalio/activity';

import { putTicket, readTicket, takeFailure, ticketOf, type TicketRecord } from '../../claude/batch-tickets';
import { isAnswered, pathOf } from '../../claude/journal';
import type { WorstCase } from '../../claude/journal-records';
import type { JournaledAnswer } from '../../claude/journal-state';
import type { RenderedRequest } from '../../claude/request';
import type { QueuedCall } from '../../common/call';
import { failure } from '../../common/failures';
import { mainOf } from '../../common/task-queues';
import type { OpenCall } from '../open-call';

/** The turn waits for a Message Batch. */
export type Queued = Omit<QueuedCall, 'spend'>;

/**
 * The ticket of a turn that is waiting already, or its answer when that has just come; undefined when it is not waiting.
 * @throws what the batch said when it will never be answered
 */
export async function queuedTurn(call: OpenCall, request: RenderedRequest): Promise<Queued | JournaledAnswer | undefined> {
  const ticket = ticketFor(call, request);
  const { context, deps, journal, turn } = call;
  const { store } = deps;
  const failed = await takeFailure(store, ticket);
  if (failed !== undefined) throw failure(failed);
  const record = await readTicket(store, ticket);
  if (record !== undefined && !(await isAnswered(store, record.path, record.intent))) return announced(call, request, ticket);
  if (record === undefined && context.queued === undefined) return undefined;
  // The answer may have come since the journal was read: asked once more, it would be paid for once more.
  await journal.refresh();
  return journal.answerTo(turn);
}

/**
 * Writes the turn down and tells the collector. Its intent is open from now on: nobody knows better when it is sent.
 * @param worst At the price of the lane.
 */
export async function queueTurn(call: OpenCall, request: RenderedRequest, worst: WorstCase): Promise<Queued> {
  const { deps, context, rendered, site, journal, turn } = call;
  const ticket = ticketFor(call, request);
  const { model } = request.params;
  deps.failpoints.hit('before-intent');
  const intent = await journal.intend({ turn, model, requestHash: request.hash, ...worst, sentAt: deps.now() }, ticket.slice(0, 12));
  deps.failpoints.hit('after-intent');
  const record: TicketRecord = {
    ticket,
    path: pathOf(keyOf(call)),
    intent,
    model,
    requestHash: request.hash,
    sample: context.sample ?? 0,
    canonical: request.canonical,
    ...(request.kept !== undefined && { kept: request.kept }),
    workflowId: site.workflowId,
    step: context.step,
    agent: rendered.agent,
    pipeline: context.pipeline,
    traceId: context.traceId,
    simulated: context.simulated,
  };
  await putTicket(deps.store, record);
  deps.failpoints.hit('before-announcement');
  return announced(call, request, ticket);
}

async function announced({ deps }: OpenCall, request: RenderedRequest, ticket: string): Promise<Queued> {
  const { client, info } = Context.current();
  const to = { client, storeId: deps.store.id, taskQueue: mainOf(info.taskQueue) };
  await deps.announcer.announce(to, { ticket, bytes: Buffer.byteLength(request.canonical) });
  const { askAgainMs, giveUpMs } = deps.announcer.pace;
  return { kind: 'queued', ticket, askAgainMs, ...(giveUpMs !== undefined && { giveUpMs }) };
}

const ticketFor = (call: OpenCall, request: RenderedRequest): string => ticketOf(keyOf(call), call.turn, request.hash);

function keyOf({ site, context }: OpenCall) {
  const { namespace, workflowId } = site;
  const { firstRunId, step, generation } = context;
  return { namespace, workflowId, firstRunId, step, generation };
}

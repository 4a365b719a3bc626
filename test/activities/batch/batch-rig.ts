import type { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';

import { putTicket, ticketOf, type TicketRecord } from '../../../claude/batch-tickets';
import { openCall, pathOf } from '../../../claude/journal';
import { measure, type RequestParams } from '../../../claude/request';
import { collectorId } from '../../../common/batch';
import type { CallSpend } from '../../../common/ledger';
import type { ActivityRig } from '../activity-rig';

interface Attempt<Input> {
  readonly input: Input;
  /** Gets the tickets of the runs that are told of something. */
  readonly told?: string[];
  /** Whose collector it is done for. @default the rig's own */
  readonly storeId?: string;
}

/** Runs one attempt of an activity of the collector. */
export function attempt<Input, Result>(
  { deps }: Pick<ActivityRig, 'deps'>,
  activity: (input: Input) => Promise<Result>,
  { input, told = [], storeId = deps.store.id }: Attempt<Input>,
): Promise<Result> {
  const signal = (_name: unknown, tickets: readonly string[]): Promise<void> => Promise.resolve(void told.push(...tickets));
  const client = {
    withAbortSignal: (_signal: AbortSignal, body: () => Promise<Result>) => body(),
    workflow: { getHandle: () => ({ signal }) },
  } as unknown as Client; // all that is used of it
  const workflowExecution = { workflowId: collectorId(storeId), runId: 'run' };
  return new MockActivityEnvironment({ workflowExecution }, { client, logger: new DefaultLogger('ERROR') }).run(activity, input);
}

const callOf = (at: number) => ({ namespace: 'default', workflowId: `run-${at}`, firstRunId: 'first', step: 'echo', generation: 0 });

/** A turn that waits to be sent, as its call leaves it. */
export async function waitingTurn({ deps }: Pick<ActivityRig, 'deps'>, at: number, simulated = true): Promise<string> {
  const params: RequestParams = { model: 'claude-haiku-5-5', max_tokens: 60, messages: [{ role: 'user', content: `Question ${at}` }] };
  const { canonical, hash } = measure(params);
  const call = callOf(at);
  const ticket = ticketOf(call, 0, hash);
  const journal = await openCall(deps.store, call);
  const intended = { turn: 0, model: params.model, requestHash: hash, worstPico: 1_000, worstTokens: 100, sentAt: 0 };
  const intent = await journal.intend(intended, ticket.slice(0, 12));
  const record: TicketRecord = {
    ticket,
    path: pathOf(call),
    intent,
    model: params.model,
    requestHash: hash,
    canonical,
    workflowId: call.workflowId,
    step: call.step,
    agent: 'echo',
    pipeline: 'echoRun',
    traceId: 'trace',
    simulated,
  };
  await putTicket(deps.store, record);
  return ticket;
}

/** What the journal says that a turn has cost. */
export async function spendOfTurn({ deps }: Pick<ActivityRig, 'deps'>, at: number): Promise<CallSpend> {
  return (await openCall(deps.store, callOf(at))).spend();
}

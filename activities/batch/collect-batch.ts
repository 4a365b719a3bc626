import { batchResults, retrieveBatch, type BatchResult } from '../../claude/batches';
import { dropTicket, failTicket, readTicket, voidTicket, type TicketRecord } from '../../claude/batch-tickets';
import { offerUnread, type ContentKey } from '../../claude/content-index';
import { answerIntent } from '../../claude/journal';
import { priceOf, usageOf } from '../../claude/prices';
import { FailureType } from '../../common/failures';
import { toUsd } from '../../common/money';
import type { ActivityDeps } from '../deps';
import { beating } from '../beating';
import { refuseOtherCollector } from '../refuse-other-store';
import { eachOf } from './each-of';
import { batchFailure } from './claude-failure';
import { forgetSubmission } from './submission-notes';
import { noteWaiting, tellRuns, type Waiting } from './tell-runs';

// What is paid for is not given up, whatever Claude says: a sent batch is looked for again and again.

export function lookAtBatch(deps: ActivityDeps, batchId: string): Promise<{ readonly ended: boolean }> {
  return beating(async () => {
    try {
      const { ended } = await retrieveBatch(deps.claude, batchId);
      return { ended };
    } catch (error) {
      throw batchFailure(deps, error, { action: `look at batch "${batchId}"`, always: true });
    }
  });
}

export interface CollectBatchInput {
  /** Of the submission. */
  readonly key: string;
  readonly batchId: string;
  /** Given when it is not certain that the batch is that of the submission: when its requests are none of these, nothing is done. */
  readonly expected?: readonly string[];
}

/** What has come of a batch. */
export interface CollectedBatch {
  /** False when it was not the expected one. */
  readonly ours: boolean;
  readonly answered: number;
  /** Will not be answered, and are not charged. */
  readonly failed: number;
  /** Not answered for a passing reason, and not charged: their runs may announce them again. */
  readonly open: number;
}

type Outcome = 'answered' | 'failed' | 'open';

const AT_ONCE = 8;

/**
 * Takes the answers of a batch that has ended into the journals of their calls, and tells the runs that wait for them. Tickets
 * are kept until all results are read: an attempt that comes after a crash begins at the first one again.
 */
export async function collectBatch(deps: ActivityDeps, { key, batchId, expected }: CollectBatchInput): Promise<CollectedBatch> {
  const { store } = deps;
  refuseOtherCollector(`take in the results of batch "${batchId}"`, store);
  return beating(async () => {
    const taken = await takeResults(deps, batchId, expected && new Set(expected));
    if (taken === undefined) return { ours: false, answered: 0, failed: 0, open: 0 };
    const waiting: Waiting = new Map();
    for (const { record } of taken) noteWaiting(waiting, record);
    // Whoever hears of it may ask at once: what is open must not look as if it were on its way, what has ended may.
    await eachOf(taken, AT_ONCE, async ({ record, outcome }) => (outcome === 'answered' ? undefined : voidTicket(store, record)));
    const ended = await tellRuns(waiting);
    await eachOf(taken, AT_ONCE, async ({ record, outcome, offer }) => {
      if (outcome !== 'answered') return;
      // Paid for, and of no use to its run: it was cancelled. Who starts it again need not pay twice.
      if (offer !== undefined && ended.has(record.workflowId)) await offerUnread(store, offer.content, offer.answer);
      await dropTicket(store, record);
    });
    await forgetSubmission(store, key);
    const having = (wanted: Outcome): number => taken.filter(({ outcome }) => outcome === wanted).length;
    return { ours: true, answered: having('answered'), failed: having('failed'), open: having('open') };
  });
}

interface Taken {
  readonly record: Pick<TicketRecord, 'ticket' | 'workflowId' | 'intent'>;
  readonly outcome: Outcome;
  /** How a later run could find the answer; absent when it was broken off. */
  readonly offer?: { readonly content: ContentKey; readonly answer: string };
}

/** Undefined when the batch is not the expected one. */
async function takeResults(deps: ActivityDeps, batchId: string, expected?: ReadonlySet<string>): Promise<Taken[] | undefined> {
  const taken: Taken[] = [];
  const take = async (result: BatchResult): Promise<void> => {
    const record = await readTicket(deps.store, result.custom_id);
    // Else its run has been told by an earlier attempt, or it is not one of ours.
    if (record !== undefined) taken.push({ record: placeOf(record), ...(await takeResult(deps, record, result)) });
  };
  try {
    let group: BatchResult[] = [];
    for await (const result of batchResults(deps.claude, batchId)) {
      if (expected !== undefined && !expected.has(result.custom_id)) return undefined;
      group.push(result);
      if (group.length < AT_ONCE) continue;
      await eachOf(group, AT_ONCE, take);
      deps.failpoints.hit('mid-results');
      group = [];
    }
    await eachOf(group, AT_ONCE, take);
    deps.failpoints.hit('mid-results');
  } catch (error) {
    throw batchFailure(deps, error, { action: `take in the results of batch "${batchId}"`, always: true });
  }
  return taken;
}

/** Without its request: there may be thousands. */
const placeOf = ({ ticket, workflowId, intent }: TicketRecord): Taken['record'] => ({ ticket, workflowId, intent });

async function takeResult(deps: ActivityDeps, record: TicketRecord, { result }: BatchResult): Promise<Omit<Taken, 'record'>> {
  if (result.type === 'succeeded') {
    const answer = await journal(deps, record, result.message);
    const { requestHash, sample } = record;
    if (sample === undefined || result.message.stop_reason !== 'end_turn') return { outcome: 'answered' };
    return { outcome: 'answered', offer: { content: { requestHash, sample, simulated: deps.simulated }, answer } };
  }
  // The outer type only says that it is an error.
  if (result.type !== 'errored' || result.error.error.type !== 'invalid_request_error') return { outcome: 'open' };
  const said = deps.claude.redact(result.error.error.message).slice(0, 500);
  const message = `Cannot get an answer for "${record.agent}" from Claude: ${said}; correct the agent or its input`;
  await failTicket(deps.store, record, { type: FailureType.InvalidRequest, message });
  return { outcome: 'failed' };
}

async function journal(
  deps: ActivityDeps,
  record: TicketRecord,
  message: Extract<BatchResult['result'], { type: 'succeeded' }>['message'],
): Promise<string> {
  const { path, intent, model, requestHash, canonical, kept } = record;
  const answeredAt = deps.now();
  const usage = usageOf(message.usage);
  const costPico = priceOf(usage, { answered: message.model, asked: model, inBatch: true }, answeredAt);
  const request = { params: JSON.parse(canonical) as never, canonical, ...(kept !== undefined && { kept }) }; // rendered by us
  const key = await answerIntent(deps.store, path, {
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
  return key;
}

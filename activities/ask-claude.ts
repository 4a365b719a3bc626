import { setTimeout as sleep } from 'node:timers/promises';

import { findAnswer } from '../claude/content-index';
import { classify, MAX_RETRY_AFTER_MS, type Classified } from '../claude/failures';
import type { WorstCase } from '../claude/journal-records';
import type { JournaledAnswer, OpenIntent } from '../claude/journal-state';
import { spread } from '../claude/limits';
import { priceOf, usageOf } from '../claude/prices';
import type { PromptTurn } from '../claude/prompt-turns';
import type { RenderedRequest } from '../claude/request';
import { sendRequest, type RawAnswer } from '../claude/send';
import type { UnderfundedCall } from '../common/call';
import { failure, FailureType } from '../common/failures';
import { totalOf } from '../common/ledger';
import { BATCH_FACTOR, ratesFor } from '../common/price-list';
import { worstCaseOf, worstTokensOf } from '../common/pricing';
import { queuedTurn, queueTurn, type Queued } from './batch/queue-turn';
import { cancelled } from './call-failures';
import { NO_PROGRESS, type OpenCall } from './open-call';

/** Requests of one call that may have been charged and brought nothing; then it gives up. */
export const MAX_LOST_ANSWERS = 6;
/** A store that takes so long may have been out of reach, and Temporal with it: it gives an attempt up after five seconds without a beat. */
const SLOW_STORE_MS = 4_000;
const WRITE_ATTEMPTS = 4;
const WRITE_PAUSE_MS = 250;

/** Nothing was sent, for the grant does not cover it. */
export type Underfunded = Omit<UnderfundedCall, 'spend'>;

/** The answer to a turn: from the journal, from an earlier run, or from Claude when the grant covers it. */
export async function answerTurn(call: OpenCall, request: RenderedRequest): Promise<JournaledAnswer | Underfunded | Queued> {
  const { journal, deps, turn } = call;
  // An earlier attempt that was thought dead may have gone on meanwhile; a reset counts attempts anew, a turn takes a while.
  if ((turn > 0 || call.site.attempt > 1) && journal.answerTo(turn) === undefined) await journal.refresh();
  const known = journal.answerTo(turn) ?? (await fromEarlierRun(call, request));
  if (known !== undefined) return known;
  deps.failpoints.hit('after-lookup');

  const inBatch = call.context.lane === 'batch';
  // A turn that is on its way already is waited for, whatever the lane is by now.
  const queued = inBatch || call.context.queued !== undefined ? await queuedTurn(call, request) : undefined;
  if (queued !== undefined) return queued;
  const worst = worstOf(call, request, inBatch ? BATCH_FACTOR : 1);
  const underfunded = checkGrant(call, worst);
  if (underfunded !== undefined) return underfunded;
  refuseAfterLosses(call);
  if (inBatch) return queueTurn(call, request, worst);
  return askNow(call, request, worst);
}

/** Waits first, if there is time, for what another request with the same beginning writes to the prompt cache. */
async function askNow(call: OpenCall, request: RenderedRequest, worst: WorstCase): Promise<JournaledAnswer> {
  const { promptTurns } = call.deps.claude;
  const { signal, ofJob } = call.site;
  const promptTurn = request.prefix === undefined ? undefined : await promptTurns.take(request.prefix, { waits: ofJob, signal });
  try {
    return await ask(call, request, { ...worst, promptTurn });
  } finally {
    promptTurn?.ended();
  }
}

interface Asked extends WorstCase {
  readonly promptTurn: PromptTurn | undefined;
}

async function ask(call: OpenCall, request: RenderedRequest, { promptTurn, ...worst }: Asked): Promise<JournaledAnswer> {
  const { journal, deps, turn } = call;
  await waitForPermit(call, request);
  if (call.site.signal.aborted) throw cancelled(call);
  refuseAfterStandstill(call);

  deps.failpoints.hit('before-intent');
  const { model } = request.params;
  const sentAt = deps.now();
  const intent = await journal.intend({ turn, model, requestHash: request.hash, ...worst, sentAt });
  deps.failpoints.hit('after-intent');
  const overtaken = deps.now() - sentAt > SLOW_STORE_MS ? await answeredMeanwhile(call, intent) : undefined;
  if (overtaken !== undefined) return overtaken;
  const answer = await send(call, request, { intent, promptTurn });
  deps.failpoints.hit('after-answer');
  const journaled = await keep(call, { request, intent, answer });
  deps.failpoints.hit('after-journal');
  return journaled;
}

async function fromEarlierRun({ context, deps, journal, turn }: OpenCall, request: RenderedRequest): Promise<JournaledAnswer | undefined> {
  if (!context.reuse || context.generation > 0) return undefined;
  const key = await findAnswer(deps.store, { requestHash: request.hash, sample: context.sample ?? 0, simulated: context.simulated });
  return key === undefined ? undefined : journal.adopt(turn, key);
}

/** A host that was cut off comes back in the midst of an attempt: another one may have its answer by now. */
async function answeredMeanwhile({ journal, turn }: OpenCall, intent: OpenIntent): Promise<JournaledAnswer | undefined> {
  await journal.refresh();
  const answer = journal.answerTo(turn);
  if (answer !== undefined) await journal.void(intent);
  return answer;
}

function worstOf(call: OpenCall, request: RenderedRequest, factor: number): WorstCase {
  const { model } = request.params;
  const rates = ratesFor(model, call.deps.now());
  if (rates === null && call.context.grantPico !== undefined) {
    throw failure({
      type: FailureType.PriceUnknown,
      message: `Cannot call "${call.rendered.agent}" under a budget: the price of model "${model}" is not known; use a listed model or no budget`,
    });
  }
  const worstPico = rates === null ? 0 : worstCaseOf(request, rates, factor);
  return { worstPico, worstTokens: worstTokensOf(request) };
}

/** Spent, possibly spent and the worst of the next turn together must stay within the grant. */
function checkGrant({ journal, context }: OpenCall, { worstPico, worstTokens }: WorstCase): Underfunded | undefined {
  const spent = totalOf(journal.spend());
  const needsPico = spent.pico + worstPico;
  const needsTokens = spent.tokens + worstTokens;
  const covered = needsPico <= (context.grantPico ?? Infinity) && needsTokens <= (context.grantTokens ?? Infinity);
  return covered ? undefined : { kind: 'needs', needsPico, needsTokens };
}

function refuseAfterLosses(call: OpenCall): void {
  const lost = call.journal.spend().uncertainRequests;
  if (lost < MAX_LOST_ANSWERS) return;
  throw failure({
    type: FailureType.TooManyLostAnswers,
    message:
      `Cannot finish the call of "${call.rendered.agent}": ${lost} requests ended without an answer and may have been charged; ` +
      'check the connection to Claude, then run it again',
  });
}

/**
 * Temporal has given up an attempt whose beats did not come, and another one may be asking by now: this one must not. Nobody
 * hears what it ends with, unless it was only the clock that jumped.
 */
function refuseAfterStandstill(call: OpenCall): void {
  const silentMs = call.site.silentMs();
  if (silentMs === 0) return;
  throw failure({
    type: FailureType.WorkerFault,
    message: `Cannot call "${call.rendered.agent}": its worker stood still for ${silentMs} ms; give the worker more processor time`,
    retryable: true,
  });
}

/** A model that has just refused for its rate limit is left alone: Temporal waits, not the activity. */
async function waitForPermit(call: OpenCall, { params }: RenderedRequest): Promise<void> {
  const waitMs = await call.deps.claude.limits.waitFor(params.model);
  if (waitMs === 0) return;
  throw failure({
    type: FailureType.RateLimited,
    message: `Cannot call "${call.rendered.agent}" yet: the rate limit of model "${params.model}" is used up for ${waitMs} ms; if it lasts, lower TROUPE_MAX_CALLS or ask for a higher limit`,
    retryable: true,
    retryAfterMs: Math.min(waitMs, MAX_RETRY_AFTER_MS),
    benign: true,
  });
}

async function send(
  call: OpenCall,
  request: RenderedRequest,
  { intent, promptTurn }: { readonly intent: OpenIntent; readonly promptTurn: PromptTurn | undefined },
): Promise<RawAnswer> {
  const { deps, site, context, rendered, turn } = call;
  call.progress = NO_PROGRESS;
  try {
    return await sendRequest(deps.claude, request, {
      signal: site.signal,
      tags: { workflowId: site.workflowId, step: context.step, agent: rendered.agent, attempt: site.attempt, turn },
      failpoints: deps.failpoints,
      onBegin: (usage) => promptTurn?.begun(usage),
      onProgress: (progress) => (call.progress = progress),
    });
  } catch (error) {
    const meaning = classify(error, deps.now());
    if (meaning.paid === 'no') await call.journal.void(intent);
    if (meaning.type === 'cancelled') throw cancelled(call);
    throw await sendFailure(call, request.params.model, { ...meaning, type: meaning.type });
  }
}

async function sendFailure(call: OpenCall, model: string, meaning: Classified & { readonly type: FailureType }) {
  const { retryAfterMs, type } = meaning;
  if (type === FailureType.RateLimited && retryAfterMs !== undefined) await call.deps.claude.limits.limited(model, retryAfterMs);
  return failure({
    type,
    message: `Cannot get an answer for "${call.rendered.agent}" from Claude: ${meaning.reason}`,
    retryable: meaning.retryable,
    benign: meaning.benign,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.min(spread(retryAfterMs), MAX_RETRY_AFTER_MS) }),
    details: {
      ...(meaning.status === undefined ? {} : { status: meaning.status }),
      ...(meaning.requestId === undefined ? {} : { requestId: meaning.requestId }),
    },
  });
}

/** A paid answer is worth more than one try at writing it down: too many open files, for one, passes. */
async function insist<Value>(write: () => Promise<Value>): Promise<Value> {
  for (let left = WRITE_ATTEMPTS - 1; left > 0; left -= 1) {
    try {
      return await write();
    } catch {
      await sleep(WRITE_PAUSE_MS);
    }
  }
  return write();
}

interface Answered {
  readonly request: RenderedRequest;
  readonly intent: OpenIntent;
  readonly answer: RawAnswer;
}

async function keep(call: OpenCall, { request, intent, answer }: Answered): Promise<JournaledAnswer> {
  const { message, requestId } = answer;
  const answeredAt = call.deps.now();
  const asked = request.params.model;
  const usage = usageOf(message.usage);
  const costPico = priceOf(usage, { answered: message.model, asked }, answeredAt);
  const facts = { model: asked, requestHash: request.hash, requestId, usage, costPico, answeredAt, message };
  const journaled = await insist(() => call.journal.answered(intent, request, facts));
  call.paid.push(journaled);
  return journaled;
}

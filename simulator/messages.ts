import type { ApiError } from './api-error';
import { buildAnswer } from './answer';
import { answerKey } from './answer-key';
import { requestHash } from './canonical';
import { drop, hang, reset, sendError, waitUntil, type Exchange, type Headers } from './exchange';
import { badFaultHeader, faultError, parseFaultHeader, type Fault } from './faults';
import { jsonReply } from './json-reply';
import { answerTimes } from './latency';
import type { SimulatedModel } from './models';
import { billedUsage, type PlannedAnswer } from './planned-answer';
import type { CachedPrompt } from './prompt-cache';
import { promptProblem } from './prompt-limit';
import { randomFrom } from './random';
import type { Simulation } from './simulation';
import { streamReply } from './stream-reply';
import { promptPositions } from './tokens';
import { validateRequest } from './validate';
import type { AnswerMessage, MessagesRequest } from './wire';

/** A caller who passed the door: who asks, and under which version of the API. */
export interface Caller {
  /** A digest of the API key: it stands for the caller, and may be kept in files. */
  readonly key: string;
  readonly version: string;
}

/** A valid request with everything that was found out about it before it is answered. */
interface Accepted {
  readonly request: MessagesRequest;
  readonly model: SimulatedModel;
  readonly caller: Caller;
  readonly hash: string;
  readonly arrival: number;
  readonly fault: Fault | undefined;
}

/** `POST /v1/messages`. */
export async function handleMessages(
  simulation: Simulation,
  exchange: Exchange,
  call: { readonly caller: Caller; readonly body: unknown },
): Promise<void> {
  const accepted = accept(simulation, exchange, call);
  if ('error' in accepted) return refuse(exchange, { error: accepted.error, outcome: 'rejected' });
  const { fault } = accepted;
  if (fault?.kind === 'status') {
    const headers = simulation.limiter.headers(accepted.caller.key, accepted.model);
    return refuse(exchange, { error: faultError(fault), outcome: 'faulted', headers });
  }
  if (fault?.kind === 'reset_before_headers' || fault?.kind === 'hang_headers') return neverAnswer(simulation, exchange, fault);
  return answer(simulation, exchange, accepted);
}

function accept(
  simulation: Simulation,
  { request: http, open }: Exchange,
  { caller, body }: { readonly caller: Caller; readonly body: unknown },
): Accepted | { error: ApiError } {
  const validated = validateRequest(body, { version: caller.version });
  if ('error' in validated) return validated;
  const { request, model } = validated;
  const hash = requestHash(request);
  const arrival = open.note({ hash, model: model.id, stream: request.stream === true });
  const header = http.headers['x-sim-fault'];
  let fault: Fault | undefined;
  try {
    fault =
      typeof header === 'string'
        ? parseFaultHeader(header)
        : simulation.faults.choose({ hash, nth: arrival, model: model.id, agent: open.tags.agent });
  } catch (error) {
    return { error: badFaultHeader(error) };
  }
  if (fault !== undefined) open.note({ fault: fault.kind === 'status' ? String(fault.status) : fault.kind });
  return { request, model, caller, hash, arrival, fault };
}

interface Refusal {
  readonly error: ApiError;
  readonly outcome: 'rejected' | 'limited' | 'faulted';
  readonly headers?: Headers;
}

function refuse(exchange: Exchange, { error, outcome, headers = {} }: Refusal): void {
  exchange.open.settle({ outcome, status: error.status, errorType: error.type });
  sendError(exchange, error, headers);
}

/** The request never reaches the model, so nothing is charged. */
async function neverAnswer(simulation: Simulation, exchange: Exchange, fault: Fault): Promise<void> {
  if (fault.kind === 'reset_before_headers') {
    exchange.open.settle({ outcome: 'faulted', status: 0 });
    return reset(exchange);
  }
  await hang(exchange, fault.ms);
  exchange.open.settle({ outcome: 'faulted', status: 0, abortedAt: simulation.clock.now() });
}

async function answer(simulation: Simulation, exchange: Exchange, accepted: Accepted): Promise<void> {
  const { request, model, caller, fault } = accepted;
  const positions = promptPositions(request);
  const tooLong = promptProblem(positions, simulation.contextWindow ?? model.contextWindow);
  if (tooLong !== undefined) return refuse(exchange, { error: tooLong, outcome: 'rejected' });
  const cached = simulation.cache.account({ key: caller.key, model }, positions);
  const { fresh, written5m, written1h } = cached.usage;
  const demand = { inputTokens: fresh + written5m + written1h, inFlight: simulation.bill.inFlight };
  const limited = simulation.limiter.admit(caller.key, model, demand);
  if (limited !== undefined)
    return refuse(exchange, { error: limited, outcome: 'limited', headers: simulation.limiter.headers(caller.key, model) });
  const planned = plan(simulation, exchange, { ...accepted, cached });
  if (fault?.kind === 'hold' && !(await simulation.faults.letGo(exchange.gone))) return planned.abandon(0, 0);
  if (fault?.kind === 'charge_then_drop') return chargeThenDrop(exchange, planned);
  const streams = planned.stream && fault?.kind !== 'wrong_content_type';
  return streams ? streamReply(exchange, planned) : jsonReply(exchange, planned);
}

/** The answer exists and is paid for, and the client never sees a byte of it. */
async function chargeThenDrop(exchange: Exchange, planned: PlannedAnswer): Promise<void> {
  const all = planned.message.usage.output_tokens;
  if (!(await waitUntil(exchange, planned.times.totalMs))) return planned.abandon(all, 0);
  planned.started();
  planned.cut(all, 0);
  drop(exchange);
}

function plan(simulation: Simulation, { open }: Exchange, accepted: Accepted & { readonly cached: CachedPrompt }): PlannedAnswer {
  const { request, model, caller, fault, cached } = accepted;
  const key = answerKey(simulation, accepted);
  const scripted = simulation.rules.choose(request, open.tags.agent);
  const message = buildAnswer({ request, model, key, prompt: cached.usage, scripted, fault });
  const charge = (outcome: 'answered' | 'cut' | 'aborted', outputTokens: number, streamedBytes: number): void => {
    if (open.settled) return;
    const usage = billedUsage(message, outputTokens);
    simulation.limiter.produced(caller.key, model, usage.output_tokens);
    const stopReason = outcome === 'answered' ? message.stop_reason : null;
    const abortedAt = outcome === 'aborted' ? { abortedAt: simulation.clock.now() } : {};
    open.settle({ outcome, status: 200, stopReason, streamedBytes, usage, ...abortedAt });
  };
  return {
    message,
    times: timesOf(simulation, accepted, { message, key }),
    fault,
    stream: request.stream === true,
    headers: () => simulation.limiter.headers(caller.key, model),
    started: () => cached.publish(),
    complete: (bytes) => charge('answered', message.usage.output_tokens, bytes),
    cut: (produced, bytes) => charge('cut', produced, bytes),
    abandon: (produced, bytes) => charge('aborted', produced, bytes),
  };
}

function timesOf(
  simulation: Simulation,
  { model, fault }: Accepted,
  { message, key }: { readonly message: AnswerMessage; readonly key: string },
) {
  const { latency, latencyMs, tokensPerSecond } = simulation.config();
  const { usage } = message;
  const times = answerTimes({ scale: latency ?? 0, fixedMs: latencyMs, tokensPerSecond }, model, {
    freshInputTokens: usage.input_tokens + usage.cache_creation_input_tokens,
    outputTokens: usage.output_tokens,
    random: randomFrom(`${key}\nlatency`),
  });
  const extra = fault?.kind === 'slow' ? (fault.ms ?? 1_000) : 0;
  return { firstByteMs: times.firstByteMs + extra, totalMs: times.totalMs + extra };
}

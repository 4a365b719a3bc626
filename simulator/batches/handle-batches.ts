import { apiError, invalidRequest, type ApiError } from '../api-error';
import { hang, reset, sendError, type Exchange } from '../exchange';
import { badFaultHeader, faultError, parseFaultHeader, type Fault } from '../faults';
import type { Caller } from '../messages';
import { sha256 } from '../random';
import type { Simulation } from '../simulation';
import type { BatchState } from './batch-log';
import { routeOf, type BatchRoute } from './batch-route';
import { archivedAt, describeBatch } from './describe-batch';
import { pageOfBatches } from './page-of-batches';
import { SLOW_BATCH_MS } from './schedule';
import { sendSource } from './send-source';
import { sourceOf, type Source } from './shelf';
import { readBatch } from './validate-batch';

interface BatchCall {
  readonly url: URL;
  readonly caller: Caller;
  readonly text: string;
}

/** A request to an endpoint, with its fault. */
interface Asked extends BatchCall {
  readonly simulation: Simulation;
  readonly exchange: Exchange;
  readonly route: BatchRoute;
  readonly fault: Fault | undefined;
}

/** What an endpoint answers: JSON, or the lines of the results. */
type Answer = { readonly json: unknown } | { readonly lines: Source };

/** `/v1/messages/batches` and everything below it. */
export async function handleBatches(simulation: Simulation, exchange: Exchange, call: BatchCall): Promise<void> {
  const { limiter } = simulation.batches;
  const refuse = (error: ApiError, outcome: 'rejected' | 'limited' | 'faulted'): void => {
    exchange.open.settle({ outcome, status: error.status, errorType: error.type });
    sendError(exchange, error, limiter.headers());
  };
  const route = routeOf(exchange.request.method ?? 'GET', call.url.pathname);
  if (typeof route === 'number') return refuse(apiError(route, route === 405 ? { message: 'Method Not Allowed' } : {}), 'rejected');
  const limited = limiter.admit();
  if (limited !== undefined) return refuse(limited, 'limited');
  const chosen = chooseFault(simulation, exchange, { route, text: call.text });
  if ('error' in chosen) return refuse(chosen.error, 'rejected');
  const { fault } = chosen;
  if (fault?.kind === 'status') return refuse(faultError(fault), 'faulted');
  if (fault?.kind === 'reset_before_headers' || fault?.kind === 'hang_headers') return neverAnswer(exchange, fault);
  if (fault?.kind === 'hold' && !(await simulation.faults.letGo(exchange.gone)))
    return exchange.open.settle({ outcome: 'aborted', status: 0, abortedAt: simulation.clock.now() });
  // What is told about batches includes everything that is due, so that moving the clock shows at once.
  if (route.endpoint !== 'batch_create') await simulation.batches.caughtUp();
  const answer = ENDPOINTS[route.endpoint]({ ...call, simulation, exchange, route, fault });
  if ('status' in answer) return refuse(answer, answer.status === 429 ? 'limited' : 'rejected');
  const headers = limiter.headers();
  if ('lines' in answer) return sendSource(exchange, { source: answer.lines, type: 'application/x-jsonl', headers }, fault);
  const source = sourceOf([Buffer.from(JSON.stringify(answer.json))]);
  return sendSource(exchange, { source, type: 'application/json', headers }, fault);
}

/** The fault of the header, or of the plan; a second request for the same is a second arrival. */
function chooseFault(
  simulation: Simulation,
  { request, open }: Exchange,
  { route, text }: { readonly route: BatchRoute; readonly text: string },
): { readonly fault: Fault | undefined } | { readonly error: ApiError } {
  const hash = sha256(`${route.endpoint}\n${route.id}\n${route.endpoint === 'batch_create' ? text : ''}`);
  const nth = open.note({ hash });
  const header = request.headers['x-sim-fault'];
  try {
    const fault =
      typeof header === 'string'
        ? parseFaultHeader(header)
        : simulation.faults.choose({ on: route.endpoint, hash, nth, model: null, agent: open.tags.agent });
    if (fault !== undefined) open.note({ fault: fault.kind === 'status' ? String(fault.status) : fault.kind });
    return { fault };
  } catch (error) {
    return { error: badFaultHeader(error) };
  }
}

async function neverAnswer(exchange: Exchange, fault: Fault): Promise<void> {
  exchange.open.settle({ outcome: 'faulted', status: 0 });
  return fault.kind === 'hang_headers' ? hang(exchange, fault.ms) : reset(exchange);
}

type Endpoint = (asked: Asked) => Answer | ApiError;

const ENDPOINTS: Readonly<Record<BatchRoute['endpoint'], Endpoint>> = {
  batch_create: (asked) => {
    const { simulation, exchange, caller, fault } = asked;
    let body: unknown;
    try {
      body = JSON.parse(asked.text);
    } catch {
      return invalidRequest('The request body is not valid JSON');
    }
    const read = readBatch(body);
    if ('error' in read) return read.error;
    const created = simulation.batches.create({
      requestId: exchange.open.requestId,
      requests: read.requests,
      version: caller.version,
      betas: String(exchange.request.headers['anthropic-beta'] ?? '').split(/\s*,\s*/),
      cacheKey: caller.key,
      tags: exchange.open.tags,
      turnaroundMs: fault?.kind === 'batch_slow' ? (fault.ms ?? SLOW_BATCH_MS) : undefined,
    });
    return 'status' in created ? created : shown(asked, created);
  },
  batch_list: (asked) => {
    const page = pageOfBatches(asked.simulation.batches.all(), asked.url.searchParams);
    if ('status' in page) return page;
    const data = page.batches.map((batch) => described(asked, batch));
    return { json: { data, has_more: page.hasMore, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null } };
  },
  batch_retrieve: (asked) => {
    const batch = found(asked);
    return 'status' in batch ? batch : shown(asked, batch);
  },
  batch_cancel: (asked) => {
    const batch = found(asked);
    if ('status' in batch) return batch;
    if (batch.ended !== null) return invalidRequest(`Batch ${batch.facts.id} cannot be canceled because it has ended`);
    if (batch.cancelAt === null) asked.simulation.batches.cancel(batch);
    return shown(asked, batch);
  },
  batch_delete: (asked) => {
    const batch = found(asked);
    if ('status' in batch) return batch;
    const { id } = batch.facts;
    if (batch.ended === null) return invalidRequest(`Batch ${id} cannot be deleted while it is processing; cancel it first`);
    asked.simulation.batches.remove(batch);
    return { json: { id, type: 'message_batch_deleted' } };
  },
  batch_results: (asked) => {
    const batch = found(asked);
    if ('status' in batch) return batch;
    const { id } = batch.facts;
    if (batch.ended === null) return apiError(404, { message: `Batch ${id} has no results yet: it is still processing` });
    if (asked.simulation.clock.now() >= archivedAt(batch))
      return apiError(404, { message: `The results of batch ${id} are no longer available` });
    return { lines: asked.simulation.batches.results(batch) };
  },
};

function found({ simulation, route }: Asked): BatchState | ApiError {
  const batch = simulation.batches.find(route.id);
  return batch === undefined || batch.deleted ? apiError(404, { message: `Message Batch ${route.id} not found` }) : batch;
}

const shown = (asked: Asked, batch: BatchState): Answer => ({ json: described(asked, batch) });

function described({ simulation, exchange }: Asked, batch: BatchState) {
  return describeBatch(batch, { now: simulation.clock.now(), origin: `http://${exchange.request.headers.host ?? 'localhost'}` });
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { handleAdmin } from './admin';
import { apiError, invalidRequest, type ApiError } from './api-error';
import { isBatchPath, maxBodyOf } from './batches/batch-route';
import { handleBatches } from './batches/handle-batches';
import type { CallerTags } from './bill-record';
import { createExchange, sendError, sendJson, type Exchange } from './exchange';
import { handleMessages, type Caller } from './messages';
import { describeModel, MODELS } from './models';
import { sha256 } from './random';
import { readBody } from './read-body';
import type { Simulation } from './simulation';
import { promptPositions, promptTokensOf } from './tokens';
import { API_VERSIONS, validateRequest } from './validate';

/** Longer than any pause of a client with a connection pool: an idle socket closed under a request looks like a fault. */
const KEEP_ALIVE_MS = 120_000;

/** The HTTP side of a simulation. */
export function createSimulatorServer(simulation: Simulation): Server {
  const server = createServer((request, response) => {
    route(simulation, request, response).catch((error: unknown) => {
      // A fault of the simulator itself must be seen, and must not look like an answer.
      process.emitWarning(error instanceof Error ? error : String(error));
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = 0;
  return server;
}

async function route(simulation: Simulation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  if (url.pathname.startsWith('/__sim/')) {
    const text = await readBody(request);
    return handleAdmin(simulation, { request, response }, { url, text: text ?? '' });
  }
  const retryCount = Number(request.headers['x-stainless-retry-count'] ?? 0) || 0;
  const open = simulation.bill.open({ path: url.pathname, tags: tagsOf(request), retryCount });
  response.once('close', () => open.leave());
  const exchange = createExchange(request, response, open);
  const text = await readBody(request, maxBodyOf(url.pathname));
  if (text === undefined) return open.settle({ outcome: 'aborted', status: 0, abortedAt: simulation.clock.now() });
  if (text === null) return reject(exchange, apiError(413, { body: 'html' }));
  const caller = callerOf(simulation, request);
  if ('status' in caller) return reject(exchange, caller);
  return dispatch(simulation, exchange, { url, caller, text });
}

interface Call {
  readonly url: URL;
  readonly caller: Caller;
  readonly text: string;
}

/** Endpoints by path. What a request is answered and charged is decided below `handleMessages`, which knows no HTTP routes. */
function dispatch(simulation: Simulation, exchange: Exchange, { url, caller, text }: Call): Promise<void> | void {
  const method = exchange.request.method ?? 'GET';
  const path = url.pathname;
  if (method === 'GET' && path === '/v1/models') return listModels(exchange, url.searchParams);
  if (method === 'GET' && path.startsWith('/v1/models/')) return oneModel(exchange, decodeURIComponent(path.slice('/v1/models/'.length)));
  if (isBatchPath(path)) return handleBatches(simulation, exchange, { url, caller, text });
  if (path !== '/v1/messages' && path !== '/v1/messages/count_tokens') return reject(exchange, apiError(404));
  if (method !== 'POST') return reject(exchange, apiError(405, { message: 'Method Not Allowed' }));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return reject(exchange, invalidRequest('The request body is not valid JSON'));
  }
  return path === '/v1/messages' ? handleMessages(simulation, exchange, { caller, body }) : countTokens(exchange, { caller, body });
}

function callerOf(simulation: Simulation, { headers }: IncomingMessage): Caller | ApiError {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  const header = headers['x-api-key'];
  const key = typeof header === 'string' && header !== '' ? header : bearer;
  if (key === undefined) return apiError(401, { message: 'x-api-key header is required' });
  const known = simulation.apiKeys ? simulation.apiKeys.includes(key) : !key.includes('invalid');
  if (!known) return apiError(401, { message: typeof header === 'string' ? 'invalid x-api-key' : 'Invalid bearer token' });
  const version = headers['anthropic-version'];
  if (version === undefined) return invalidRequest('anthropic-version: header is required');
  if (!API_VERSIONS.includes(version as (typeof API_VERSIONS)[number])) {
    return invalidRequest(`anthropic-version: "${String(version)}" is not a valid version; use ${API_VERSIONS.join(' or ')}`);
  }
  return { key: sha256(key), version: String(version) };
}

function tagsOf({ headers }: IncomingMessage): CallerTags {
  const tag = (name: string): string | null => {
    const value = headers[`x-troupe-${name}`];
    return typeof value === 'string' ? decoded(value) : null;
  };
  return { workflowId: tag('workflow-id'), step: tag('step'), agent: tag('agent'), attempt: tag('attempt'), turn: tag('turn') };
}

/** Callers escape what a header cannot hold; a value with a stray percent sign is taken as it is. */
function decoded(value: string): string {
  try {
    return decodeURI(value);
  } catch {
    return value;
  }
}

function reject(exchange: Exchange, error: ApiError): void {
  exchange.open.settle({ outcome: 'rejected', status: error.status, errorType: error.type });
  sendError(exchange, error);
}

function reply(exchange: Exchange, body: unknown): void {
  exchange.open.settle({ outcome: 'answered', status: 200 });
  sendJson(exchange, body);
}

function countTokens(exchange: Exchange, { caller, body }: { readonly caller: Caller; readonly body: unknown }): void {
  const validated = validateRequest(body, { version: caller.version, counting: true });
  if ('error' in validated) return reject(exchange, validated.error);
  exchange.open.note({ model: validated.model.id });
  reply(exchange, { input_tokens: promptTokensOf(promptPositions(validated.request)) });
}

function oneModel(exchange: Exchange, id: string): void {
  const model = MODELS.get(id);
  if (model === undefined) return reject(exchange, apiError(404, { message: `model: ${id}` }));
  reply(exchange, describeModel(model));
}

function listModels(exchange: Exchange, query: URLSearchParams): void {
  const lifecycles = [...query.getAll('lifecycle[]'), ...query.getAll('lifecycle')];
  const all = [...MODELS.values()]
    .map(describeModel)
    .filter(({ lifecycle }) => lifecycles.length === 0 || lifecycles.includes(String(lifecycle)));
  const limit = Math.min(1_000, Math.max(1, Number(query.get('limit') ?? 20) || 20));
  const place = (id: string | null): number => all.findIndex((model) => model['id'] === id);
  const before = place(query.get('before_id'));
  const from = before >= 0 ? Math.max(0, before - limit) : place(query.get('after_id')) + 1;
  const to = before >= 0 ? before : from + limit;
  const data = all.slice(from, to);
  const more = before >= 0 ? from > 0 : to < all.length;
  reply(exchange, { data, has_more: more, first_id: data[0]?.['id'] ?? null, last_id: data.at(-1)?.['id'] ?? null });
}

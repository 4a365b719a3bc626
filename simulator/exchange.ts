import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';

import { errorBody, errorPage, type ApiError } from './api-error';
import type { OpenRequest } from './bill';

/** One HTTP request and the answer being given to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly open: OpenRequest;
  /** The client has gone, or the server has dropped the connection. */
  readonly gone: AbortSignal;
  /** Milliseconds on the monotonic clock at arrival. */
  readonly startedAt: number;
}

export function createExchange(request: IncomingMessage, response: ServerResponse, open: OpenRequest): Exchange {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return { request, response, open, gone: controller.signal, startedAt: performance.now() };
}

/** Waits until so many milliseconds after arrival; resolves to false at once when the client leaves. */
export function waitUntil({ startedAt, gone }: Exchange, atMs: number): Promise<boolean> {
  if (gone.aborted) return Promise.resolve(false);
  const left = atMs - (performance.now() - startedAt);
  if (left <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const leave = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      gone.removeEventListener('abort', leave);
      resolve(true);
    }, left);
    gone.addEventListener('abort', leave, { once: true });
  });
}

/** Holds the connection until the client leaves, or for so many milliseconds; then it is closed. */
export async function hang(exchange: Exchange, ms: number | undefined): Promise<void> {
  if (ms !== undefined) await waitUntil(exchange, performance.now() - exchange.startedAt + ms);
  else if (!exchange.gone.aborted) await new Promise((resolve) => exchange.gone.addEventListener('abort', resolve, { once: true }));
  drop(exchange);
}

export function drop({ response }: Exchange): void {
  response.destroy();
}

/** Breaks the connection the hard way, with a TCP reset. */
export function reset({ response }: Exchange): void {
  if (response.socket) response.socket.resetAndDestroy();
  else response.destroy();
}

export interface Headers {
  readonly [name: string]: string;
}

/** Headers that every answer carries. */
export function commonHeaders(requestId: string): Headers {
  return {
    'request-id': requestId,
    'anthropic-organization-id': '5157c0de-0000-4000-8000-000000000001',
    'anthropic-workspace-id': 'wrkspc_01SimulatedWorkspace0001',
  };
}

export function sendJson(
  { response, open }: Exchange,
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Headers } = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    ...commonHeaders(open.requestId),
    ...headers,
    'content-type': 'application/json',
    'content-length': bytes.length,
  });
  response.end(bytes);
}

export function sendError(exchange: Exchange, error: ApiError, headers: Headers = {}): void {
  const { status, body: form } = error;
  const body = errorBody(error, exchange.open.requestId);
  const own = { ...headers, ...error.headers };
  if (form === undefined) return sendJson(exchange, body, { status, headers: own });
  if (form === 'html') {
    // An edge server answers before the API has given the request an id.
    exchange.response.writeHead(status, { 'content-type': 'text/html', ...error.headers });
    exchange.response.end(errorPage(status));
    return;
  }
  const text = JSON.stringify(body);
  exchange.response.writeHead(status, { ...commonHeaders(exchange.open.requestId), ...own, 'content-type': 'application/json' });
  exchange.response.end(form === 'empty' ? '' : text.slice(0, text.length / 2));
}

import { toolFailure } from '../tool-failure';
import { readAtMost } from './read-at-most';
import { retryAfterMs } from './retry-after';

export interface JsonRequest {
  /** Name of the tool that asks: messages say whose section of the tools file to look at. */
  readonly tool: string;
  /** May hold a key in its query: no message quotes more of it than the host. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST. */
  readonly body?: unknown;
  /** Sent as a form by POST, as token endpoints take it. */
  readonly form?: Readonly<Record<string, string>>;
  /** Of the call. What it was aborted with is thrown as it is. */
  readonly signal: AbortSignal;
  /** Milliseconds for the whole answer, redirects included. @default 10000 */
  readonly timeoutMs?: number;
  /** Bytes of the answer. @default 4194304 */
  readonly maxBytes?: number;
}

/** `found: false` is 404 or 410: whether a missing record is an error is for the caller to say. */
export type JsonAnswer = { readonly found: true; readonly value: unknown; readonly headers: Headers } | { readonly found: false };

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1_024 * 1_024;
const MAX_REDIRECTS = 3;

/**
 * Asks a service of the tools file for JSON, once: trying again is Temporal's. Redirects are followed within the same origin only, so
 * that neither a key nor a worker's place in its network serves another host.
 * @throws ToolFailed, final: key refused, request refused, not JSON, too long, redirected elsewhere; retryable: 408, 425, 429, 5xx,
 *   no connection, no answer in time. No message holds a header, a query or what the service wrote
 */
export async function requestJson(request: JsonRequest): Promise<JsonAnswer> {
  const { signal, timeoutMs = TIMEOUT_MS } = request;
  signal.throwIfAborted();
  const ask = asked(request);
  const ending = new AbortController();
  const stop = () => ending.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await send(ask, ending.signal);
    return await read(ask, answer);
  } catch (error) {
    signal.throwIfAborted();
    if (ending.signal.aborted) throw ask.fails(`it did not answer within ${timeoutMs} ms`, { retryable: true });
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

interface Asked {
  readonly request: JsonRequest;
  readonly url: URL;
  readonly init: RequestInit;
  readonly fails: (why: string, how?: { advice?: string; retryable?: boolean; retryAfterMs?: number; status?: number }) => Error;
}

/** The engine's own errors quote headers and addresses, and with them keys: what cannot be sent is found here. */
function asked(request: JsonRequest): Asked {
  const { tool, body, form } = request;
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  const fails: Asked['fails'] = (why, { advice, ...how } = {}) => {
    const cure = advice ?? (how.retryable === true ? 'it is tried again' : `check the section of "${tool}" in the tools file`);
    return toolFailure({ message: `Cannot ask "${url?.host ?? 'the service'}" for "${tool}": ${why}; ${cure}`, ...how });
  };
  const web = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === undefined || !web || url.username !== '' || url.password !== '') {
    throw fails('its address is no plain http or https address');
  }
  try {
    const headers = new Headers({ accept: 'application/json', ...request.headers });
    if (form !== undefined) return { request, url, fails, init: { method: 'POST', headers, body: new URLSearchParams(form) } };
    if (body === undefined) return { request, url, fails, init: { method: 'GET', headers } };
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return { request, url, fails, init: { method: 'POST', headers, body: JSON.stringify(body) } };
  } catch {
    throw fails('one of its headers cannot be sent', { advice: `check the headers and keys of "${tool}" in the tools file` });
  }
}

async function send({ url, init, fails }: Asked, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await attempt(() => fetch(at, { ...init, signal, redirect: 'manual' }), fails);
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || answer.status === 304 || location === null) return answer;
    await answer.body?.cancel();
    const target = URL.canParse(location, at.href) ? new URL(location, at) : undefined;
    if (target?.origin !== url.origin) {
      const advice = 'write the address that it answers at into the tools file';
      throw fails(`it redirects to another place, "${target?.origin ?? 'nowhere'}"`, { advice, status: answer.status });
    }
    if (init.method === 'POST') throw fails(`it redirects what was sent to it (${answer.status})`, { status: answer.status });
    at = target;
  }
  throw fails(`it redirects more than ${MAX_REDIRECTS} times`);
}

async function read({ request: { tool, maxBytes = MAX_BYTES }, fails }: Asked, answer: Response): Promise<JsonAnswer> {
  const { status, headers } = answer;
  if (!answer.ok) await answer.body?.cancel();
  if (status === 404 || status === 410) return { found: false };
  if (status === 401 || status === 403) {
    throw fails(`it refuses the key (${status})`, { advice: `check the key of "${tool}" in the tools file`, status });
  }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const wait = retryAfterMs(headers.get('retry-after'), Date.now());
    const why = status === 429 ? 'it has had too many requests (429)' : `it cannot answer now (${status})`;
    throw fails(why, { retryable: true, status, ...(wait !== undefined && { retryAfterMs: wait }) });
  }
  if (!answer.ok) throw fails(`it refuses the request (${status})`, { status });
  const text = await attempt(() => readAtMost(answer, maxBytes), fails);
  if (text === undefined) throw fails(`its answer has more than ${maxBytes} bytes`, { advice: 'ask for less at once' });
  try {
    return { found: true, value: JSON.parse(text) as unknown, headers };
  } catch {
    throw fails('its answer is not JSON', { advice: `check the address of "${tool}" in the tools file` });
  }
}

/** The connection failed or broke off. Of such an error only its code is told. */
async function attempt<Value>(body: () => Promise<Value>, fails: Asked['fails']): Promise<Value> {
  try {
    return await body();
  } catch (error) {
    throw fails(`the connection failed${codeOf(error)}`, { retryable: true });
  }
}

function codeOf(error: unknown): string {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(at.code)) return ` (${at.code})`;
  }
  return '';
}

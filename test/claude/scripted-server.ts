import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One response of the server: an answer, an HTTP error, or whatever a test writes by hand. */
export type Script =
  | {
      readonly answer: string;
      readonly stopReason?: string;
      readonly content?: object[];
      readonly usage?: object;
      readonly stopDetails?: object;
    }
  | {
      readonly status: number;
      readonly type?: string;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Record<string, string>;
      readonly html?: string;
    }
  | { readonly raw: (response: ServerResponse, request: IncomingMessage) => void };

/** The part of a request that tests look at. */
export interface SentBody {
  readonly max_tokens: number;
  readonly system: unknown;
  readonly messages: ReadonlyArray<{ readonly role: string; readonly content: unknown }>;
}

export interface SeenRequest {
  readonly body: Record<string, unknown> & SentBody;
  readonly headers: IncomingHttpHeaders;
  /** True once the client has gone before the answer was complete. */
  aborted: boolean;
}

export interface ScriptedServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** @throws Error when there was no such request. */
  request(index: number): SeenRequest;
  close(): Promise<void>;
}

/** Answers the n-th request with the n-th script, or with what a function makes of it; throws when over-called. */
export async function startScriptedServer(
  scripts: readonly Script[] | ((request: SeenRequest, n: number) => Script),
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as SeenRequest['body'];
    const entry: SeenRequest = { body, headers: request.headers, aborted: false };
    response.on('close', () => (entry.aborted = !response.writableFinished));
    seen.push(entry);
    const script = typeof scripts === 'function' ? scripts(entry, seen.length) : scripts[seen.length - 1];
    play(script ?? { status: 500, message: 'over-called' }, response, request);
  }
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    request(index) {
      const found = seen[index];
      if (found === undefined) throw new Error(`only ${seen.length} requests arrived`);
      return found;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function play(script: Script, response: ServerResponse, request: IncomingMessage): void {
  if ('raw' in script) return script.raw(response, request);
  if ('status' in script) {
    response.writeHead(script.status, {
      'request-id': 'req_error',
      'content-type': script.html ? 'text/html' : 'application/json',
      ...script.headers,
    });
    const error = {
      type: script.type ?? 'api_error',
      message: script.message ?? 'scripted',
      ...(script.code ? { details: { error_code: script.code } } : {}),
    };
    response.end(script.html ?? JSON.stringify({ type: 'error', error, request_id: 'req_error' }));
    return;
  }
  openStream(response);
  for (const event of eventsOf(script)) sendEvent(response, event);
  response.end();
}

export function openStream(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'request-id': 'req_ok',
    'anthropic-ratelimit-requests-remaining': '41',
  });
}

export function sendEvent(response: ServerResponse, event: { readonly type: string }): void {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

const USAGE = { input_tokens: 100, output_tokens: 20, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };

export function messageStart(model = 'claude-haiku-5-5', usage: object = USAGE) {
  return {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      container: null,
      diagnostics: null,
      usage: { ...USAGE, ...usage, output_tokens: 1 },
    },
  };
}

/** The events of a whole answer: its blocks, by default a thinking block without text, as current models send it, and the text in two pieces. */
export function eventsOf(script: Extract<Script, { answer: string }>): Array<{ readonly type: string }> {
  const usage = { ...USAGE, ...script.usage };
  const blocks = script.content ?? [
    { type: 'thinking', thinking: '', signature: 'sig' },
    { type: 'text', text: script.answer, citations: null },
  ];
  return [
    messageStart('claude-haiku-5-5', usage),
    ...blocks.flatMap((block, index) => blockEvents(block as Readonly<Record<string, unknown>>, index)),
    {
      type: 'message_delta',
      delta: { stop_reason: script.stopReason ?? 'end_turn', stop_sequence: null, stop_details: script.stopDetails ?? null },
      usage,
    } as never,
    { type: 'message_stop' },
  ];
}

function blockEvents(block: Readonly<Record<string, unknown>>, index: number): Array<{ readonly type: string }> {
  const delta = (change: object): object => ({ type: 'content_block_delta', index, delta: change });
  const around = (empty: object, ...deltas: object[]): object[] => [
    { type: 'content_block_start', index, content_block: { ...block, ...empty } },
    ...deltas,
    { type: 'content_block_stop', index },
  ];
  const text = typeof block['text'] === 'string' ? block['text'] : '';
  const half = Math.ceil(text.length / 2);
  const textDelta = (part: string): object => delta({ type: 'text_delta', text: part });
  const events: Record<string, () => object[]> = {
    thinking: () => around({ signature: '' }, delta({ type: 'signature_delta', signature: block['signature'] })),
    text: () => around({ text: '' }, textDelta(text.slice(0, half)), { type: 'ping' }, textDelta(text.slice(half))),
    tool_use: () => around({ input: {} }, delta({ type: 'input_json_delta', partial_json: JSON.stringify(block['input']) })),
  };
  return (events[String(block['type'])]?.() ?? around({})) as Array<{ readonly type: string }>;
}

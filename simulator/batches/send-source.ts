import { pipeline } from 'node:stream/promises';

import { apiError } from '../api-error';
import { commonHeaders, drop, hang, sendError, waitUntil, type Exchange, type Headers } from '../exchange';
import type { Fault } from '../faults';
import type { Source } from './shelf';

/** A body with its type and headers. */
export interface Reply {
  readonly source: Source;
  readonly type: string;
  readonly headers: Headers;
}

/** Sends the answer to a request that was carried out, or spoils it. The bill has no charge for it: only items cost money. */
export async function sendSource(exchange: Exchange, reply: Reply, fault: Fault | undefined): Promise<void> {
  const half = Math.floor(reply.source.size / 2);
  switch (fault?.kind) {
    case 'slow':
      if (!(await waitUntil(exchange, fault.ms ?? 1_000))) return settle(exchange, 'aborted');
      return send(exchange, reply);
    case 'create_then_fail': {
      const error = apiError(fault.status ?? 500, { type: fault.type, message: fault.message, body: fault.body });
      exchange.open.settle({ outcome: 'faulted', status: error.status, errorType: error.type });
      return sendError(exchange, error, reply.headers);
    }
    case 'charge_then_drop':
      settle(exchange, 'cut');
      return drop(exchange);
    case 'empty_body':
      return send(exchange, reply, 0);
    case 'truncated_json':
    case 'eof_no_stop':
      return send(exchange, reply, half);
    case 'wrong_content_type':
      return send(exchange, { ...reply, type: 'text/plain' });
    case 'reset_mid_stream':
    case 'hang_body':
      settle(exchange, 'cut');
      await begin(exchange, reply, half);
      return fault.kind === 'hang_body' ? hang(exchange, fault.ms) : drop(exchange);
    default:
      return send(exchange, reply);
  }
}

function settle({ open }: Exchange, outcome: 'answered' | 'cut' | 'aborted'): void {
  open.settle({ outcome, status: 200 });
}

function writeHead({ response, open }: Exchange, { type, headers }: Reply, length?: number): void {
  const lengthHeader = length === undefined ? {} : { 'content-length': String(length) };
  response.writeHead(200, { ...commonHeaders(open.requestId), ...headers, 'content-type': type, ...lengthHeader });
}

async function send(exchange: Exchange, reply: Reply, bytes = reply.source.size): Promise<void> {
  settle(exchange, bytes === reply.source.size ? 'answered' : 'cut');
  writeHead(exchange, reply, bytes);
  try {
    await pipeline(reply.source.open(bytes), exchange.response);
  } catch (error) {
    // A client that leaves in the middle is no fault of ours.
    if (!exchange.gone.aborted) throw error;
  }
}

/** Sends the beginning of a body, and resolves once it is with the operating system. */
async function begin(exchange: Exchange, reply: Reply, bytes: number): Promise<void> {
  writeHead(exchange, reply, reply.source.size);
  exchange.response.flushHeaders();
  for await (const piece of reply.source.open(bytes)) {
    if (exchange.gone.aborted) return;
    await new Promise<void>((resolve) => {
      exchange.gone.addEventListener('abort', () => resolve(), { once: true });
      exchange.response.write(piece, () => resolve());
    });
  }
}

import { performance } from 'node:perf_hooks';

import { commonHeaders, drop, hang, waitUntil, type Exchange, type Headers } from './exchange';
import type { PlannedAnswer } from './planned-answer';

/** Sends an answer as one JSON body after its whole time has passed. */
export async function jsonReply(exchange: Exchange, planned: PlannedAnswer): Promise<void> {
  const { message, times } = planned;
  const atFirst = await waitUntil(exchange, times.firstByteMs);
  if (atFirst) planned.started();
  if (!atFirst || !(await waitUntil(exchange, times.totalMs))) {
    const span = times.totalMs - times.firstByteMs;
    const share = span === 0 ? 0 : (performance.now() - exchange.startedAt - times.firstByteMs) / span;
    return planned.abandon(Math.floor(message.usage.output_tokens * Math.min(1, Math.max(0, share))), 0);
  }
  await sendBody(exchange, planned, Buffer.from(JSON.stringify(message)));
}

async function sendBody(exchange: Exchange, planned: PlannedAnswer, body: Buffer): Promise<void> {
  const { response } = exchange;
  const all = planned.message.usage.output_tokens;
  const half = body.subarray(0, Math.floor(body.length / 2));
  const send = (bytes: Buffer, headers: Headers): void => {
    head(exchange, planned, { ...headers, 'content-length': String(bytes.length) });
    response.end(bytes);
  };
  switch (planned.fault?.kind) {
    case 'reset_mid_stream':
      planned.cut(all, half.length);
      await beginBody(exchange, planned, { bytes: half, length: body.length });
      return drop(exchange);
    case 'hang_body':
      await beginBody(exchange, planned, { bytes: half, length: body.length });
      await hang(exchange, planned.fault.ms);
      return planned.abandon(all, half.length);
    case 'truncated_json':
    case 'eof_no_stop':
      planned.cut(all, half.length);
      return send(half, JSON_TYPE);
    case 'malformed_json': {
      const broken = Buffer.concat([half, Buffer.from('}}')]);
      planned.cut(all, broken.length);
      return send(broken, JSON_TYPE);
    }
    case 'wrong_content_type':
      planned.cut(all, body.length);
      // Who asked for a stream gets JSON, who asked for JSON gets plain text.
      return send(body, planned.stream ? JSON_TYPE : { 'content-type': 'text/plain' });
    case 'empty_body':
      planned.cut(all, 0);
      if (planned.fault.status !== 204) return send(Buffer.alloc(0), JSON_TYPE);
      response.writeHead(204, { ...commonHeaders(exchange.open.requestId), ...planned.headers() });
      response.end();
      return;
    default:
      planned.complete(body.length);
      return send(body, JSON_TYPE);
  }
}

const JSON_TYPE: Headers = { 'content-type': 'application/json' };

function head({ response, open }: Exchange, planned: PlannedAnswer, headers: Headers): void {
  response.writeHead(200, { ...commonHeaders(open.requestId), ...planned.headers(), ...headers });
}

function beginBody(exchange: Exchange, planned: PlannedAnswer, body: { readonly bytes: Buffer; readonly length: number }): Promise<void> {
  head(exchange, planned, { ...JSON_TYPE, 'content-length': String(body.length) });
  return new Promise((resolve) => {
    exchange.gone.addEventListener('abort', () => resolve(), { once: true });
    exchange.response.write(body.bytes, () => resolve());
  });
}

import { performance } from 'node:perf_hooks';

import { errorBody } from './api-error';
import { answerEvents, sseFrame, type TimedEvent } from './events';
import { commonHeaders, drop, hang, waitUntil, type Exchange } from './exchange';
import type { Fault } from './faults';
import type { PlannedAnswer } from './planned-answer';

/** How a stream ends early, and what is sent last. */
interface Ending {
  readonly kind: 'stop' | 'close' | 'drop' | 'hang';
  readonly lastFrame?: string;
}

/** Sends an answer as server-sent events. The bill's line is written before the last event that lets a client finish. */
export async function streamReply(exchange: Exchange, planned: PlannedAnswer): Promise<void> {
  const { response } = exchange;
  const all = answerEvents(planned.message, planned.times);
  const { events, ending } = planEnding(all, planned.fault, exchange.open.requestId);
  const state = { bytes: 0, produced: 0 };
  let next = 0;
  while (next < events.length) {
    const first = events[next] as TimedEvent;
    if (!(await waitUntil(exchange, first.atMs))) return planned.abandon(state.produced, state.bytes);
    if (!response.headersSent) startStream(exchange, planned);
    const due = dueEvents(events, next, exchange);
    next += due.length;
    const text = due.map((event) => event.frame).join('');
    state.bytes += Buffer.byteLength(text);
    state.produced = due.at(-1)?.produced ?? state.produced;
    if (next >= events.length) return finish({ exchange, planned, ending, text, ...state });
    await write(exchange, text);
  }
  return finish({ exchange, planned, ending, text: '', ...state });
}

function startStream({ response, open }: Exchange, planned: PlannedAnswer): void {
  planned.started();
  response.writeHead(200, {
    ...commonHeaders(open.requestId),
    ...planned.headers(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

/** All events whose time has come, at least one. */
function dueEvents(events: readonly TimedEvent[], from: number, { startedAt }: Exchange): TimedEvent[] {
  const elapsed = performance.now() - startedAt;
  let to = from + 1;
  while (to < events.length && (events[to] as TimedEvent).atMs <= elapsed) to += 1;
  return events.slice(from, to);
}

interface Finish {
  readonly exchange: Exchange;
  readonly planned: PlannedAnswer;
  readonly ending: Ending;
  readonly text: string;
  readonly bytes: number;
  readonly produced: number;
}

async function finish({ exchange, planned, ending, text, bytes, produced }: Finish): Promise<void> {
  const { response } = exchange;
  const last = text + (ending.lastFrame ?? '');
  const total = bytes + Buffer.byteLength(ending.lastFrame ?? '');
  if (!response.headersSent) startStream(exchange, planned);
  switch (ending.kind) {
    case 'stop':
      planned.complete(total);
      response.end(last);
      return;
    case 'close':
      planned.cut(produced, total);
      response.end(last);
      return;
    case 'drop':
      planned.cut(produced, total);
      await write(exchange, last);
      drop(exchange);
      return;
    case 'hang':
      await write(exchange, last);
      await hang(exchange, planned.fault?.ms);
      planned.abandon(produced, total);
      return;
    default:
      ending.kind satisfies never;
  }
}

/** Resolves once the bytes are with the operating system, so that a following drop does not swallow them. */
function write({ response, gone }: Exchange, text: string): Promise<void> {
  if (gone.aborted) return Promise.resolve();
  if (!response.headersSent) response.flushHeaders();
  return new Promise((resolve) => {
    const done = (): void => {
      gone.removeEventListener('abort', done);
      resolve();
    };
    gone.addEventListener('abort', done, { once: true });
    response.write(text, done);
  });
}

const MALFORMED = 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_del\n\n';
const UNKNOWN = 'event: weather_report\ndata: {"type":"weather_report","sky":"clear"}\n\n';

/** Breaks a tool's input so that it is no beginning of any JSON; other events stay. */
function withBrokenInput(frame: string): string {
  return frame.replace('"partial_json":"{', '"partial_json":"{]');
}

function planEnding(
  events: readonly TimedEvent[],
  fault: Fault | undefined,
  requestId: string,
): { events: readonly TimedEvent[]; ending: Ending } {
  const count = Math.min(fault?.afterEvents ?? Math.ceil(events.length / 2), events.length - 1);
  const cut = (ending: Ending) => ({ events: events.slice(0, count), ending });
  const stop: Ending = { kind: 'stop' };
  switch (fault?.kind) {
    case 'reset_mid_stream':
      return cut({ kind: 'drop' });
    case 'eof_no_stop':
    case 'truncated_json':
      return cut({ kind: 'close' });
    case 'empty_body':
      return { events: [], ending: { kind: 'close' } };
    case 'hang_body':
      return cut({ kind: 'hang' });
    case 'malformed_json':
      return cut({ kind: 'close', lastFrame: MALFORMED });
    case 'sse_error': {
      const type = fault.type ?? 'overloaded_error';
      const error = { type, message: fault.message ?? (type === 'overloaded_error' ? 'Overloaded' : type) };
      return cut({ kind: 'close', lastFrame: sseFrame(errorBody(error, requestId) as { type: string }) });
    }
    case 'invalid_tool_json':
      return { events: events.map((event) => ({ ...event, frame: withBrokenInput(event.frame) })), ending: stop };
    case 'duplicate_message_start':
      return { events: [events[0] as TimedEvent, ...events], ending: stop };
    case 'unknown_event': {
      const first = events[0] as TimedEvent;
      return { events: [first, { ...first, frame: UNKNOWN }, ...events.slice(1)], ending: stop };
    }
    default:
      return { events, ending: stop };
  }
}

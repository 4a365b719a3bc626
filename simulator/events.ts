import { tokensOfText } from './tokens';
import { isWebResult } from './web/web-history';
import type { AnswerBlock, AnswerMessage, WebResult } from './wire';

/** One server-sent event, when it is due, and how many output tokens are produced once it is sent. */
export interface TimedEvent {
  readonly atMs: number;
  readonly frame: string;
  readonly produced: number;
}

export interface EventTimes {
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** Answers at no latency are sent in this many pieces at most; slow ones in a piece about every `MS_PER_DELTA`. */
const DELTAS_AT_ONCE = 8;
const DELTAS_MOST = 400;
const MS_PER_DELTA = 40;
const PING_EVERY_MS = 10_000;

export function sseFrame(data: { readonly type: string }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

const PING = sseFrame({ type: 'ping' });

/** The events of an answer in Claude's order, spread over its time. */
export function answerEvents(message: AnswerMessage, { firstByteMs, totalMs }: EventTimes): TimedEvent[] {
  const events: TimedEvent[] = [];
  const span = totalMs - firstByteMs;
  const output = Math.max(1, message.usage.output_tokens);
  let produced = Math.min(1, message.usage.output_tokens);
  let at = firstByteMs;
  const send = (data: { readonly type: string }): void => void events.push({ atMs: at, frame: sseFrame(data), produced });
  /** Moves time to the moment at which this many tokens exist, with pings in long silences. */
  const produce = (tokens: number): void => {
    produced = Math.min(output, Math.max(produced, tokens));
    const due = firstByteMs + span * (produced / output);
    for (let ping = at + PING_EVERY_MS; ping < due; ping += PING_EVERY_MS) events.push({ atMs: ping, frame: PING, produced });
    at = due;
  };

  send({
    type: 'message_start',
    message: {
      ...message,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: { ...message.usage, output_tokens: produced },
    },
  } as { type: string });
  let tokens = 0;
  for (const [index, block] of message.content.entries()) {
    send({ type: 'content_block_start', index, content_block: emptied(block) } as { type: string });
    if (index === 0) events.push({ atMs: at, frame: PING, produced });
    if (block.type === 'thinking') tokens += message.usage.output_tokens_details.thinking_tokens;
    const deltas = isWebResult(block) ? [] : deltasOf(block, span).map((text) => ({ text, delta: wrapDelta(block, text) }));
    const perDelta = block.type === 'thinking' ? 0 : tokensOfText(deltas.map(({ text }) => text).join('')) / Math.max(1, deltas.length);
    for (const { delta } of deltas) {
      tokens += perDelta;
      produce(Math.ceil(tokens));
      send({ type: 'content_block_delta', index, delta } as { type: string });
    }
    for (const citation of (block.type === 'text' && block.citations) || [])
      send({ type: 'content_block_delta', index, delta: { type: 'citations_delta', citation } } as { type: string });
    send({ type: 'content_block_stop', index } as { type: string });
  }
  produce(output);
  send({ type: 'message_delta', delta: finalDelta(message), usage: finalUsage(message) } as { type: string });
  send({ type: 'message_stop' });
  return events;
}

function finalDelta({ stop_reason, stop_sequence, stop_details, container }: AnswerMessage): Record<string, unknown> {
  return { stop_reason, stop_sequence, stop_details, container };
}

function finalUsage({ usage }: AnswerMessage): Record<string, unknown> {
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens, output_tokens_details, server_tool_use } =
    usage;
  return { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens, output_tokens_details, server_tool_use };
}

function emptied(block: AnswerBlock): Record<string, unknown> {
  switch (block.type) {
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'text':
      return { type: 'text', text: '', citations: block.citations && [] };
    case 'tool_use':
    case 'server_tool_use':
      return { ...block, input: {} };
    case 'web_search_tool_result':
    case 'web_fetch_tool_result':
      return { ...block };
    default:
      return block satisfies never;
  }
}

/** Results of the web come whole, with the beginning of their block. */
type Spoken = Exclude<AnswerBlock, WebResult>;

function wrapDelta(block: Spoken, delta: string): Record<string, unknown> {
  switch (block.type) {
    case 'thinking':
      return { type: 'signature_delta', signature: delta };
    case 'text':
      return { type: 'text_delta', text: delta };
    case 'tool_use':
    case 'server_tool_use':
      return { type: 'input_json_delta', partial_json: delta };
    default:
      return block satisfies never;
  }
}

function deltasOf(block: Spoken, spanMs: number): string[] {
  if (block.type === 'thinking') return [block.signature];
  const text = block.type === 'text' ? block.text : JSON.stringify(block.input);
  const wanted = spanMs === 0 ? DELTAS_AT_ONCE : Math.ceil(spanMs / MS_PER_DELTA);
  const pieces = inPieces(text, Math.min(wanted, DELTAS_MOST, Math.max(1, tokensOfText(text))));
  return block.type === 'text' ? pieces : ['', ...pieces];
}

/** Splits between characters, never inside a surrogate pair. */
function inPieces(text: string, count: number): string[] {
  const pieces: string[] = [];
  const size = Math.max(1, Math.ceil(text.length / count));
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + size);
    const code = text.charCodeAt(to - 1);
    if (to < text.length && code >= 0xd800 && code <= 0xdbff) to += 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

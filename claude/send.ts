import type Anthropic from '@anthropic-ai/sdk';

import type { Claude } from './client';
import type { Failpoints } from './failpoints';
import type { BegunUsage } from './prompt-turns';
import type { RenderedRequest } from './request';

/** What came back, before anything looked at it. */
export interface RawAnswer {
  readonly message: Anthropic.Message;
  /** Claude's `request-id`. */
  readonly requestId: string | null;
}

/** How far a stream is. */
export interface StreamProgress {
  /** Characters of visible answer so far. */
  readonly characters: number;
  /** Estimate from the characters, thinking included. */
  readonly outputTokens: number;
  /** Last piece of the visible answer, at most 120 characters. */
  readonly tail: string;
}

/** Who asks; only the simulator gets to see it, for its bill. */
export interface CallerTags {
  readonly workflowId: string;
  readonly step: string;
  readonly agent: string;
  readonly attempt: number;
  readonly turn: number;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly tags: CallerTags;
  readonly failpoints: Failpoints;
  /** Called when the answer begins. */
  readonly onBegin?: (usage: BegunUsage) => void;
  /** Called for every piece of the answer: must be cheap. */
  readonly onProgress?: (progress: StreamProgress) => void;
}

/** A 200 whose body is not an answer. */
export class NotAnAnswerError extends Error {
  override readonly name = 'NotAnAnswerError';
}

const TAIL_LENGTH = 120;
const CHARACTERS_PER_TOKEN = 4;

/**
 * Sends one request and waits for the whole answer, streaming. Throws what the SDK throws; `classify` says what it means.
 */
export async function sendRequest(claude: Claude, request: RenderedRequest, options: SendOptions): Promise<RawAnswer> {
  const stream = claude.sdk.messages.stream(request.params, {
    signal: options.signal,
    ...(claude.simulated ? { headers: tagHeaders(options.tags) } : {}),
  });
  stream.on('connect', () => options.failpoints.hit('after-headers'));
  stream.on('streamEvent', progressListener(options));
  const { parsed_output: _unused, ...message } = await stream.finalMessage();
  if (!isAnswer(message)) throw new NotAnAnswerError('the response is not a message with its usage');
  return { message, requestId: stream.request_id ?? null };
}

function progressListener({ failpoints, onBegin, onProgress }: SendOptions): (event: Anthropic.MessageStreamEvent) => void {
  let characters = 0;
  let thinking = 0;
  let tail = '';
  return (event) => {
    if (event.type === 'message_start') onBegin?.(event.message.usage);
    if (event.type !== 'content_block_delta') return;
    failpoints.hit('mid-stream');
    if (event.delta.type === 'thinking_delta') thinking += event.delta.thinking.length;
    if (event.delta.type === 'text_delta') {
      characters += event.delta.text.length;
      tail = (tail + event.delta.text).slice(-TAIL_LENGTH);
    }
    onProgress?.({ characters, outputTokens: Math.ceil((characters + thinking) / CHARACTERS_PER_TOKEN), tail });
  };
}

/** The SDK passes on whatever has the outer shape of a message; the ledger needs the numbers to be numbers. */
function isAnswer(message: Anthropic.Message): boolean {
  const { type, content, usage } = message;
  return type === 'message' && Array.isArray(content) && Number.isInteger(usage?.input_tokens) && Number.isInteger(usage?.output_tokens);
}

/** Header values are plain ASCII; ids need not be. */
function tagHeaders(tags: CallerTags): Record<string, string> {
  return {
    'x-troupe-workflow-id': encodeURI(tags.workflowId),
    'x-troupe-step': encodeURI(tags.step),
    'x-troupe-agent': encodeURI(tags.agent),
    'x-troupe-attempt': String(tags.attempt),
    'x-troupe-turn': String(tags.turn),
  };
}

import type { TokenUsage } from '../common/pricing';
import type { Headers } from './exchange';
import type { Fault } from './faults';
import type { AnswerTimes } from './latency';
import type { AnswerMessage } from './wire';

/** An answer ready to be sent, and how its end is put on the bill. The first of the last three to be called counts. */
export interface PlannedAnswer {
  readonly message: AnswerMessage;
  readonly times: AnswerTimes;
  readonly fault: Fault | undefined;
  /** Whether the client asked for server-sent events. */
  readonly stream: boolean;
  /** Rate-limit headers as they are now. */
  headers(): Headers;
  /** The first byte is about to be sent. */
  started(): void;
  /** All of it is charged; call before the last byte is sent. */
  complete(streamedBytes: number): void;
  /** The answer is broken off on purpose: what was produced until now is charged. */
  cut(producedTokens: number, streamedBytes: number): void;
  /** The client has gone: what was produced until now is charged. */
  abandon(producedTokens: number, streamedBytes: number): void;
}

/** The billed part of an answer's usage, for so many output tokens. */
export function billedUsage(message: AnswerMessage, outputTokens: number): TokenUsage {
  const { usage } = message;
  return {
    input_tokens: usage.input_tokens,
    output_tokens: Math.min(outputTokens, usage.output_tokens),
    cache_creation_input_tokens: usage.cache_creation_input_tokens,
    cache_read_input_tokens: usage.cache_read_input_tokens,
    cache_creation_1h_input_tokens: usage.cache_creation.ephemeral_1h_input_tokens,
    ...(usage.server_tool_use?.web_search_requests && { web_search_requests: usage.server_tool_use.web_search_requests }),
  };
}

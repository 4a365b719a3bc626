import type { AnswerBlock, MessagesRequest, RequestBlock } from './wire';

/** Bytes of UTF-8 that the simulator counts as one token. The real tokenizer is not public; this formula is documented instead. */
export const BYTES_PER_TOKEN = 3.6;

export function tokensOfBytes(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

export function tokensOfText(text: string): number {
  return tokensOfBytes(Buffer.byteLength(text));
}

/** One cacheable place of a prompt, in the order Claude reads it: tools, then system, then messages. */
export interface PromptPosition {
  /** What is counted and hashed. */
  readonly text: string;
  /** Set where a cache breakpoint stands. */
  readonly cacheTtl?: '5m' | '1h';
}

const marker = (block: { readonly cache_control?: { readonly ttl?: '5m' | '1h' } | null }): { cacheTtl?: '5m' | '1h' } =>
  block.cache_control ? { cacheTtl: block.cache_control.ttl ?? '5m' } : {};

function blockPosition(block: RequestBlock): PromptPosition {
  if (block.type === 'text' && typeof block.text === 'string') return { text: block.text, ...marker(block) };
  // The marker itself must not change the prefix: a later request may put it elsewhere.
  return { text: JSON.stringify({ ...block, cache_control: undefined }), ...marker(block) };
}

function positionsOf(content: string | readonly RequestBlock[]): PromptPosition[] {
  return typeof content === 'string' ? [{ text: content }] : content.map(blockPosition);
}

/** The prompt as positions. A schema for the answer is rendered into the system part, as Claude does. */
export function promptPositions(request: MessagesRequest): PromptPosition[] {
  const tools = (request.tools ?? []).map((tool) => ({ text: JSON.stringify({ ...tool, cache_control: undefined }), ...marker(tool) }));
  const format = request.output_config?.format ? [{ text: JSON.stringify(request.output_config.format.schema) }] : [];
  const system = request.system === undefined ? [] : positionsOf(request.system);
  const messages = request.messages.flatMap((message) => positionsOf(message.content));
  const positions: PromptPosition[] = [...tools, ...format, ...system, ...messages];
  const last = positions.at(-1);
  if (request.cache_control && last && last.cacheTtl === undefined) {
    positions[positions.length - 1] = { ...last, cacheTtl: request.cache_control.ttl ?? '5m' };
  }
  return positions;
}

/** Tokens of a whole prompt: `ceil(bytes / 3.6)`, at least 1. */
export function promptTokensOf(positions: readonly PromptPosition[]): number {
  return Math.max(1, tokensOfBytes(positions.reduce((bytes, position) => bytes + Buffer.byteLength(position.text), 0)));
}

/** The visible text of a block of an answer: what its tokens are counted from. */
export function blockText(block: AnswerBlock): string {
  switch (block.type) {
    case 'thinking':
    case 'web_search_tool_result':
    case 'web_fetch_tool_result':
      return '';
    case 'text':
      return block.text;
    case 'tool_use':
    case 'server_tool_use':
      return JSON.stringify(block.input);
    default:
      return block satisfies never;
  }
}

import { blockText, BYTES_PER_TOKEN, tokensOfText } from './tokens';
import type { AnswerBlock, MessagesRequest, StopDetails, StopReason } from './wire';

/** An answer before it has an id and a usage. */
export interface Draft {
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: StopReason;
  readonly stopSequence?: string;
  readonly stopDetails?: StopDetails;
}

export const textBlock = (text: string): AnswerBlock => ({ type: 'text', text, citations: null });

/** Ends at the first stop sequence that the request names. */
export function atStopSequence(draft: Draft, request: MessagesRequest): Draft {
  for (const [at, block] of draft.blocks.entries()) {
    if (block.type !== 'text') continue;
    const found = (request.stop_sequences ?? [])
      .map((stop) => ({ stop, place: block.text.indexOf(stop) }))
      .filter(({ place }) => place >= 0)
      .sort((a, b) => a.place - b.place)[0];
    if (found === undefined) continue;
    const blocks = [...draft.blocks.slice(0, at), textBlock(block.text.slice(0, found.place))];
    return { blocks, stopReason: 'stop_sequence', stopSequence: found.stop };
  }
  return draft;
}

/** What of an answer fits into so many tokens. */
export function fitTokens(draft: Draft, budget: number): Draft {
  const blocks: AnswerBlock[] = [];
  let left = Math.max(0, budget);
  for (const block of draft.blocks) {
    const tokens = tokensOfText(blockText(block));
    if (tokens <= left) {
      blocks.push(block);
      left -= tokens;
      continue;
    }
    const cut = cutBlock(block, left);
    return { blocks: cut === undefined ? blocks : [...blocks, cut], stopReason: 'max_tokens' };
  }
  return { ...draft, blocks };
}

/** A tool input that does not fit arrives as `{}`: half of a JSON object cannot be parsed. */
function cutBlock(block: AnswerBlock, tokens: number): AnswerBlock | undefined {
  if (tokens === 0) return undefined;
  if (block.type === 'text') return textBlock(cutText(block.text, tokens));
  return block.type === 'tool_use' ? { ...block, input: {} } : undefined;
}

/** The beginning of a text that counts as at most so many tokens; whole characters only. */
export function cutText(text: string, tokens: number): string {
  const bytes = Buffer.from(text);
  let end = Math.min(bytes.length, Math.floor(tokens * BYTES_PER_TOKEN));
  while (end > 0 && end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

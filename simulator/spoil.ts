import { cutText, textBlock, type Draft } from './draft';
import type { Fault } from './faults';
import type { Random } from './random';
import { tokensOfText } from './tokens';
import type { AnswerBlock, MessagesRequest, StopReason } from './wire';

interface Spoiling {
  readonly request: MessagesRequest;
  readonly fault?: Fault | undefined;
}

/** Answers with status 200 that are not what was asked for. */
export function spoil(draft: Draft, { fault, request }: Spoiling, random: Random): Draft {
  const half = (stopReason: StopReason): Draft => ({
    blocks: draft.blocks.flatMap((block) => {
      if (block.type === 'text') return [textBlock(cutText(block.text, Math.floor(tokensOfText(block.text) / 2)))];
      return block.type === 'tool_use' ? [] : [block];
    }),
    stopReason,
  });
  switch (fault?.kind) {
    case 'refusal':
      return {
        blocks: [],
        stopReason: 'refusal',
        stopDetails: {
          type: 'refusal',
          category: fault.category === undefined ? 'general_harms' : fault.category,
          explanation: 'The request was declined.',
        },
      };
    case 'max_tokens':
      return half('max_tokens');
    case 'context_exceeded':
      return half('model_context_window_exceeded');
    case 'pause_turn':
      return draft.stopReason === 'pause_turn' ? draft : half('pause_turn');
    case 'empty_content':
      return { blocks: [], stopReason: 'end_turn' };
    case 'bad_schema_output':
      return request.output_config?.format
        ? { ...draft, blocks: [...draft.blocks.slice(0, -1), ...draft.blocks.slice(-1).map((block) => breakSchema(block, random))] }
        : draft;
    default:
      return draft;
  }
}

/** Leaves out a field, so that the answer is JSON and not what the schema asks for. */
function breakSchema(block: AnswerBlock, random: Random): AnswerBlock {
  if (block.type !== 'text') return block;
  const value: unknown = JSON.parse(block.text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return textBlock('{"answer":null}');
  const names = Object.keys(value);
  if (names.length === 0) return textBlock('[]');
  // Required fields come first in Claude's answers, so one of the first half is missed for sure when any is required.
  const dropped = names[random.int(0, Math.floor((names.length - 1) / 2))] as string;
  return textBlock(JSON.stringify({ ...value, [dropped]: undefined }));
}

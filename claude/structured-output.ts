import type Anthropic from '@anthropic-ai/sdk';
import type { z } from 'zod';

import { listIssues } from '../common/pipelines/parse-input';

/** What an answer is worth, judged by code: why it stopped, then JSON, then the schema. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly output: unknown }
  /** Fit to be repaired: by a next turn that says what is wrong, or that allows a longer answer. */
  | { readonly kind: 'rejected'; readonly truncated: boolean; readonly reasons: readonly string[] }
  /** Claude interrupted itself and wants to go on. */
  | { readonly kind: 'paused' }
  /** Claude waits for the results of tools. */
  | { readonly kind: 'tools' }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'windowExceeded'; readonly reasons: readonly string[] }
  | { readonly kind: 'unexpected'; readonly reasons: readonly string[] };

const MAX_ISSUES = 10;
/** Before these Claude says what it is about to look for; that is no part of the answer. */
const SERVER_BLOCKS: ReadonlySet<string> = new Set(['server_tool_use', 'web_search_tool_result', 'web_fetch_tool_result']);

/**
 * @param schema Absent for free text, whose output is `{ text }`.
 * @param mayCallTools Whether the request offered tools. Only `tool_use` as the reason to stop makes their inputs whole.
 */
export function judge(message: Anthropic.Message, schema: z.ZodType | undefined, mayCallTools = false): Verdict {
  if (mayCallTools && message.stop_reason === 'tool_use' && message.content.some(({ type }) => type === 'tool_use'))
    return { kind: 'tools' };
  switch (message.stop_reason) {
    case 'end_turn':
    case 'stop_sequence':
      return schema === undefined ? judgeText(textOf(message)) : judgeJson(textOf(message), schema);
    case 'max_tokens':
      return { kind: 'rejected', truncated: true, reasons: [`the answer was cut off after ${message.usage.output_tokens} tokens`] };
    case 'pause_turn':
      return { kind: 'paused' };
    case 'refusal':
      return { kind: 'refused', reasons: [refusalOf(message)] };
    case 'model_context_window_exceeded':
      return { kind: 'windowExceeded', reasons: ['prompt and answer fill the context window'] };
    default:
      return { kind: 'unexpected', reasons: [`the answer ended with stop_reason "${String(message.stop_reason)}"`] };
  }
}

/** The visible answer: what was said after the last search or page read. Thinking blocks may stand before it. */
export function textOf({ content }: Anthropic.Message): string {
  const said = content.slice(content.findLastIndex(({ type }) => SERVER_BLOCKS.has(type)) + 1);
  return said.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

function judgeText(text: string): Verdict {
  if (text.trim() === '') return { kind: 'rejected', truncated: false, reasons: ['the answer is empty'] };
  return { kind: 'accepted', output: { text } };
}

function judgeJson(text: string, schema: z.ZodType): Verdict {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const reason = text.trim() === '' ? 'the answer is empty' : 'the answer is not JSON';
    return { kind: 'rejected', truncated: false, reasons: [reason] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'accepted', output: parsed.data };
  return { kind: 'rejected', truncated: false, reasons: listIssues(parsed.error, MAX_ISSUES) };
}

function refusalOf(message: Anthropic.Message): string {
  const details = message.stop_details;
  if (details?.type !== 'refusal') return 'Claude declined to answer';
  const category = details.category === null ? '' : ` (${details.category})`;
  return `Claude declined to answer${category}${details.explanation ? `: ${details.explanation}` : ''}`;
}

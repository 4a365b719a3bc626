import type Anthropic from '@anthropic-ai/sdk';

import type { ModelProfile } from './models';
import { followUp, type RenderedRequest, type RequestParams } from './request';

/** An answer together with the request it belongs to. */
export interface Turn {
  readonly request: RequestParams;
  readonly message: Anthropic.Message;
}

const GO_ON: Anthropic.MessageParam = { role: 'user', content: 'Go on, and give the whole answer.' };

/**
 * Goes on where Claude paused: its own blocks go back unchanged. A pause is for tools that run at Claude's side; a
 * conversation may end with such a block, but not with Claude's words.
 */
export function continueTurn({ request, message }: Turn): RenderedRequest {
  const last = message.content.at(-1)?.type;
  const inWords = last === undefined || last === 'text' || last === 'thinking' || last === 'redacted_thinking';
  return followUp(request, { append: [...assistantTurn(message), ...(inWords ? [GO_ON] : [])] });
}

/**
 * Asks again after a rejected answer: a truncated one with twice the room, any other one with what is wrong with it.
 * @returns undefined when the model allows no more room.
 */
export function repairTurn(
  { request, message }: Turn,
  rejected: { readonly truncated: boolean; readonly reasons: readonly string[] },
  model: ModelProfile,
): RenderedRequest | undefined {
  if (rejected.truncated) {
    const maxTokens = Math.min(request.max_tokens * 2, model.maxOutputTokens);
    return maxTokens > request.max_tokens ? followUp(request, { maxTokens }) : undefined;
  }
  const list = rejected.reasons.map((reason) => `- ${reason}`).join('\n');
  const text = `Your answer was rejected:\n${list}\nGive the whole answer again with this corrected, in the required format and nothing else.`;
  return followUp(request, { append: [...assistantTurn(message), { role: 'user', content: text }] });
}

/** Blocks go back byte for byte, thinking and its signature included; a turn without blocks would be refused. */
function assistantTurn(message: Anthropic.Message): Anthropic.MessageParam[] {
  return message.content.length === 0 ? [] : [{ role: 'assistant', content: message.content as Anthropic.ContentBlockParam[] }];
}

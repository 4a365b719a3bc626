import type Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';

import type { ToolKind, ToolResult } from '../common/conversation';
import { measure, type RenderedRequest, type RequestParams, type RequestTemplate } from './request';

/** A tool as Claude is told of it, and how it is run. */
export interface ToolOffer {
  readonly definition: Anthropic.Tool;
  readonly kind: Exclude<ToolKind, 'unknown'>;
  readonly approval: 'never' | 'always';
}

/** What every request of a conversation has in common. Kept with the transcript: thinking is bound to an unchanged beginning. */
export interface ConversationHead {
  readonly agent: string;
  readonly params: Omit<RequestParams, 'messages'>;
  readonly tools: ReadonlyArray<Pick<ToolOffer, 'kind' | 'approval'> & { readonly name: string }>;
}

/** Every turn reads all that was said before it, so each one leaves a cache entry for the next. */
export function conversationHead(agent: string, template: RequestTemplate, tools: readonly ToolOffer[]): ConversationHead {
  const offered = [...tools.map(({ definition }) => definition), ...template.serverTools];
  return {
    agent,
    params: {
      model: template.model.id,
      max_tokens: template.maxTokens,
      ...(template.system === undefined ? {} : { system: template.system }),
      ...(offered.length === 0 ? {} : { tools: offered }),
      ...(template.outputConfig === undefined ? {} : { output_config: template.outputConfig }),
      cache_control: { type: 'ephemeral' },
    },
    tools: tools.map(({ definition, kind, approval }) => ({ name: definition.name, kind, approval })),
  };
}

/** The request of a turn. The journal keeps the transcript's key in place of its messages, or it would grow with the square of the turns. */
export function conversationRequest(
  head: ConversationHead,
  messages: readonly Anthropic.MessageParam[],
  transcript: string,
): RenderedRequest {
  return { ...measure({ ...head.params, messages: [...messages] }), kept: JSON.stringify({ ...head.params, messages: [], transcript }) };
}

/** Results of one turn in one message, in the order of the calls and with nothing beside them. */
export function resultsMessage(results: ReadonlyArray<ToolResult & { readonly text: string }>): Anthropic.MessageParam {
  return {
    role: 'user',
    content: results.map(({ id, text, isError }) => ({
      type: 'tool_result',
      tool_use_id: id,
      content: text,
      ...(isError && { is_error: true }),
    })),
  };
}

/** Blocks go back byte for byte, thinking and its signature included. */
export function assistantMessage(message: Anthropic.Message): Anthropic.MessageParam {
  return { role: 'assistant', content: message.content as Anthropic.ContentBlockParam[] };
}

/** What Claude asks for, in the order of the blocks. */
export function toolUsesOf(message: Anthropic.Message): Anthropic.ToolUseBlock[] {
  return message.content.filter((block) => block.type === 'tool_use');
}

/**
 * The JSON schema of a tool's input.
 * @throws Error when it is not an object
 */
export function inputSchemaOf(tool: string, schema: z.ZodType): Anthropic.Tool.InputSchema {
  const { $schema: _unused, ...json } = z.toJSONSchema(schema, { io: 'input' });
  if (json.type === 'object') return json as Anthropic.Tool.InputSchema;
  throw new Error(`Cannot offer tool "${tool}": its input is not an object; wrap it into one`);
}

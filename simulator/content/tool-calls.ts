import type { Random } from '../random';
import type { MessagesRequest, RequestTool } from '../wire';
import { writeJson } from './json-answer';

/** A call of a tool with an input that fits its schema. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

const hasResults = (request: MessagesRequest): boolean =>
  request.messages.some((message) => typeof message.content !== 'string' && message.content.some((block) => block.type === 'tool_result'));

/**
 * The tools an answer calls: once, before any result is there, so that every tool loop is walked through and ends. One tool, or two at once
 * when several are offered and parallel calls are allowed.
 */
export function toolCalls(request: MessagesRequest, random: Random): ToolCall[] {
  const own = (request.tools ?? []).filter((tool) => tool.input_schema !== undefined);
  const choice = request.tool_choice ?? { type: 'auto' as const };
  if (own.length === 0 || choice.type === 'none' || hasResults(request)) return [];
  const call = (tool: RequestTool): ToolCall => ({
    name: tool.name,
    input: writeJson(tool.input_schema ?? { type: 'object' }, request, random),
  });
  if (choice.type === 'tool') return own.filter((tool) => tool.name === choice.name).map(call);
  const parallel = own.length > 1 && choice.disable_parallel_tool_use !== true && random.chance(0.5);
  return random
    .shuffle(own)
    .slice(0, parallel ? 2 : 1)
    .map(call);
}

import { apiError, invalidRequest, type ApiError } from './api-error';
import { MODELS, type SimulatedModel, type ThinkingType } from './models';
import { messagesProblem } from './validate-messages';
import { schemaProblem } from './validate-schema';
import { citesPages, endsInPause, webToolProblem } from './web/validate-web';
import type { MessagesRequest } from './wire';

export const API_VERSIONS = ['2026-10-21', '2023-06-01'] as const;
const CURRENT_VERSION = API_VERSIONS[0];

const SAMPLING = ['temperature', 'top_p', 'top_k'];
const COMMON_FIELDS = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config', 'cache_control'];
const MESSAGE_FIELDS = new Set([
  ...COMMON_FIELDS,
  'max_tokens',
  'stop_sequences',
  'stream',
  'metadata',
  'service_tier',
  'speed',
  'inference_geo',
  'container',
  'diagnostics',
  'context_management',
]);
const COUNT_FIELDS = new Set([...COMMON_FIELDS, 'context_management']);
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];
const MAX_BREAKPOINTS = 4;
const MAX_STRICT_TOOLS = 20;
const MIN_THINKING_BUDGET = 1_024;

type Fields = Readonly<Record<string, unknown>>;
type Problem = string | undefined;

export interface ValidationContext {
  readonly version: string;
  /** Counting tokens needs no `max_tokens`. */
  readonly counting?: boolean;
}

export type Validated = { readonly request: MessagesRequest; readonly model: SimulatedModel } | { readonly error: ApiError };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

/** Checks a body of `/v1/messages` or `/v1/messages/count_tokens` as Claude does; the first problem is the answer. */
export function validateRequest(body: unknown, context: ValidationContext): Validated {
  if (!isFields(body)) return { error: invalidRequest('Request body: Input should be a valid dictionary') };
  if ('thread' in body) {
    return { error: invalidRequest('thread: message threads are not available for this request', 'thread_unsupported_request') };
  }
  const shape = unknownField(body, context) ?? missingField(body, context);
  if (shape !== undefined) return { error: invalidRequest(shape) };
  const model = MODELS.get(body['model'] as string);
  if (model === undefined) return { error: apiError(404, { message: `model: ${String(body['model'])}` }) };
  const problem =
    maxTokensProblem(body, model, context) ??
    messagesProblem(body['messages'], model) ??
    systemProblem(body['system']) ??
    toolsProblem(body) ??
    toolChoiceProblem(body['tool_choice'], body, model) ??
    thinkingProblem(body['thinking'], body, model) ??
    outputConfigProblem(body) ??
    cacheProblem(body) ??
    warmUpProblem(body);
  if (problem !== undefined) return { error: invalidRequest(problem) };
  // Every field that is read later has been checked above.
  return { request: body as unknown as MessagesRequest, model };
}

function unknownField(body: Fields, { version, counting }: ValidationContext): Problem {
  const known = counting === true ? COUNT_FIELDS : MESSAGE_FIELDS;
  for (const field of Object.keys(body)) {
    if (known.has(field)) continue;
    if (SAMPLING.includes(field) && version !== CURRENT_VERSION && counting !== true) continue;
    return `${field}: Extra inputs are not permitted`;
  }
  return undefined;
}

function missingField(body: Fields, { counting }: ValidationContext): Problem {
  const required = counting === true ? ['model', 'messages'] : ['model', 'max_tokens', 'messages'];
  const missing = required.find((field) => body[field] === undefined);
  if (missing !== undefined) return `${missing}: Field required`;
  if (typeof body['model'] !== 'string') return 'model: Input should be a valid string';
  if (body['stream'] !== undefined && typeof body['stream'] !== 'boolean') return 'stream: Input should be a valid boolean';
  const stops = body['stop_sequences'];
  if (stops === undefined) return undefined;
  const usable = Array.isArray(stops) && stops.every((stop) => typeof stop === 'string' && stop.trim() !== '');
  return usable ? undefined : 'stop_sequences: each stop sequence must contain non-whitespace';
}

function maxTokensProblem(body: Fields, model: SimulatedModel, { counting }: ValidationContext): Problem {
  if (counting === true) return undefined;
  const max = body['max_tokens'];
  if (!isCount(max)) return 'max_tokens: Input should be a valid integer';
  if (max < 0) return 'max_tokens: Input should be greater than or equal to 0';
  if (max <= model.maxOutputTokens) return undefined;
  return `max_tokens: ${max} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model.id}`;
}

function systemProblem(system: unknown): Problem {
  if (system === undefined || typeof system === 'string') return undefined;
  if (!Array.isArray(system)) return 'system: Input should be a valid string or list of text blocks';
  const at = system.findIndex((block) => !isFields(block) || block['type'] !== 'text' || typeof block['text'] !== 'string');
  return at < 0 ? undefined : `system.${at}: Input should be a text block`;
}

function toolsProblem({ tools }: Fields): Problem {
  if (tools === undefined) return undefined;
  if (!Array.isArray(tools)) return 'tools: Input should be a valid list';
  const names = new Set<string>();
  for (const [at, tool] of tools.entries()) {
    if (!isFields(tool) || typeof tool['name'] !== 'string') return `tools.${at}.name: Field required`;
    const { name, type } = tool as { name: string; type?: unknown };
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) return `tools.${at}.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    if (names.has(name)) return 'tools: Tool names must be unique';
    names.add(name);
    const web = webToolProblem(tool, at);
    if (web !== undefined) return web;
    if ((type === undefined || type === 'custom') && !isFields(tool['input_schema'])) return `tools.${at}.input_schema: Field required`;
  }
  const strict = tools.filter((tool: Fields) => tool['strict'] === true).length;
  if (strict > MAX_STRICT_TOOLS) return `tools: Too many strict tools: ${strict}, the limit is ${MAX_STRICT_TOOLS}`;
  return undefined;
}

function toolChoiceProblem(choice: unknown, body: Fields, model: SimulatedModel): Problem {
  if (choice === undefined) return undefined;
  if (!isFields(choice)) return 'tool_choice: Input should be a valid dictionary';
  const type = choice['type'];
  if (!['auto', 'any', 'tool', 'none'].includes(String(type))) return `tool_choice.type: Input should be 'auto', 'any', 'tool' or 'none'`;
  if (type !== 'any' && type !== 'tool') return undefined;
  if (!model.forcedTools) return 'tool_choice: type "tool" and "any" are not supported for this model.';
  const tools = Array.isArray(body['tools']) ? (body['tools'] as Fields[]) : [];
  if (tools.length === 0) return 'tool_choice: may only be specified while providing tools';
  if (type === 'tool' && !tools.some((tool) => tool['name'] === choice['name']))
    return `tool_choice: tool '${String(choice['name'])}' not found in provided tools`;
  return undefined;
}

function thinkingProblem(thinking: unknown, body: Fields, model: SimulatedModel): Problem {
  if (thinking === undefined) return undefined;
  if (!isFields(thinking)) return 'thinking: Input should be a valid dictionary';
  const type = thinking['type'] as ThinkingType;
  if (!model.thinking.includes(type)) {
    return `thinking.type: "${String(type)}" is not supported for this model; supported: ${model.thinking.join(', ')}`;
  }
  if (type !== 'enabled') return undefined;
  const budget = thinking['budget_tokens'];
  if (!isCount(budget) || budget < MIN_THINKING_BUDGET)
    return `thinking.enabled.budget_tokens: Input should be greater than or equal to ${MIN_THINKING_BUDGET}`;
  return isCount(body['max_tokens']) && budget >= body['max_tokens']
    ? '`max_tokens` must be greater than `thinking.budget_tokens`'
    : undefined;
}

function outputConfigProblem(body: Fields): Problem {
  const config = body['output_config'];
  if (config === undefined) return undefined;
  if (!isFields(config)) return 'output_config: Input should be a valid dictionary';
  const extra = Object.keys(config).find((field) => field !== 'effort' && field !== 'format');
  if (extra !== undefined) return `output_config.${extra}: Extra inputs are not permitted`;
  const { effort, format } = config as { effort?: unknown; format?: unknown };
  if (effort !== undefined && !EFFORTS.includes(effort as string))
    return `output_config.effort: Input should be ${EFFORTS.map((name) => `'${name}'`).join(', ')}`;
  if (format === undefined || format === null) return undefined;
  if (!isFields(format) || format['type'] !== 'json_schema') return `output_config.format.type: Input should be 'json_schema'`;
  if (!isFields(format['schema'])) return 'output_config.format.schema: Field required';
  if (JSON.stringify(body['messages']).includes('"citations":{"enabled":true') || citesPages(body['tools']))
    return 'output_config.format: citations are not supported with structured outputs';
  const last: unknown = Array.isArray(body['messages']) ? body['messages'].at(-1) : undefined;
  if (isFields(last) && last['role'] === 'assistant' && !endsInPause(last))
    return 'output_config.format: prefill is not supported with structured outputs';
  return schemaProblem(format['schema']);
}

function cacheProblem(body: Fields): Problem {
  const ttls: unknown[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isFields(value)) {
      const control = value['cache_control'];
      if (isFields(control)) ttls.push(control['ttl'] ?? '5m');
      visit(value['content']);
    }
  };
  visit(body['tools']);
  visit(body['system']);
  visit(body['messages']);
  if (isFields(body['cache_control'])) ttls.push(body['cache_control']['ttl'] ?? '5m');
  if (ttls.length > MAX_BREAKPOINTS)
    return `A maximum of ${MAX_BREAKPOINTS} blocks with cache_control may be provided. Found ${ttls.length}.`;
  if (ttls.some((ttl) => ttl !== '5m' && ttl !== '1h')) return `cache_control.ttl: Input should be '5m' or '1h'`;
  const misplaced = ttls.indexOf('1h', Math.max(0, ttls.indexOf('5m')));
  return ttls.includes('5m') && misplaced > ttls.indexOf('5m')
    ? `cache_control: a ttl='1h' block must not come after a ttl='5m' block`
    : undefined;
}

/** `max_tokens: 0` only fills the cache. */
function warmUpProblem(body: Fields): Problem {
  if (body['max_tokens'] !== 0) return undefined;
  const config = body['output_config'] as { format?: unknown } | undefined;
  const choice = body['tool_choice'] as { type?: unknown } | undefined;
  if (body['stream'] === true) return 'max_tokens: 0 is not supported with stream';
  if (config?.format) return 'max_tokens: 0 is not supported with output_config.format';
  if (choice?.type === 'any' || choice?.type === 'tool') return 'max_tokens: 0 is not supported with forced tools';
  return undefined;
}

import { writeJson } from './content/json-answer';
import { writeProse } from './content/prose';
import { toolCalls } from './content/tool-calls';
import { citeFound } from './content/cited-answer';
import { atStopSequence, fitTokens, textBlock, type Draft } from './draft';
import type { Fault } from './faults';
import type { SimulatedModel } from './models';
import type { PromptUsage } from './prompt-cache';
import { idFrom, randomFrom, type Random } from './random';
import type { RuleReply } from './rules';
import { spoil } from './spoil';
import { blockText, tokensOfText } from './tokens';
import { citing } from './web/citing';
import { besideTools, webTurn, type WebTurn } from './web/web-turn';
import { withWeb } from './web/web-usage';
import type { AnswerBlock, AnswerMessage, AnswerUsage, MessagesRequest } from './wire';

/** Everything an answer depends on. `key` is the hash of request and seed: the same key gives the same answer in any process. */
export interface AnswerContext {
  readonly request: MessagesRequest;
  readonly model: SimulatedModel;
  readonly key: string;
  readonly prompt: PromptUsage;
  readonly scripted?: RuleReply | undefined;
  readonly fault?: Fault | undefined;
}

/** Thinking tokens by effort, least and most; the request decides where in between. */
const THINKING_TOKENS: Readonly<Record<string, readonly [number, number]>> = {
  low: [16, 64],
  medium: [64, 256],
  high: [128, 640],
  xhigh: [256, 1_280],
  max: [512, 2_560],
};
/** Part of `max_tokens` that thinking uses at most, so that short answers are not all thought. */
const THINKING_SHARE = 0.4;

/** The answer to a request: what the model would say, cut at `max_tokens`, with its usage. */
export function buildAnswer(context: AnswerContext): AnswerMessage {
  const { request, model, key } = context;
  const random = randomFrom(key);
  const thinkingTokens = thinkingTokensOf(request, model, random);
  const thinking: AnswerBlock[] = thinkingTokens > 0 ? [{ type: 'thinking', thinking: '', signature: signatureOf(random) }] : [];
  const spoken = spoil(atStopSequence(draftOf(context, random), request), context, random);
  const fitted = fitTokens(spoken, request.max_tokens - thinkingTokens);
  const silent = fitted.stopReason === 'refusal' || request.max_tokens === 0;
  const blocks = silent ? fitted.blocks : [...thinking, ...fitted.blocks];
  const visible = fitted.blocks.reduce((sum, block) => sum + tokensOfText(blockText(block)), 0);
  const outputTokens = request.max_tokens === 0 ? 0 : Math.max(1, Math.min(request.max_tokens, visible + thinkingTokens));
  return {
    id: idFrom('msg_', key),
    type: 'message',
    role: 'assistant',
    model: model.id,
    content: blocks,
    stop_reason: fitted.stopReason,
    stop_sequence: fitted.stopSequence ?? null,
    stop_details: fitted.stopDetails ?? null,
    container: null,
    diagnostics: null,
    usage: withWeb(usageOf(context.prompt, outputTokens, thinkingTokens), blocks, model.cacheMinimum),
  };
}

export function usageOf(prompt: PromptUsage, outputTokens: number, thinkingTokens: number): AnswerUsage {
  return {
    input_tokens: prompt.fresh,
    cache_creation_input_tokens: prompt.written5m + prompt.written1h,
    cache_read_input_tokens: prompt.read,
    cache_creation: { ephemeral_5m_input_tokens: prompt.written5m, ephemeral_1h_input_tokens: prompt.written1h },
    output_tokens: outputTokens,
    output_tokens_details: { thinking_tokens: thinkingTokens },
    server_tool_use: null,
    service_tier: 'standard',
    speed: 'standard',
    inference_geo: 'global',
  };
}

function thinkingTokensOf(request: MessagesRequest, model: SimulatedModel, random: Random): number {
  const type = request.thinking?.type;
  const thinks = type === undefined ? model.thinksByDefault : type !== 'disabled';
  if (!thinks) return 0;
  const [least, most] = THINKING_TOKENS[request.output_config?.effort ?? model.defaultEffort] ?? [64, 256];
  return Math.min(random.int(least, most), Math.floor(request.max_tokens * THINKING_SHARE));
}

function signatureOf(random: Random): string {
  return Buffer.from(Array.from({ length: 48 }, () => random.int(0, 255))).toString('base64');
}

function draftOf(context: AnswerContext, random: Random): Draft {
  if (context.request.max_tokens === 0) return { blocks: [], stopReason: 'max_tokens' };
  const web = webTurn(context);
  if (web.paused) return { blocks: web.blocks, stopReason: 'pause_turn' };
  const said = spokenDraft(context, web, random);
  const searched = said.stopReason === 'tool_use' && context.scripted === undefined ? besideTools(web, context.key) : web.blocks;
  return { ...said, blocks: [...searched, ...said.blocks] };
}

/** What is said once everything is found. */
function spokenDraft({ request, scripted, key }: AnswerContext, web: WebTurn, random: Random): Draft {
  if (scripted !== undefined) return scriptedDraft(scripted, key);
  const calls = toolCalls(request, random);
  if (calls.length > 0) return { blocks: calls.map((call, at) => toolUse(call, `${key}\n${at}`)), stopReason: 'tool_use' };
  const schema = request.output_config?.format?.schema;
  if (schema === undefined)
    return { blocks: [textBlock(writeProse(request, random)), ...citing(web.pages, random)], stopReason: 'end_turn' };
  const value = writeJson(schema, request, random);
  return { blocks: [textBlock(JSON.stringify(web.asked ? citeFound(value, schema, web.pages) : value))], stopReason: 'end_turn' };
}

function scriptedDraft(reply: RuleReply, key: string): Draft {
  const calls = reply.toolUse ?? [];
  const texts = reply.json === undefined ? [reply.text ?? []].flat() : [JSON.stringify(reply.json)];
  return {
    blocks: [...texts.map(textBlock), ...calls.map((call, at) => toolUse(call, `${key}\n${at}`))],
    stopReason: reply.stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn'),
    ...(reply.stopDetails === undefined ? {} : { stopDetails: reply.stopDetails }),
  };
}

function toolUse(call: { readonly name: string; readonly input: unknown }, idText: string): AnswerBlock {
  return { type: 'tool_use', id: idFrom('toolu_', idText), name: call.name, input: call.input, caller: { type: 'direct' } };
}

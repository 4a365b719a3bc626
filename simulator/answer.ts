import { writeJson } from './content/json-answer';
import { writeProse } from './content/prose';
import { toolCalls } from './content/tool-calls';
import { withSources } from './content/web-pages';
import type { Fault } from './faults';
import type { SimulatedModel } from './models';
import type { PromptUsage } from './prompt-cache';
import { idFrom, randomFrom, type Random } from './random';
import type { RuleReply } from './rules';
import { blockText, BYTES_PER_TOKEN, tokensOfText } from './tokens';
import { citing } from './web/citing';
import { webTurn, type WebTurn } from './web/web-turn';
import { withWeb } from './web/web-usage';
import type { AnswerBlock, AnswerMessage, AnswerUsage, MessagesRequest, StopDetails, StopReason } from './wire';

/** Everything an answer depends on. `key` is the hash of request and seed: the same key gives the same answer in any process. */
export interface AnswerContext {
  readonly request: MessagesRequest;
  readonly model: SimulatedModel;
  readonly key: string;
  readonly prompt: PromptUsage;
  readonly scripted?: RuleReply | undefined;
  readonly fault?: Fault | undefined;
}

interface Draft {
  readonly blocks: readonly AnswerBlock[];
  readonly stopReason: StopReason;
  readonly stopSequence?: string;
  readonly stopDetails?: StopDetails;
}

const textBlock = (text: string): AnswerBlock => ({ type: 'text', text, citations: null });

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
  const said = spokenDraft(context, web.pages, random);
  return { ...said, blocks: [...web.blocks, ...said.blocks] };
}

/** What is said once everything is found. */
function spokenDraft({ request, scripted, key }: AnswerContext, pages: WebTurn['pages'], random: Random): Draft {
  if (scripted !== undefined) return scriptedDraft(scripted, key);
  const calls = toolCalls(request, random);
  if (calls.length > 0) return { blocks: calls.map((call, at) => toolUse(call, `${key}\n${at}`)), stopReason: 'tool_use' };
  const schema = request.output_config?.format?.schema;
  if (schema === undefined) return { blocks: [textBlock(writeProse(request, random)), ...citing(pages, random)], stopReason: 'end_turn' };
  const value = writeJson(schema, request, random);
  return { blocks: [textBlock(JSON.stringify(pages.length === 0 ? value : withSources(value, pages)))], stopReason: 'end_turn' };
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

function atStopSequence(draft: Draft, request: MessagesRequest): Draft {
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

/** Answers with status 200 that are not what was asked for. */
function spoil(draft: Draft, { fault, request }: AnswerContext, random: Random): Draft {
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

function fitTokens(draft: Draft, budget: number): Draft {
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

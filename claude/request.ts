import { createHash } from 'node:crypto';

import type Anthropic from '@anthropic-ai/sdk';

import type { Effort } from '../agents/define-agent';
import { SERVER_TOOLS_TOKENS, type ServerToolUses } from '../common/pricing';
import type { ModelProfile } from './models';
import { serverToolUses, type ServerTool } from './server-tools';
import { surplusBytes } from './web-results';

export type RequestParams = Anthropic.MessageCreateParamsNonStreaming;

/** One request, rendered: what is sent is exactly `params`, and what is hashed and measured is exactly `canonical`. */
export interface RenderedRequest {
  readonly params: RequestParams;
  /** JSON with a fixed order of fields and without clock, id or trace: the same call gives the same bytes. */
  readonly canonical: string;
  /** sha256 of `canonical`, hex. */
  readonly hash: string;
  /** Upper bound of the prompt's tokens: a token is at least one byte. Results of searches count at most as `WEB_RESULT_TOKENS`. */
  readonly inputBytes: number;
  readonly maxTokens: number;
  /** Whether it asks for a cache entry, which can make its prompt dearer. */
  readonly cacheWrites: boolean;
  /** Names the beginning that it shares with other requests of its agent; absent when that is too short to be cached. */
  readonly prefix?: string;
  /** Set when Claude may search or read the web. */
  readonly serverTools?: ServerToolUses;
  /** JSON that the journal keeps in place of `canonical`. @default canonical */
  readonly kept?: string;
}

/** The part of a request that is the same for every call of an agent. */
export interface RequestTemplate {
  readonly model: ModelProfile;
  readonly maxTokens: number;
  readonly system: RequestParams['system'];
  readonly serverTools: readonly ServerTool[];
  readonly outputConfig: Anthropic.OutputConfig | undefined;
}

export interface TemplateOptions {
  readonly model: ModelProfile;
  readonly system: string;
  /** Tokens of the visible answer; headroom for thinking is added here. */
  readonly maxTokens: number;
  readonly effort: Effort;
  /** Absent for free text. */
  readonly format?: Anthropic.JSONOutputFormat;
  /** @default none */
  readonly serverTools?: readonly ServerTool[];
}

/** What Claude adds to a request that is not in our bytes: the envelope and its words about the output format. */
const ENVELOPE_BYTES = 1_024;
/** Rough size of a token of prose; only decides whether asking for a cache entry can make sense. */
const BYTES_PER_TOKEN = 3.6;

/** Builds the constant part once per agent, so that its bytes never vary and the prompt cache can hit. */
export function createTemplate(options: TemplateOptions): RequestTemplate {
  const { model, system, format } = options;
  const cacheable = Buffer.byteLength(system) / BYTES_PER_TOKEN >= model.cacheableFromTokens;
  const outputConfig: Anthropic.OutputConfig = {
    ...(model.takesEffort ? { effort: options.effort } : {}),
    ...(format === undefined ? {} : { format: { type: format.type, schema: format.schema } }),
  };
  return {
    model,
    maxTokens: Math.min(options.maxTokens + model.headroom[options.effort], model.maxOutputTokens),
    system: cacheable ? [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }] : system,
    serverTools: options.serverTools ?? [],
    outputConfig: Object.keys(outputConfig).length === 0 ? undefined : outputConfig,
  };
}

/** The first request of a call. */
export function renderRequest(template: RequestTemplate, prompt: string): RenderedRequest {
  return measure({
    model: template.model.id,
    max_tokens: template.maxTokens,
    ...(template.system === undefined ? {} : { system: template.system }),
    ...(template.serverTools.length === 0 ? {} : { tools: [...template.serverTools] }),
    messages: [{ role: 'user', content: prompt }],
    ...(template.outputConfig === undefined ? {} : { output_config: template.outputConfig }),
  });
}

/** A request that follows an earlier one of the same call; the prefix stays byte for byte what it was. */
export function followUp(
  earlier: RequestParams,
  change: { readonly append?: Anthropic.MessageParam[]; readonly maxTokens?: number },
): RenderedRequest {
  return measure({
    ...earlier,
    max_tokens: change.maxTokens ?? earlier.max_tokens,
    messages: [...earlier.messages, ...(change.append ?? [])],
  });
}

/** Measures and hashes what is going to be sent. */
export function measure(params: RequestParams): RenderedRequest {
  const canonical = JSON.stringify(params);
  const serverTools = serverToolUses(params.tools, params.messages);
  const bytes = Buffer.byteLength(canonical) + ENVELOPE_BYTES;
  const prefix = prefixOf(params);
  return {
    params,
    canonical,
    hash: createHash('sha256').update(canonical).digest('hex'),
    inputBytes: serverTools === undefined ? bytes : bytes + SERVER_TOOLS_TOKENS - surplusBytes(params.messages),
    maxTokens: params.max_tokens,
    ...(prefix !== undefined && { prefix }),
    cacheWrites: Array.isArray(params.system) || params.cache_control != null,
    ...(serverTools === undefined ? {} : { serverTools }),
  };
}

/** Names what comes before the messages, when it ends in a cache breakpoint. */
export function prefixOf({ messages: _own, max_tokens: _limit, cache_control: _ofMessages, ...shared }: RequestParams): string | undefined {
  if (!Array.isArray(shared.system)) return undefined;
  return createHash('sha256').update(JSON.stringify(shared)).digest('hex').slice(0, 24);
}

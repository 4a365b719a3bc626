/** The parts of Claude's wire format that the simulator reads or writes; names and spelling are Claude's. */

export interface CacheControl {
  readonly type: 'ephemeral';
  readonly ttl?: '5m' | '1h';
}

/** A content block of a request. Fields beyond these are kept and counted, not interpreted. */
export interface RequestBlock {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly tool_use_id?: string;
  readonly content?: string | readonly RequestBlock[];
  readonly citations?: unknown;
  readonly cache_control?: CacheControl | null;
}

export interface RequestMessage {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: string | readonly RequestBlock[];
}

export interface RequestTool {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly input_schema?: JsonSchema;
  readonly cache_control?: CacheControl | null;
  readonly max_uses?: number | null;
  readonly allowed_domains?: readonly string[] | null;
  readonly blocked_domains?: readonly string[] | null;
  readonly max_content_tokens?: number | null;
}

export interface ToolChoice {
  readonly type: 'auto' | 'any' | 'tool' | 'none';
  readonly name?: string;
  readonly disable_parallel_tool_use?: boolean;
}

/** Body of `POST /v1/messages` once it is validated. */
export interface MessagesRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly messages: readonly RequestMessage[];
  readonly system?: string | readonly RequestBlock[];
  readonly tools?: readonly RequestTool[];
  readonly tool_choice?: ToolChoice;
  readonly thinking?: { readonly type: string; readonly budget_tokens?: number };
  readonly output_config?: { readonly effort?: string; readonly format?: { readonly type: string; readonly schema: JsonSchema } | null };
  readonly stop_sequences?: readonly string[];
  readonly stream?: boolean;
  readonly cache_control?: CacheControl | null;
}

/** The JSON Schema subset of structured outputs. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly description?: string;
  readonly title?: string;
  readonly default?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

interface DirectCaller {
  readonly type: 'direct';
}

/** Where a cited part of a text is from. */
export interface WebCitation {
  readonly type: 'web_search_result_location';
  readonly url: string;
  readonly title: string;
  readonly encrypted_index: string;
  readonly cited_text: string;
}

export interface WebSearchResult {
  readonly type: 'web_search_result';
  readonly url: string;
  readonly title: string;
  readonly encrypted_content: string;
  readonly page_age: string | null;
}

/** A use of a tool that the server itself carries out. */
export interface ServerToolUse {
  readonly type: 'server_tool_use';
  readonly id: string;
  readonly name: 'web_search' | 'web_fetch';
  readonly input: { readonly query: string } | { readonly url: string };
  readonly caller: DirectCaller;
}

export interface WebSearchToolResult {
  readonly type: 'web_search_tool_result';
  readonly tool_use_id: string;
  readonly content: readonly WebSearchResult[] | { readonly type: 'web_search_tool_result_error'; readonly error_code: string };
  readonly caller: DirectCaller;
}

export interface WebFetchToolResult {
  readonly type: 'web_fetch_tool_result';
  readonly tool_use_id: string;
  readonly content:
    | { readonly type: 'web_fetch_tool_result_error'; readonly error_code: string }
    | {
        readonly type: 'web_fetch_result';
        readonly url: string;
        readonly retrieved_at: string;
        readonly content: {
          readonly type: 'document';
          readonly source: { readonly type: 'text'; readonly media_type: 'text/plain'; readonly data: string };
          readonly title: string;
          readonly citations: null;
        };
      };
  readonly caller: DirectCaller;
}

export type WebResult = WebSearchToolResult | WebFetchToolResult;

export type AnswerBlock =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'text'; readonly text: string; readonly citations: readonly WebCitation[] | null }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown; readonly caller: DirectCaller }
  | ServerToolUse
  | WebResult;

export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded';

export interface StopDetails {
  readonly type: 'refusal';
  readonly category: string | null;
  readonly explanation: string | null;
}

export interface AnswerUsage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly thinking_tokens: number };
  readonly server_tool_use: { readonly web_search_requests: number; readonly web_fetch_requests: number } | null;
  readonly service_tier: 'standard' | 'batch';
  readonly speed: 'standard';
  readonly inference_geo: 'global';
}

export interface AnswerMessage {
  readonly id: string;
  readonly type: 'message';
  readonly role: 'assistant';
  readonly model: string;
  readonly content: readonly AnswerBlock[];
  readonly stop_reason: StopReason | null;
  readonly stop_sequence: string | null;
  readonly stop_details: StopDetails | null;
  readonly container: null;
  readonly diagnostics: null;
  readonly usage: AnswerUsage;
}

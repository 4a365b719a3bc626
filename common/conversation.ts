import type { ToolReply } from './tool-call';

/** Where a conversation of an agent with its tools stands; part of the context of each of its model turns. */
export interface ConversationContext {
  /** Store key of what was said so far; absent in the first turn, which renders the agent's input. */
  readonly transcript?: string;
  /** Results of all tools that the last turn called, in the order of the calls. */
  readonly results?: readonly ToolResult[];
}

/** What a tool returned to the agent. */
export interface ToolResult {
  /** Claude's id of the call. */
  readonly id: string;
  readonly reply: ToolReply;
  readonly isError: boolean;
  /** What the agent should know beside the reply: that a person changed the input. */
  readonly note?: string;
}

/** How a tool that an agent has called is run. */
export type ToolKind = 'tool' | 'agent' | 'mcp' | 'unknown';

/** One call of a tool that Claude asks for. */
export interface ToolRequest {
  /** Claude's id of the call. */
  readonly id: string;
  readonly name: string;
  readonly kind: ToolKind;
  readonly approval: 'never' | 'always';
  /** What Claude gave, not yet checked; null when it is kept under `inputRef`. */
  readonly input: unknown;
  readonly inputRef?: string;
}

/** Output of one model turn of a conversation. */
export type TurnOutput<Output = unknown> =
  | { readonly kind: 'answered'; readonly output: Output; readonly transcript: string; readonly promptBytes: number }
  | { readonly kind: 'tools'; readonly calls: readonly ToolRequest[]; readonly transcript: string; readonly promptBytes: number };

/** Inputs and results of tools over so many bytes travel as references. */
export const MAX_INLINE_BYTES = 2_048;

/** Turns of a conversation when its agent does not say. */
export const DEFAULT_MAX_TURNS = 16;

/** Begins the name under which a tool of an MCP server is offered: `mcp__server__tool`. */
export const MCP_PREFIX = 'mcp__';
/** Activity Type of all tools of MCP servers. */
export const MCP_TOOL = 'mcpTool';

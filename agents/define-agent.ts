import type { z } from 'zod';

import type { ModelTier } from '../common/call';
import { CALL_DEFAULTS } from '../common/call-options';
import { MCP_PREFIX } from '../common/conversation';

/** Depth of thinking; the only knob for it on current models. */
export type Effort = 'low' | 'medium' | 'high';

/** Tools that Claude itself carries out within a model turn: no activity of ours, no key of ours. */
export const SERVER_TOOL_NAMES = ['webSearch', 'webFetch'] as const;

export type ServerToolName = (typeof SERVER_TOOL_NAMES)[number];

/** Uses of a server tool in one model turn when an agent does not say. */
export const DEFAULT_SERVER_TOOL_USES = 3;

/** How an agent may use one of them. Domains are without scheme; a list of allowed ones excludes a list of blocked ones. */
export interface ServerToolOptions {
  readonly name: ServerToolName;
  /** Most uses in one model turn; each may be paid for. @default DEFAULT_SERVER_TOOL_USES */
  readonly maxUses?: number;
  readonly allowedDomains?: readonly string[];
  readonly blockedDomains?: readonly string[];
}

/** A role as data. Nothing else is needed to make it callable. */
export interface AgentDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** Activity Type and key in the registry; camelCase. */
  readonly name: string;
  /** One line for `troupe agents`. */
  readonly description: string;
  readonly tier: ModelTier;
  /** Tokens of the visible answer; headroom for thinking is added by the transport. */
  readonly maxTokens: number;
  /** @default 'low' */
  readonly effort: Effort;
  readonly system: string;
  readonly prompt: (input: z.infer<Input>) => string;
  readonly input: Input;
  /** Length and item limits also stand in the descriptions: Claude sees those, zod enforces them. */
  readonly output: Output;
  readonly startToCloseMs: number;
  readonly scheduleToCloseMs: number;
  /** @default 'pool' with tools of MCP servers; else its limits decide, see `common/routing.ts` */
  readonly needs?: 'pool';
  /**
   * What it may call by itself: names of tools and of other agents, `mcp__server` or `mcp__server__tool` for MCP servers. Each
   * of its model turns and each call of a tool is then an activity of its own.
   */
  readonly tools?: readonly string[];
  /** Model turns of a conversation with tools. @default DEFAULT_MAX_TURNS */
  readonly maxTurns?: number;
  /**
   * Claude's own tools that it may use: names, or names with limits. Fields of such an agent's output that are called
   * `sources` (`[{ url, … }]`) or `source` may only name pages that Claude really found or read: others are sent back to be corrected.
   */
  readonly serverTools?: readonly (ServerToolName | ServerToolOptions)[];
}

type Optional = 'effort' | 'startToCloseMs' | 'scheduleToCloseMs';
type AgentSpec<Input extends z.ZodType, Output extends z.ZodType> = Omit<AgentDefinition<Input, Output>, Optional> &
  Partial<Pick<AgentDefinition<Input, Output>, Optional>>;

/** Defines an agent; defaults: `effort` low, five minutes an attempt, a day in all, the pool for one with tools of MCP servers. */
export function defineAgent<Input extends z.ZodType, Output extends z.ZodType>(
  spec: AgentSpec<Input, Output>,
): AgentDefinition<Input, Output> {
  // Its first turn asks the server for its tools, so the program that is the server runs where the turn does.
  const needs = spec.tools?.some((name) => name.startsWith(MCP_PREFIX)) === true ? ({ needs: 'pool' } as const) : {};
  return { effort: 'low', ...CALL_DEFAULTS, ...needs, ...spec };
}

import type { Placement } from './routing';

/** What the workflow must know of a tool before it can schedule its activity. Plain data, tested equal to the registry. */
export interface ToolCallOptions extends Placement {
  /** `always`: in a conversation of an agent, a person approves each call before it acts. */
  readonly approval: 'never' | 'always';
  /** Limit of the call with all its attempts. */
  readonly scheduleToCloseMs: number;
  /** Attempts at most; the pauses between them are 1 s, 2 s, 4 s and so on, up to 30 s. */
  readonly maximumAttempts: number;
}

/** Defaults of a tool: no approval, half a minute an attempt, five minutes in all, four attempts. */
export const TOOL_DEFAULTS = {
  approval: 'never',
  startToCloseMs: 30_000,
  scheduleToCloseMs: 5 * 60_000,
  maximumAttempts: 4,
} as const satisfies ToolCallOptions;

/** Every Activity Type that is a tool. Names are history: rename by adding, keep the old one until no open run uses it. */
export const TOOL_OPTIONS = {
  analyzeData: TOOL_DEFAULTS,
  shopListings: { ...TOOL_DEFAULTS, startToCloseMs: 60_000 },
  shopReviews: { ...TOOL_DEFAULTS, startToCloseMs: 60_000 },
  propertyRecord: { ...TOOL_DEFAULTS, startToCloseMs: 60_000 },
  comparableSales: { ...TOOL_DEFAULTS, startToCloseMs: 60_000 },
  schoolRatings: TOOL_DEFAULTS,
  walkability: TOOL_DEFAULTS,
  fairHousingCheck: TOOL_DEFAULTS,
  claimCheck: TOOL_DEFAULTS,
} as const satisfies Record<string, ToolCallOptions>;

export type ToolName = keyof typeof TOOL_OPTIONS;

/**
 * Of all tools of MCP servers. A call that may have acted is not repeated, whatever the number of attempts. Such a server is a program
 * that its worker starts and keeps, or a session that it keeps open.
 */
export const MCP_OPTIONS: ToolCallOptions = { ...TOOL_DEFAULTS, startToCloseMs: 120_000, scheduleToCloseMs: 10 * 60_000, needs: 'pool' };

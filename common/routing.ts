import type { Lane, ModelTier } from './call';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A serverless function is ended after so long, whatever it does. */
export const FUNCTION_LIFE_MS = 15 * MINUTE;
/** It takes new calls for so long at most ... */
export const FUNCTION_TAKES_MS = MINUTE;
/** ... and needs so long to stop. */
const FUNCTION_STOPS_MS = 10 * SECOND;

/** How long the last call that a function takes may last. @param lifeMs Milliseconds after which the function is ended. */
export const windowOf = (lifeMs: number): number => Math.max(0, lifeMs - FUNCTION_TAKES_MS - FUNCTION_STOPS_MS);

/** Longest attempt that goes to the main queue: one that a function of the usual life finishes, whenever it took it. */
export const FUNCTION_WINDOW_MS = windowOf(FUNCTION_LIFE_MS);

/** Where an activity may run. */
export interface Placement {
  /**
   * What it needs beside a worker. `pool`: a process that stays, with what it has started (programs, sessions), so it goes to the
   * pool whatever its limits. @default its limits decide
   */
  readonly needs?: 'pool';
  /** Limit of one attempt. */
  readonly startToCloseMs: number;
}

/**
 * Whether an activity goes to the pool's queue instead of the main one. In the batch lane it only hands its turn over or picks up the
 * answer, so that its limit says nothing.
 */
export function needsPool({ needs, startToCloseMs }: Placement, lane?: Lane): boolean {
  return needs === 'pool' || (lane !== 'batch' && startToCloseMs > FUNCTION_WINDOW_MS);
}

/** Half of what models of a tier usually write in a second. */
const SLOW_TOKENS_PER_SECOND: Readonly<Record<ModelTier, number>> = { fast: 90, balanced: 45, best: 30 };
/** What thinking at low effort may add to the visible answer. */
const THINKING_TOKENS = 1_024;

/** Milliseconds that a model turn may take at its slowest: what the limit of an attempt must not be below. */
export function slowTurnMs({ tier, maxTokens }: { readonly tier: ModelTier; readonly maxTokens: number }): number {
  return Math.ceil((maxTokens + THINKING_TOKENS) / SLOW_TOKENS_PER_SECOND[tier]) * SECOND;
}

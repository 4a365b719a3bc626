import type { Lane, ModelTier } from './call';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A serverless function is ended after so long, whatever it does. */
export const FUNCTION_LIFE_MS = 15 * MINUTE;
/** Longest attempt that goes to the main queue. A function of the usual life finishes it whenever it took it, and takes calls for as long before. */
export const FUNCTION_WINDOW_MS = 7 * MINUTE;
/** Kept for the end of a function: calls that are cancelled journal what they know and report, connections close. */
const FUNCTION_ENDS_MS = 3 * SECOND;

/** How the time of a function is divided. */
export interface FunctionWindow {
  /** Milliseconds in which it takes calls. */
  readonly takesMs: number;
  /** Milliseconds that the call which it takes last may last. */
  readonly lastMs: number;
}

/** Milliseconds kept for the end of a function. @param lifeMs Milliseconds after which it is ended, at least 0 */
export const endsMs = (lifeMs: number): number => Math.min(FUNCTION_ENDS_MS, Math.floor(lifeMs / 4));

/** @param lifeMs Milliseconds after which the function is ended, at least 0 */
export function windowOf(lifeMs: number): FunctionWindow {
  const usableMs = Math.floor(lifeMs) - endsMs(lifeMs);
  const lastMs = Math.min(Math.floor(usableMs / 2), FUNCTION_WINDOW_MS);
  return { takesMs: usableMs - lastMs, lastMs };
}

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

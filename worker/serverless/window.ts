import { CALL_DEFAULTS } from '../../common/call-options';

/** How the time of one invocation is divided. */
export interface FunctionWindow {
  /** Milliseconds in which it asks for tasks. */
  readonly pollMs: number;
  /** Milliseconds that open calls have to finish after that. */
  readonly graceMs: number;
  /** Milliseconds after which calls that ignore their cancellation are given up. */
  readonly forceMs: number;
}

/** Kept for the end: calls that are cancelled journal what they know and report, connections close. */
const MARGIN_MS = 3_000;
/** AWS's default of 3 s is less. A start that took long is no reason to refuse: the task that woke the function would wait for the next. */
const LEAST_MS = 4_000;
/** An attempt at a call lasts no longer than this: a grace beyond it would only shorten the polling. */
const LONGEST_GRACE_MS = CALL_DEFAULTS.startToCloseMs;

/**
 * Divides what is left of an invocation: a call that is taken up at the very last moment still has the grace, which is half of the
 * time, at most the five minutes of an attempt.
 * @param remainingMs until the function is killed
 * @throws Error `Cannot serve …` when that is too short to do anything
 */
export function windowOf(remainingMs: number): FunctionWindow {
  if (remainingMs < LEAST_MS) {
    const cure = "set the function's timeout to 900 s, at least to 15";
    throw new Error(`Cannot serve Temporal within ${Math.max(0, Math.round(remainingMs))} ms: calls do not fit; ${cure}`);
  }
  const marginMs = Math.min(MARGIN_MS, Math.floor(remainingMs / 4));
  const usableMs = Math.floor(remainingMs) - marginMs;
  const graceMs = Math.min(Math.floor(usableMs / 2), LONGEST_GRACE_MS);
  return { pollMs: usableMs - graceMs, graceMs, forceMs: graceMs + Math.floor((marginMs * 2) / 3) };
}

import { endsMs, FUNCTION_LIFE_MS, windowOf } from '../../common/routing';

/** How the time of one invocation is divided. */
export interface InvocationWindow {
  /** Milliseconds in which it asks for tasks. */
  readonly pollMs: number;
  /** Milliseconds that open calls have to finish after that. */
  readonly graceMs: number;
  /** Milliseconds after which calls that ignore their cancellation are given up. */
  readonly forceMs: number;
}

/** AWS's default of 3 s is less. A start that took long is no reason to refuse: the task that woke the function would wait for the next. */
const LEAST_MS = 4_000;

/**
 * Divides what is left of an invocation: a call that is taken up at the very last moment still has the grace.
 * @param remainingMs until the function is killed
 * @throws Error `Cannot serve …` when that is too short to do anything
 */
export function invocationWindow(remainingMs: number): InvocationWindow {
  if (remainingMs < LEAST_MS) {
    const left = Math.max(0, Math.round(remainingMs));
    throw new Error(`Cannot serve Temporal within ${left} ms: no call fits; let the function live ${FUNCTION_LIFE_MS / 1_000} s`);
  }
  const { takesMs, lastMs } = windowOf(remainingMs);
  return { pollMs: takesMs, graceMs: lastMs, forceMs: lastMs + Math.floor((endsMs(remainingMs) * 2) / 3) };
}

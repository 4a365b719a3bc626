import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  /** What must be quick says so itself. @default 45000, far more than it takes, and less than the minute of a test */
  readonly limitMs?: number | undefined;
  /** What should be, for the failure. */
  readonly what?: string;
}

/**
 * Waits until a condition holds; a condition that throws does not hold yet.
 * @throws Error with the last reason when it does not in time
 */
export async function until(condition: () => Promise<boolean> | boolean, { limitMs = 45_000, what }: Patience = {}): Promise<void> {
  const end = Date.now() + limitMs;
  let reason: unknown = what ?? 'the condition stayed false';
  while (Date.now() < end) {
    try {
      if (await condition()) return;
    } catch (error) {
      reason = error;
    }
    await delay(25);
  }
  throw new Error(`Cannot wait any longer than ${limitMs} ms: ${String(reason)}`, { cause: reason });
}

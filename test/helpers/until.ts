import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until a condition holds; a condition that throws does not hold yet.
 * @param limitMs @default 15000
 * @throws Error with the last reason when it does not in time
 */
export async function until(condition: () => Promise<boolean> | boolean, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  let reason: unknown = 'the condition stayed false';
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

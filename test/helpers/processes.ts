import { setTimeout as delay } from 'node:timers/promises';

/** Polls until `check` holds; fails with `what` when it does not within `limitMs`. */
export async function until(what: string, check: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await delay(20);
  }
}

/** Whether a process (or, negative, a process group) exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves once a process (or, negative, a whole process group) has gone. */
export function gone(pid: number, limitMs?: number): Promise<void> {
  return until(`process ${pid} should be gone`, () => !isAlive(pid), limitMs);
}

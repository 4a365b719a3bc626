import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** Polls until `check` holds; fails with `what` when it does not within `limitMs`. */
export async function until(what: string, check: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await delay(20);
  }
}

/** Whether a process (or, negative, a process group) runs. One that has ended and waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,pgid=,stat='], { encoding: 'utf8' }).stdout.split('\n');
  return listed.some((line) => {
    const [id, group, state = 'Z'] = line.trim().split(/\s+/);
    return Number(pid < 0 ? group : id) === Math.abs(pid) && !state.startsWith('Z');
  });
}

/** Resolves once a process (or, negative, a whole process group) has gone. */
export function gone(pid: number, limitMs?: number): Promise<void> {
  return until(`process ${pid} should be gone`, () => !isAlive(pid), limitMs);
}

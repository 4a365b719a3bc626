import { spawnSync } from 'node:child_process';

import { until } from './until';

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
  return until(() => !isAlive(pid), { limitMs, what: `process ${pid} should be gone` });
}

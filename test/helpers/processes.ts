import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { until } from './until';

/** Whether a process (or, negative, a process group) runs. One that has ended and waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  // Asked often, and a list of all processes costs a busy machine more than a file.
  if (pid > 0 && existsSync('/proc/self/stat')) return isAliveByFile(pid);
  const listed = spawnSync('ps', ['-A', '-o', 'pid=,pgid=,stat='], { encoding: 'utf8' }).stdout.split('\n');
  return listed.some((line) => {
    const [id, group, state = 'Z'] = line.trim().split(/\s+/);
    return Number(pid < 0 ? group : id) === Math.abs(pid) && !state.startsWith('Z');
  });
}

/** As Linux tells it: the state follows the name, which is in brackets and may hold anything. */
function isAliveByFile(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z';
  } catch {
    return false;
  }
}

/** Resolves once a process (or, negative, a whole process group) has gone. */
export function gone(pid: number, limitMs?: number): Promise<void> {
  return until(() => !isAlive(pid), { limitMs, what: `process ${pid} should be gone` });
}

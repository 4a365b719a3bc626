import { readStackInfo, type StackFiles } from '../../worker/local/stack-files';
import { peakMiB } from '../process-usage';

/** One function, from the start of its process to its end; epoch milliseconds. */
export interface FunctionLife {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  /** Why it ended, in the words of the stack. */
  readonly reason: string;
  readonly workflowTasks: number;
  readonly activities: number;
}

const ENDED = /^Function (\d+) ended after (\d+\.\d) s: (.+); workflow tasks (\d+), activities (\d+)$/;
const DIED = /^Function (\d+) died after (\d+\.\d) s$/;
const LOOK_MS = 250;

/** What a line of the stack, that came at a time, says of the end of a function. */
export function lifeIn(line: string, at: number): FunctionLife | undefined {
  const [, number, seconds, reason = 'died', workflowTasks = 0, activities = 0] = ENDED.exec(line) ?? DIED.exec(line) ?? [];
  if (number === undefined) return undefined;
  const counts = { workflowTasks: Number(workflowTasks), activities: Number(activities) };
  return { number: Number(number), from: at - Number(seconds) * 1_000, to: at, reason, ...counts };
}

/** Looks at the memory of functions four times a second. `end()` tells the most of each, in MiB; of none where the system does not tell. */
export function watchMemory(files: StackFiles): { end(): number[] } {
  const peaks = new Map<number, number>();
  const timer = setInterval(() => {
    for (const pid of readStackInfo(files)?.functions?.running ?? []) {
      const peak = peakMiB(pid);
      if (peak !== undefined) peaks.set(pid, peak);
    }
  }, LOOK_MS);
  return {
    end: () => {
      clearInterval(timer);
      return [...peaks.values()];
    },
  };
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Seconds in which functions lived within a span; two at a time count twice. */
export function secondsWithin(lives: readonly Span[], { from, to }: Span): number {
  return lives.reduce((sum, life) => sum + Math.max(0, Math.min(life.to, to) - Math.max(life.from, from)), 0) / 1_000;
}

/** Seconds of a span in which no function lived. */
export function secondsWithout(lives: readonly Span[], { from, to }: Span): number {
  let alone = 0;
  let until = from;
  for (const life of lives.toSorted((a, b) => a.from - b.from)) {
    alone += Math.max(0, Math.min(life.from, to) - until);
    until = Math.max(until, Math.min(life.to, to));
  }
  return (alone + Math.max(0, to - until)) / 1_000;
}

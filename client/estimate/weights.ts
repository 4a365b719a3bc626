import type { SizedRun } from './step-use';

type Sized = Pick<SizedRun, 'bytes'>;

/** Runs that tell of rows. */
export interface Seen {
  /** Of rows of every size; one at least. */
  readonly rehearsed: readonly Sized[];
  /** Former runs of inputs like those of the rows. @default none */
  readonly alike?: readonly Sized[] | undefined;
}

/** How runs stand for rows of these sizes: with which weights, and brought to which mean size, in bytes. */
export function standIn(seen: Seen, sizes: readonly number[]): { readonly weights: readonly number[]; readonly bytes: number } {
  return { weights: weightsOf(seen, sizes), bytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length };
}

/**
 * What part each run has in the mean of rows of these sizes: a rehearsed one stands for the rows that are nearest to it in size, and shares that with
 * the former runs that are. So twenty former runs of the shortest rows say nothing of the longest.
 * @param sizes Bytes of each row's input; one at least.
 * @returns Of the rehearsed runs, then of the others; 1 together.
 */
export function weightsOf({ rehearsed, alike = [] }: Seen, sizes: readonly number[]): number[] {
  const rows = rehearsed.map(() => 0);
  for (const size of sizes) countNearest(rehearsed, rows, size);
  const runs = rehearsed.map(() => 1);
  const places = alike.map(({ bytes }) => countNearest(rehearsed, runs, bytes));
  return [...rehearsed.keys(), ...places].map((at) => (rows[at] ?? 0) / sizes.length / (runs[at] ?? 1));
}

/** Of several that are equally near, the one that has the fewest. Returns which it was. */
function countNearest(rehearsed: readonly Sized[], counts: number[], size: number): number {
  const away = (at: number): number => Math.abs((rehearsed[at]?.bytes ?? 0) - size);
  const nearest = [...rehearsed.keys()].reduce((best, at) => {
    const nearer = away(at) - away(best);
    return nearer < 0 || (nearer === 0 && (counts[at] ?? 0) < (counts[best] ?? 0)) ? at : best;
  }, 0);
  counts[nearest] = (counts[nearest] ?? 0) + 1;
  return nearest;
}

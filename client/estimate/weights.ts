import type { SizedRun } from './step-use';

/**
 * What part each run has in the mean: rehearsed rows are of every size, so they share it equally, and each shares its part with the former runs
 * whose inputs are most like it in size. Twenty former runs of the shortest rows say nothing of the longest.
 * @returns Of the rehearsed ones, then of the alike; 1 together.
 */
export function weightsOf(rehearsed: ReadonlyArray<Pick<SizedRun, 'bytes'>>, alike: ReadonlyArray<Pick<SizedRun, 'bytes'>>): number[] {
  const shares = rehearsed.map(() => 1);
  const places = alike.map(({ bytes }) => {
    const away = (at: number): number => Math.abs((rehearsed[at]?.bytes ?? 0) - bytes);
    // Of several that are equally near, the one that shares with the fewest.
    const nearest = [...rehearsed.keys()].reduce((best, at) => {
      const nearer = away(at) - away(best);
      return nearer < 0 || (nearer === 0 && (shares[at] ?? 0) < (shares[best] ?? 0)) ? at : best;
    }, 0);
    shares[nearest] = (shares[nearest] ?? 0) + 1;
    return nearest;
  });
  return [...rehearsed.keys(), ...places].map((at) => 1 / (shares[at] ?? 1) / rehearsed.length);
}

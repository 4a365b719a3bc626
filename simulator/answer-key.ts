import { randomFrom, sha256 } from './random';
import type { Simulation } from './simulation';

/** Request and seed; with variability sometimes also the number of the arrival, so that asking again gives another answer. */
export function answerKey(
  simulation: Pick<Simulation, 'seed' | 'config'>,
  { hash, arrival }: { readonly hash: string; readonly arrival: number },
): string {
  const key = sha256(`${hash}\n${simulation.seed}`);
  const variability = simulation.config().variability ?? 0;
  if (variability === 0 || arrival === 0) return key;
  const again = `${key}\n${arrival}`;
  return randomFrom(again).chance(variability) ? sha256(again) : key;
}

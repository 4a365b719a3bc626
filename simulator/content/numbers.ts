import type { Random } from '../random';
import type { JsonSchema } from '../wire';
import type { Place } from './json-answer';

interface NumberOptions {
  readonly whole: boolean;
  readonly schema: JsonSchema;
  readonly random: Random;
}

/** Usual ranges by name, for numbers without stated limits. */
const USUAL: ReadonlyArray<readonly [RegExp, number, number]> = [
  [/confidence|probability|likelihood|ratio|relevance|weight/i, 0.6, 0.98],
  [/percent/i, 10, 90],
  [/rating|stars/i, 3, 5],
  [/score|grade|quality/i, 6, 10],
  [/year/i, 2020, 2026],
  [/price|cost|usd|amount|budget/i, 19, 480],
  [/minutes|duration/i, 5, 45],
  [/words/i, 400, 900],
  [/count|number|total|quantity/i, 2, 40],
];

/** A number within the limits that the schema or its description states. */
export function numberFor(place: Place, { whole, random }: NumberOptions): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = place.limits;
  const [usualLeast, usualMost] = (USUAL.find(([name]) => name.test(place.name))?.slice(1) ?? [1, 10]) as [number, number];
  const step = multipleOf ?? (whole ? 1 : 0.01);
  const floor = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
  const ceiling = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step);
  const fits = (value: number): boolean => (floor === undefined || value >= floor) && (ceiling === undefined || value <= ceiling);
  // The usual range is used as far as it lies within the limits.
  const usual = fits(usualLeast) && fits(usualMost);
  const least = usual ? usualLeast : (floor ?? Math.min(usualLeast, ceiling ?? usualLeast));
  const most = usual ? usualMost : Math.max(least, ceiling ?? least + Math.abs(usualMost - usualLeast));
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.max(first, Math.floor(Math.min(most, Number.MAX_SAFE_INTEGER) / step + 1e-9));
  const value = Number((random.int(first, last) * step).toFixed(10));
  return whole ? Math.round(value) : value;
}

import type { FactQuantity } from './facts';
import { COUNTABLE, headOf } from './is-figure';
import type { Quantity } from './quantities';
import { stemOf } from './stems';

/** The text says of what it gives the figure, and this is the fact. */
export function isNamed(figure: Quantity, fact: FactQuantity): boolean {
  if (figure.unit !== undefined) {
    if (fact.unit?.measures !== figure.unit.measures) return false;
    return COUNTED.has(figure.unit.measures);
  }
  if (fact.unit !== undefined && !COUNTED.has(fact.unit.measures)) return false;
  // What is counted stands behind the number, what is paid for on either side, and what happened in a year before it.
  const isYear = figure.kind === 'number' && figure.value >= 1_700 && figure.value <= 2_100;
  if (isYear && fact.unit !== undefined) return false;
  const cut = figure.after.findIndex((stem) => JOINING.has(stem));
  const after = isYear ? [] : figure.after.slice(0, cut < 0 ? 2 : Math.min(cut, 2));
  const before =
    !isYear && figure.kind === 'number' && figure.after.length > 0 ? [] : figure.before.filter((stem) => !VAGUE.has(stem)).slice(0, 2);
  return [...after, ...before].some((stem) => fact.words.has(stem) && !VAGUE.has(stem));
}

const JOINING = new Set('and or with plus while but'.split(' '));
const COUNTED = new Set(['bedroom', 'bathroom', 'story', 'garage']);
const VAGUE = new Set(
  'and or with of in on at to for from by plus the a an is are has have per total about each every all new price home house'
    .split(' ')
    .map(stemOf),
);

/** The fact counts something that the text does not speak of, or the text counts what the fact does not. */
export function isAnother(text: string, figure: Quantity, fact: FactQuantity): boolean {
  if (
    figure.unit !== undefined &&
    figure.after.length > 0 &&
    COUNTED.has(fact.unit?.measures ?? '') &&
    figure.unit.measures !== fact.unit?.measures
  )
    return true;
  if (figure.kind !== 'number' || figure.unit !== undefined) return false;
  const head = headOf(text, figure);
  if (head.length > 0 && fact.unit !== undefined && !COUNTED.has(fact.unit.measures) && !head.some((stem) => fact.words.has(stem)))
    return true;
  const counted = head.filter((stem) => COUNTABLE.has(stem));
  return counted.length > 0 && (fact.unit !== undefined || [...fact.words].some((stem) => COUNTABLE.has(stem)));
}

import type { FactQuantity } from './facts';
import { COUNTABLE, headOf } from './is-figure';
import type { Quantity } from './quantities';
import { stemOf } from './stems';

/** What the text says that the figure is of, as words that a fact may have, or its measure after a `#`. */
export function namesOf(figure: Quantity): string[] {
  if (figure.unit !== undefined) return COUNTED.has(figure.unit.measures) ? [`#${figure.unit.measures}`] : [];
  // What is counted stands behind the number, what is paid for on either side, and what happened in a year before it.
  const cut = figure.after.findIndex((stem) => JOINING.has(stem));
  const after = isYear(figure) ? [] : figure.after.slice(0, cut < 0 ? 2 : Math.min(cut, 2));
  const counts = !isYear(figure) && figure.kind === 'number' && figure.after.length > 0;
  const before = counts ? [] : figure.before.filter((stem) => !VAGUE.has(stem)).slice(0, 2);
  return [...after, ...before].filter((stem) => !VAGUE.has(stem));
}

const isYear = ({ kind, value }: Quantity) => kind === 'number' && value >= 1_700 && value <= 2_100;

/** The text says of what it gives the figure, and this is the fact. */
export function isNamed(figure: Quantity, fact: FactQuantity): boolean {
  if (figure.unit !== undefined) return COUNTED.has(figure.unit.measures) && fact.unit?.measures === figure.unit.measures;
  if (fact.unit !== undefined && (isYear(figure) || !COUNTED.has(fact.unit.measures))) return false;
  return namesOf(figure).some((stem) => fact.words.has(stem));
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

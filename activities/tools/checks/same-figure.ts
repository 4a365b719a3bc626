import { mayBeSameCurrency } from '../../../common/currency-signs';
import type { FactQuantity } from './facts';
import type { Quantity } from './quantities';
import { stemOf } from './stems';

/** Money is no share and no count; a bare number may be of any kind. */
export const isOfKind = (figure: Quantity, fact: FactQuantity) =>
  mayBeSameCurrency(figure.currency, fact.currency) &&
  (figure.kind === 'number' || fact.kind === figure.kind || (fact.kind === undefined && fact.unit === undefined && !fact.items));

const ROUNDING = 0.02;
const BEYOND = 0.1;

/** Whether a figure says what a fact says: in another unit, rounded where it says so, or a part of the fact's number. */
export function isEqual(figure: Quantity, fact: FactQuantity, text: string): boolean {
  const scale =
    figure.unit !== undefined && fact.unit !== undefined
      ? (figure.unit.factor * ounces(figure.unit.measures, fact.unit.measures)) / fact.unit.factor
      : 1;
  if (figure.unit !== undefined && fact.unit !== undefined && !comparable(figure.unit.measures, fact.unit.measures)) return false;
  const stated = figure.value * scale;
  if (figure.decade) return fact.value >= figure.value && fact.value < figure.value + 10;
  if (figure.ordinal && figure.unit?.measures === 'story') return figure.value <= fact.value;
  const off = Math.abs(stated - fact.value);
  if (off < 1e-9 * Math.max(1, stated)) return true;
  if (figure.marked === 'about') return off <= ROUNDING * fact.value;
  if (figure.marked === 'over') return fact.value >= stated && off <= BEYOND * fact.value;
  if (figure.marked === 'under') return fact.value <= stated && off <= BEYOND * fact.value;
  if (scale === 1) return isPartOfBaths(figure, fact) || isRemaining(figure, fact);
  // Converted from another unit, it is as exact as it is written.
  const decimals = /[.,](\d+)$/.exec(text.slice(figure.at, figure.end))?.[1]?.length ?? 0;
  return off <= Math.max((0.5 * scale) / 10 ** decimals, 0) && off <= ROUNDING * fact.value;
}

/** A fluid ounce is a little more in millilitres than an ounce in grams. */
export const ounces = (one: string, other: string) =>
  one === 'ounce' && other === 'volume' ? 29.5735 / 28.3495 : one === 'volume' && other === 'ounce' ? 28.3495 / 29.5735 : 1;
/** Degrees may be of either scale. */
const DEGREES = new Set(['celsius', 'fahrenheit', 'degrees']);
/** Ounces may be of weight or of volume. */
const OUNCES = new Set(['weight', 'volume']);
/** Whether two measures may be of the same thing. */
export const comparable = (one: string, other: string) =>
  one === other ||
  (DEGREES.has(one) && DEGREES.has(other) && (one === 'degrees' || other === 'degrees')) ||
  (one === 'ounce' && OUNCES.has(other)) ||
  (other === 'ounce' && OUNCES.has(one));

/** `2 full baths` and `a half bath` of 2.5. */
function isPartOfBaths(figure: Quantity, fact: FactQuantity): boolean {
  if (figure.unit?.measures !== 'bathroom' || fact.unit?.measures !== 'bathroom') return false;
  const rest = fact.value - Math.floor(fact.value);
  if (figure.after[0] === 'full') return figure.value === Math.floor(fact.value);
  return rest > 0 && (figure.value === rest || (figure.after[0] === 'half' && figure.value === 1));
}

/** In stems. */
const MORE = new Set(['more', 'additional', 'other', 'further', 'secondary', 'guest'].map(stemOf));

/** `three more bedrooms` beside the first. */
const isRemaining = (figure: Quantity, fact: FactQuantity) =>
  figure.unit?.measures === 'bedroom' && fact.unit?.measures === 'bedroom' && MORE.has(figure.after[0] ?? '') && figure.value < fact.value;

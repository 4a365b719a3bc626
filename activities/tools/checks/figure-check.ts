import { mayBeSameCurrency } from '../../../common/currency-signs';
import { codesIn, fieldOfCode } from './codes';
import type { FactIndex, FactQuantity } from './facts';
import { countables } from './lists/units';
import { quantitiesIn, type Quantity } from './quantities';
import { stemOf } from './stems';
import { coverage, type Ranges } from './ranges';

/** A figure with the field that has it, or without one. */
export interface CheckedFigure {
  readonly at: number;
  readonly end: number;
  readonly field: string | undefined;
  readonly rule: string;
}

const NO_FACT = 'No fact has this figure';
const OTHER_FACT = 'The fact that it names has another figure';

/** Every figure of a text, traced to a fact. Names are no figures. */
export function checkFigures(text: string, facts: FactIndex, names: Ranges): CheckedFigure[] {
  const codes = codesIn(text);
  const inNames = coverage(text.length, names);
  const inCodes = coverage(text.length, codes);
  const checkedCodes = codes
    .filter(({ at, end }) => !inNames({ at, end }))
    .map(({ at, end }) => ({ at, end, field: fieldOfCode(text.slice(at, end), facts), rule: NO_FACT }));
  const counted = new Set([...stemsCounted(facts), ...facts.clauses.flatMap(({ stems }) => [...stems])]);
  const figures = quantitiesIn(text).filter(({ at, end }) => !inNames({ at, end }) && !inCodes({ at, end }));
  return [
    ...checkedCodes,
    ...figures.filter((figure) => isFigure(text, figure, counted)).map((figure) => checkQuantity(text, figure, facts)),
  ].sort((a, b) => a.at - b.at);
}

/** What the facts count, in stems. */
function stemsCounted({ quantities }: FactIndex): ReadonlySet<string> {
  return new Set(quantities.flatMap(({ words }) => [...words]));
}

const COUNTABLE = new Set([...countables].map(stemOf));
const LABELS = /\b(?:step|tip|photo|slide|day|part|chapter|option|no\.?|number|bedroom|suite|unit|apt\.?|route|highway|page)\s?#?$/i;

/** The best possible rating is no figure: `8 of 10`. */
const SCALE = /(?:\bout of|\d\s?(?:of|\/))\s?$/;

/** A number in words is a figure when it counts something; a digit always, unless it numbers a step or a slide. */
function isFigure(text: string, figure: Quantity, counted: ReadonlySet<string>): boolean {
  const rest = text.slice(figure.end);
  if (figure.ordinal) return !/^(?:st|nd|rd|th)[ -]century/i.test(rest);
  const ahead = text.slice(Math.max(0, figure.at - 16), figure.at);
  if (!figure.inWords) return !LABELS.test(ahead) && !(SCALE.test(ahead) && [5, 10, 100].includes(figure.value));
  if (figure.kind !== 'number' || figure.unit !== undefined) return !isIdiom(text, figure);
  if (/^-\p{L}/u.test(rest) && figure.value >= 2) return !/^-(?:fold|step|way|thirds?|fifths?|on-one|by)\b/.test(rest);
  const nouns = figure.after.slice(0, 3);
  const written = text.slice(figure.at, figure.end).toLowerCase();
  if (written === 'one' || written === 'single' || written === 'double' || written === 'dual' || written === 'triple')
    return nouns.slice(0, 1).some((noun) => counted.has(noun));
  const noun = headOf(text, figure);
  return noun.some((stem) => COUNTABLE.has(stem)) || counted.has(noun.at(-1) ?? '');
}

/** `one car` and `one level` count; `one day` and `one second` are turns of phrase. */
function isIdiom(text: string, figure: Quantity): boolean {
  const written = text.slice(figure.at, figure.end).toLowerCase();
  return (written === 'one' || written === 'single' || written === 'double') && figure.unit?.measures === 'time';
}

const STOP = new Set(
  'and or with of in on at to for from by plus the a an is are has have that which while over under into more other'.split(' ').map(stemOf),
);

/** Stems of the words up to the noun that is counted: until the phrase ends, three words at most. */
function headOf(text: string, { end, after }: Quantity): readonly string[] {
  const stop = after.findIndex((stem) => STOP.has(stem));
  if (/^[.,;:!?)]/.test(text.slice(end))) return [];
  return after.slice(0, stop < 0 ? 3 : Math.min(stop, 3));
}

function checkQuantity(text: string, figure: Quantity, facts: FactIndex): CheckedFigure {
  const place = { at: figure.at, end: endOf(text, figure) };
  const candidates = facts.quantities.filter((fact) => isOfKind(figure, fact));
  const equal = candidates.filter((fact) => isEqual(figure, fact, text));
  if (equal.length === 0)
    return { ...place, field: undefined, rule: candidates.some((fact) => isNamed(figure, fact)) ? OTHER_FACT : NO_FACT };
  const named = candidates.filter((fact) => isNamed(figure, fact));
  const fitting =
    named.length === 0
      ? equal.filter((fact) => !fact.items && !isAnother(text, figure, fact))
      : equal.filter((fact) => named.includes(fact));
  const field = fitting[0]?.field;
  return { ...place, field, rule: named.length === 0 ? NO_FACT : OTHER_FACT };
}

/** The figure with its unit, so that the finding can be read without the text. */
function endOf(text: string, figure: Quantity): number {
  const rest = text.slice(figure.end);
  const tail = /^(?:(?:st|nd|rd|th)\b|['’]?s\b|-\p{L}+|\s?["″”]|\s?°[FC]|\s?(?:sq\.? ?ft|square feet|\p{L}+))/u.exec(rest);
  return figure.end + (tail === null || (figure.kind === 'money' && !tail[0].startsWith('-')) ? 0 : tail[0].length);
}

const isOfKind = (figure: Quantity, fact: FactQuantity) =>
  mayBeSameCurrency(figure.currency, fact.currency) &&
  (figure.kind === 'number' || fact.kind === figure.kind || (fact.kind === undefined && fact.unit === undefined && !fact.items));

const ROUNDING = 0.02;
const BEYOND = 0.1;

function isEqual(figure: Quantity, fact: FactQuantity, text: string): boolean {
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
const ounces = (one: string, other: string) =>
  one === 'ounce' && other === 'volume' ? 29.5735 / 28.3495 : one === 'volume' && other === 'ounce' ? 28.3495 / 29.5735 : 1;
/** Degrees may be of either scale. */
const DEGREES = new Set(['celsius', 'fahrenheit', 'degrees']);
/** Ounces may be of weight or of volume. */
const OUNCES = new Set(['weight', 'volume']);
const comparable = (one: string, other: string) =>
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

const MORE = new Set([
  'more',
  'mor',
  'additional',
  'addition',
  'additional',
  'other',
  'oth',
  'furth',
  'further',
  'secondary',
  'secondar',
  'guest',
]);

/** `three more bedrooms` beside the first. */
const isRemaining = (figure: Quantity, fact: FactQuantity) =>
  figure.unit?.measures === 'bedroom' && fact.unit?.measures === 'bedroom' && MORE.has(figure.after[0] ?? '') && figure.value < fact.value;

/** The text says of what it gives the figure, and this is the fact. */
function isNamed(figure: Quantity, fact: FactQuantity): boolean {
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
function isAnother(text: string, figure: Quantity, fact: FactQuantity): boolean {
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

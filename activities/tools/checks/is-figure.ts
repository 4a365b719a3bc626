import { countables } from './lists/units';
import type { Quantity } from './quantities';
import { stemOf } from './stems';

/** Stems of things that texts count in words. */
export const COUNTABLE: ReadonlySet<string> = new Set([...countables].map(stemOf));
const LABELS = /\b(?:step|tip|photo|slide|day|part|chapter|option|no\.?|number|bedroom|suite|unit|apt\.?|route|highway|page)\s?#?$/i;

/** The best possible rating is no figure: `8 of 10`. */
const SCALE = /(?:\bout of|\d\s?(?:of|\/))\s?$/;

/** A number in words is a figure when it counts something; a digit always, unless it numbers a step or a slide. */
export function isFigure(text: string, figure: Quantity, isCounted: (stem: string) => boolean): boolean {
  const rest = text.slice(figure.end);
  if (figure.ordinal) return !/^(?:st|nd|rd|th)[ -]century/i.test(rest);
  const ahead = text.slice(Math.max(0, figure.at - 16), figure.at);
  if (!figure.inWords) return !LABELS.test(ahead) && !(SCALE.test(ahead) && [5, 10, 100].includes(figure.value));
  if (figure.kind !== 'number' || figure.unit !== undefined) return !isIdiom(text, figure);
  if (/^-\p{L}/u.test(rest) && figure.value >= 2) return !/^-(?:fold|step|way|thirds?|fifths?|on-one|by)\b/.test(rest);
  const nouns = figure.after.slice(0, 3);
  const written = text.slice(figure.at, figure.end).toLowerCase();
  if (written === 'one' || written === 'single' || written === 'double' || written === 'dual' || written === 'triple')
    return nouns.slice(0, 1).some((noun) => isCounted(noun));
  const noun = headOf(text, figure);
  return noun.some((stem) => COUNTABLE.has(stem)) || isCounted(noun.at(-1) ?? '');
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
export function headOf(text: string, { end, after }: Quantity): readonly string[] {
  const stop = after.findIndex((stem) => STOP.has(stem));
  if (/^[.,;:!?)]/.test(text.slice(end))) return [];
  return after.slice(0, stop < 0 ? 3 : Math.min(stop, 3));
}

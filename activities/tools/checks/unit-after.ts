import { units, type Unit } from './lists/units';
import { ONES, TENS } from './numbers-in';

const ADJECTIVES = 6;

/** The unit that follows a figure: at once, or as a bed or bath after a few words: `three sunny bedrooms`. */
export function unitAfter(rest: string): Unit | undefined {
  const clause =
    rest
      .toLowerCase()
      .replace(/^([-\s]?)sq\.\s?/, '$1sq ')
      .split(/[.;:!?,()|\n](?:\s|$)|[,(|]| - |\d/, 1)[0] ?? '';
  const sign = /^\s?(["″”]|°[fc])/.exec(clause);
  if (sign !== null) return units.get(sign[1] ?? '');
  const words = clause.replace(/sq\.\s?/, 'sq ').match(/[\p{L}²]+2?/gu) ?? [];
  for (let i = 0; i < Math.min(words.length, ADJECTIVES); i += 1) {
    const word = words[i] ?? '';
    const two = units.get(`${word}_${words[i + 1] ?? ''}`);
    if (two !== undefined) return two;
    const one = word === 'in' && !isInch(words[i + 1]) ? undefined : units.get(word);
    if (one !== undefined && (i === 0 || isCounted(one))) return one;
    if (STOP.has(word)) return undefined;
  }
  return undefined;
}

/** `14 in tall`, `14 in`; not `3 in the garage`. */
const isInch = (next: string | undefined) =>
  next === undefined || /^(?:tall|wide|deep|long|high|by|x|thick|diameter|and|screen|or|pan|of|to)$/.test(next);
const isCounted = ({ measures }: Unit) => ['bedroom', 'bathroom', 'story', 'garage'].includes(measures);
const STOP = new Set(
  `${ONES.join(' ')} ${TENS.join(' ')} and or with of in on at to for from by plus the a an is are has have that which while over under into`.split(
    ' ',
  ),
);

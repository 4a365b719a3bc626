import { numberOf } from '../../../common/figures';
import { stemOf } from './stems';
import { units, type Unit } from './lists/units';

/** A figure of a text with what is counted or measured. */
export interface Quantity {
  readonly kind: 'money' | 'percent' | 'number';
  readonly value: number;
  readonly at: number;
  readonly end: number;
  /** Written in words; such a number is a figure only when something is counted. */
  readonly inWords: boolean;
  /** How exact the text says it is: `about 2,400`, `over 2,400`. */
  readonly marked: 'exact' | 'about' | 'over' | 'under';
  /** Of an amount, as it is written: a sign, a word or a code. */
  readonly currency?: string;
  readonly unit?: Unit;
  /** The unit is the count of a rank: `12th floor`. */
  readonly ordinal: boolean;
  /** `1920s`. */
  readonly decade: boolean;
  /** Stems of the words that follow, up to the end of the clause or the next figure. */
  readonly after: readonly string[];
  /** Stems of the words before, the nearest first. */
  readonly before: readonly string[];
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1_000_000, billion: 1_000_000_000 };
const VULGAR: Readonly<Record<string, number>> = {
  '½': 0.5,
  '¼': 0.25,
  '¾': 0.75,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅛': 0.125,
  '⅜': 0.375,
  '⅝': 0.625,
  '⅞': 0.875,
};
const MONEY_SIGN = '(?:US)?[$€£¥]|\\b(?:USD|EUR|GBP|CHF|CAD|AUD)\\b';
const MONEY_WORD = '\\s?(?:[$€£]|\\b(?:USD|EUR|GBP|CHF|CAD|AUD|dollars?|euros?|bucks)\\b)';
const PERCENT = '\\s?(?:%|per\\s?cent\\b)';
const WORD = `(?:(?:an?|half a|one|two|three|four|five|six|seven|eight|nine|ten)[ -](?:hundred(?:[ -]and)?[ -](?:${TENS.join('|')})(?:[ -](?:${ONES.slice(1, 10).join('|')}))?|dozen|hundred|thousand|million)|(?:${TENS.join('|')})(?:[ -](?:${ONES.slice(1, 10).join('|')}))?|${ONES.slice(1).reverse().join('|')}|single|double|dual|triple)`;

const DIGITS = new RegExp(
  `(${MONEY_SIGN})?\\s?(?<![\\d.,])(\\d+(?:[.,]\\d+)*)(?:(?:[ -]|\\sand\\s)?([½¼¾⅓⅔⅛⅜⅝⅞])|[ -](\\d)[/⁄](\\d{1,2})(?!\\d)|[/⁄](\\d{1,2})(?![\\d/]))?(?:\\s?(million|thousand|billion|[kKmM](?=\\b)))?(${MONEY_WORD})?(${PERCENT})?`,
  'gu',
);
const VULGAR_ALONE = /(?<!\d[ -]?)[½¼¾⅓⅔⅛⅜⅝⅞]/gu;
const IN_WORDS = new RegExp(
  `(?<![\\p{L}\\p{N}])(${WORD})(?:[ -]and[ -]an?[ -](half|quarter)|[ -]point[ -](${ONES.slice(1, 10).join('|')}))?(?![\\p{L}\\p{N}])(${MONEY_WORD})?(${PERCENT})?`,
  'giu',
);
const PART =
  /(?<![\p{L}\p{N}])(half|quarter|(?:three|two)[ -]quarters?|third)(?:[ -]of)?(?:[ -]an?)?[ -](?=(?:acre|hour|mile|inch|liter|litre|gallon|pound|cup|year|day|minute)s?\b)/giu;

/** Everything in a text that counts or measures, in reading order. */
export function quantitiesIn(text: string): Quantity[] {
  const found = [...inDigits(text), ...inWords(text)].sort((a, b) => a.at - b.at || b.end - a.end);
  const kept: Found[] = [];
  for (const one of found) if (one.at >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept.map((one, i) => inContext(text, one, { from: kept[i - 1]?.end ?? 0, to: kept[i + 1]?.at ?? text.length }));
}

interface Found extends Pick<Quantity, 'kind' | 'value' | 'currency' | 'at' | 'end' | 'inWords'> {}

function inDigits(text: string): Found[] {
  const listed = new Set([...text.matchAll(/^[ \t]*(\d+)[.)](?=\s)/gm)].map((match) => match.index + match[0].search(/\d/)));
  const found = [...text.matchAll(DIGITS)].flatMap((match): Found[] => {
    const [whole, sign, digits = '', vulgar, above, below, slash, scale, word, percent] = match;
    const written = whole.trim();
    const at = match.index + whole.indexOf(written);
    if (listed.has(at)) return [];
    const currency = (sign ?? word)?.trim();
    const money = currency !== undefined;
    let value = numberOf(digits);
    if (vulgar !== undefined) value += VULGAR[vulgar] ?? 0;
    else if (above !== undefined) value += Number(above) / Number(below);
    else if (slash !== undefined && Number(slash) > value) value /= Number(slash);
    const short = scale?.length === 1;
    if (scale !== undefined && (!short || money)) value *= SCALES[scale.toLowerCase()] ?? (/k/i.test(scale) ? 1_000 : 1_000_000);
    const end = at + (short && !money ? written.lastIndexOf(scale ?? '') : written.length);
    return [
      {
        kind: money ? 'money' : percent === undefined ? 'number' : 'percent',
        value,
        ...(money && { currency }),
        at,
        end: short && !money ? at + text.slice(at, end).trimEnd().length : end,
        inWords: false,
      },
    ];
  });
  const alone = [...text.matchAll(VULGAR_ALONE)].map((match): Found => ({
    kind: 'number',
    value: VULGAR[match[0]] ?? 0,
    at: match.index,
    end: match.index + 1,
    inWords: false,
  }));
  return [...found, ...alone];
}

function inWords(text: string): Found[] {
  const numbers = [...text.matchAll(IN_WORDS)].map((match): Found => {
    const [whole, words = '', part, tenth, money, percent] = match;
    const fraction =
      part === undefined ? (tenth === undefined ? 0 : ONES.indexOf(tenth.toLowerCase()) / 10) : part.toLowerCase() === 'half' ? 0.5 : 0.25;
    const kind = money === undefined ? (percent === undefined ? 'number' : 'percent') : 'money';
    const value = wordValue(words.toLowerCase()) + fraction;
    const currency = money === undefined ? {} : { currency: money.trim() };
    return { kind, value, ...currency, at: match.index, end: match.index + whole.length, inWords: true };
  });
  const parts = [...text.matchAll(PART)].map((match): Found => {
    const words = (match[1] ?? '').toLowerCase();
    const value =
      words === 'half' ? 0.5 : words === 'third' ? 1 / 3 : words.startsWith('three') ? 0.75 : words.startsWith('two') ? 0.5 : 0.25;
    return { kind: 'number', value, at: match.index, end: match.index + (match[1] ?? '').length, inWords: true };
  });
  return [...numbers, ...parts];
}

const NAMED: Readonly<Record<string, number>> = { a: 1, an: 1, 'half a': 0.5, single: 1, double: 2, dual: 2, triple: 3, dozen: 12 };

function wordValue(words: string): number {
  const scaled = /^(.*)[ -](dozen|hundred|thousand|million)$/.exec(words);
  if (scaled !== null) return wordValue(scaled[1] ?? '') * (NAMED[scaled[2] ?? ''] ?? SCALES[scaled[2] ?? ''] ?? Number.NaN);
  const hundreds = /^(.*)[ -]hundred(?:[ -]and)?[ -](.+)$/.exec(words);
  if (hundreds !== null) return wordValue(hundreds[1] ?? '') * 100 + wordValue(hundreds[2] ?? '');
  const named = NAMED[words];
  if (named !== undefined) return named;
  const [first = '', second] = words.split(/[ -]/);
  const one = ONES.indexOf(first);
  return one > 0 ? one : (TENS.indexOf(first) + 2) * 10 + (second === undefined ? 0 : ONES.indexOf(second));
}

const ABOUT =
  /(?:\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|close to|some|an estimated|just (?:about|shy of)|circa|ca?\.|near)|[~≈])\s?$/i;
const OVER = /\b(?:over|more than|above|exceeding|at least|upwards? of|in excess of|better than|a minimum of)\s?$/i;
const UNDER = /\b(?:under|less than|below|fewer than|shy of)\s?$/i;
const CLAUSE_END = /[.;:!?\n](?:\s|$)|[,()|·•—–\n]|\s-\s/;

function inContext(text: string, found: Found, { from, to }: { from: number; to: number }): Quantity {
  const ahead = text.slice(Math.max(from, found.at - 60), found.at);
  const rest = text.slice(found.end, Math.min(to, found.end + 80));
  const unit = unitOf(text.slice(found.end, found.end + 40));
  const marked = OVER.test(ahead)
    ? 'over'
    : ABOUT.test(ahead) || /^\s?(?:or so|ish)\b/.test(rest)
      ? 'about'
      : UNDER.test(ahead)
        ? 'under'
        : /^\s?\+/.test(rest)
          ? 'over'
          : 'exact';
  return {
    ...found,
    ...(unit === undefined ? {} : { unit }),
    marked,
    ordinal: /^(?:st|nd|rd|th)\b/.test(rest),
    decade: /^['’]?s\b/.test(rest) && /^\d{3}0$/.test(text.slice(found.at, found.end)),
    after: stemsOf(rest.split(CLAUSE_END, 1)[0] ?? ''),
    before: stemsOf(ahead.split(new RegExp(CLAUSE_END, 'g')).at(-1) ?? '').reverse(),
  };
}

const stemsOf = (part: string) => (part.toLowerCase().match(/\p{L}[\p{L}'’]*/gu) ?? []).map(stemOf);
const ADJECTIVES = 6;

/** The unit that follows a figure: at once, or as a bed or bath after a few words: `three sunny bedrooms`. */
function unitOf(rest: string): Unit | undefined {
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

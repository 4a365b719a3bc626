import { numberOf } from '../../../common/figures';
import type { Quantity } from './quantities';

/** Small numbers in words, by their value. */
export const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
/** `twenty` to `ninety`. */
export const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
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
  `(${MONEY_SIGN})?\\s?((?<![\\d.,])\\d+(?:[.,]\\d+)*|(?<![^\\s($€£~])\\.\\d+)(?:(?:[ -]|\\sand\\s)?([½¼¾⅓⅔⅛⅜⅝⅞])|[ -](\\d)[/⁄](\\d{1,2})(?!\\d)|[/⁄](\\d{1,2})(?![\\d/]))?(?:\\s?(million|thousand|billion|[kKmM](?=\\b)))?(${MONEY_WORD})?(${PERCENT})?`,
  'gu',
);
const VULGAR_ALONE = /(?<!\d[ -]?|[½¼¾⅓⅔⅛⅜⅝⅞])[½¼¾⅓⅔⅛⅜⅝⅞]/gu;
const IN_WORDS = new RegExp(
  `(?<![\\p{L}\\p{N}])(${WORD})(?:[ -]and[ -]an?[ -](half|quarter)|[ -]point[ -](${ONES.slice(1, 10).join('|')}))?(?![\\p{L}\\p{N}])(${MONEY_WORD})?(${PERCENT})?`,
  'giu',
);
const PART =
  /(?<![\p{L}\p{N}])(half|quarter|(?:three|two)[ -]quarters?|third)(?:[ -]of)?(?:[ -]an?)?[ -](?=(?:acre|hour|mile|inch|liter|litre|gallon|pound|cup|year|day|minute)s?\b)/giu;

/** A number of a text, still without what it counts or measures. */
export interface FoundNumber extends Pick<Quantity, 'kind' | 'value' | 'currency' | 'at' | 'end' | 'inWords'> {}

/** Every number of a text, in reading order. */
export function numbersIn(text: string): FoundNumber[] {
  const found = [...inDigits(text), ...inWords(text)].sort((a, b) => a.at - b.at || b.end - a.end);
  const kept: FoundNumber[] = [];
  for (const one of found) if (one.at >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept;
}

function inDigits(text: string): FoundNumber[] {
  const listed = new Set([...text.matchAll(/^[ \t]*(\d+)[.)](?=\s)/gm)].map((match) => match.index + match[0].search(/\d/)));
  const found = [...text.matchAll(DIGITS)].flatMap((match): FoundNumber[] => {
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
  const alone = [...text.matchAll(VULGAR_ALONE)].map((match): FoundNumber => ({
    kind: 'number',
    value: VULGAR[match[0]] ?? 0,
    at: match.index,
    end: match.index + 1,
    inWords: false,
  }));
  return [...found, ...alone];
}

function inWords(text: string): FoundNumber[] {
  const numbers = [...text.matchAll(IN_WORDS)].map((match): FoundNumber => {
    const [whole, words = '', part, tenth, money, percent] = match;
    const fraction =
      part === undefined ? (tenth === undefined ? 0 : ONES.indexOf(tenth.toLowerCase()) / 10) : part.toLowerCase() === 'half' ? 0.5 : 0.25;
    const kind = money === undefined ? (percent === undefined ? 'number' : 'percent') : 'money';
    const value = wordValue(words.toLowerCase()) + fraction;
    const currency = money === undefined ? {} : { currency: money.trim() };
    return { kind, value, ...currency, at: match.index, end: match.index + whole.length, inWords: true };
  });
  const parts = [...text.matchAll(PART)].map((match): FoundNumber => {
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

import type { Unit } from './lists/units';
import { numbersIn, type FoundNumber } from './numbers-in';
import { stemOf } from './stems';
import { unitAfter } from './unit-after';

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

/** Everything in a text that counts or measures, in reading order. */
export function* quantitiesIn(text: string): Generator<Quantity> {
  const found = numbersIn(text);
  for (const [i, one] of found.entries()) yield inContext(text, one, { from: found[i - 1]?.end ?? 0, to: found[i + 1]?.at ?? text.length });
}

const ABOUT =
  /(?:\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|close to|some|an estimated|just (?:about|shy of)|circa|ca?\.|near)|[~≈])\s?$/i;
const OVER = /\b(?:over|more than|above|exceeding|at least|upwards? of|in excess of|better than|a minimum of)\s?$/i;
const UNDER = /\b(?:under|less than|below|fewer than|shy of)\s?$/i;
const CLAUSE_END = /[.;:!?\n](?:\s|$)|[,()|·•—–\n]|\s-\s/;

function inContext(text: string, found: FoundNumber, { from, to }: { from: number; to: number }): Quantity {
  const ahead = text.slice(Math.max(from, found.at - 60), found.at);
  const rest = text.slice(found.end, Math.min(to, found.end + 80));
  const unit = unitAfter(text.slice(found.end, found.end + 40));
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
    before: stemsOf(ahead.split(CLAUSE_END).at(-1) ?? '').reverse(),
  };
}

const stemsOf = (part: string) => (part.toLowerCase().match(/\p{L}[\p{L}'’]*/gu) ?? []).map(stemOf);

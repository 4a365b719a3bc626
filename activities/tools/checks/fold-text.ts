import { joinLetters, tagWords } from './join-letters';
import { lookAlikes } from './lists/look-alikes';

/** A word of a text as lists spell it (small Latin letters and digits), or one of the marks `.` and `,`. */
export interface FoldedWord {
  readonly word: string;
  /** Where it begins and ends in the text as it was given, in characters. */
  readonly at: number;
  readonly end: number;
}

/** A text reduced to what lists can match: no case, accents, look-alikes, invisible characters or letter spacing. */
export interface FoldedText {
  readonly words: readonly FoldedWord[];
  /** The words with one space before, between and after them. */
  readonly line: string;
  /** The place of each word in `line`. */
  readonly offsets: readonly number[];
}

const NO_WORDS: ReadonlySet<string> = new Set();
const IGNORED = /[\p{Cf}\p{M}\u00ad\u115f\u1160\u3164\uffa0\u2800]/u;
const APOSTROPHE = /['’‘ʼ′´`]/u;
const ENDS = /[.!?;:…•|·▪●]/u;
const PAUSES = /[,()[\]{}—–]/u;
/** Their dot ends no sentence. */
const ABBREVIATIONS = new Set('st mr mrs ms dr ave blvd rd ln apt no sq ft approx incl min max est vs jr sr'.split(' '));
const SPELLED: Readonly<Record<string, string>> = { '+': 'plus', '&': 'and', '%': 'percent' };
/** Digits and signs that stand for letters when there are letters on both sides. */
const DISGUISED: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '@': 'a', $: 's' };

interface Glyph {
  readonly char: string;
  readonly capital: boolean;
  readonly at: number;
  readonly end: number;
}

/**
 * Folds a text.
 * @param vocabulary words to put together again from spaced letters, hyphenation at the end of a line and hashtags
 */
export function foldText(text: string, vocabulary: ReadonlySet<string> = NO_WORDS): FoldedText {
  const words = joinLetters(wordsOf(glyphsOf(text), vocabulary), vocabulary);
  const offsets: number[] = [];
  let line = ' ';
  for (const { word } of words) {
    offsets.push(line.length);
    line += `${word} `;
  }
  return { words, line, offsets };
}

/** One entry for each visible Latin letter, digit or mark. */
function glyphsOf(text: string): Glyph[] {
  const glyphs: Glyph[] = [];
  let at = 0;
  for (const point of text) {
    const end = at + point.length;
    if (!IGNORED.test(point)) {
      const plain = point < '\u0080' ? point : (lookAlikes.get(point) ?? point.normalize('NFKD').replace(/\p{M}/gu, ''));
      for (const char of plain) glyphs.push(glyphOf(lookAlikes.get(char) ?? char, at, end));
    }
    at = end;
  }
  return glyphs;
}

function glyphOf(letter: string, at: number, end: number): Glyph {
  const char = letter.toLowerCase();
  return { char, capital: char !== letter, at, end };
}

const isLetter = (char: string | undefined) => char !== undefined && /\p{L}/u.test(char);
const isWordy = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

function wordsOf(glyphs: readonly Glyph[], vocabulary: ReadonlySet<string>): FoldedWord[] {
  const words: FoldedWord[] = [];
  let open: { word: string; at: number; end: number } | undefined;
  let tag = false;
  const close = () => {
    if (open !== undefined) words.push(...(tag ? tagWords(open, vocabulary) : [open]));
    open = undefined;
  };
  for (let i = 0; i < glyphs.length; i += 1) {
    const glyph = glyphs[i] as Glyph;
    const previous = glyphs[i - 1]?.char;
    const next = glyphs[i + 1]?.char;
    const letter = isLetter(previous) && isLetter(next) ? DISGUISED[glyph.char] : undefined;
    if (letter !== undefined || isWordy(glyph.char)) {
      if (open === undefined) tag = previous === '#';
      else if (tag && glyph.capital && glyphs[i - 1]?.capital === false) close();
      open ??= { word: '', at: glyph.at, end: glyph.end };
      open.word += letter ?? glyph.char;
      open.end = glyph.end;
    } else if (isInside(glyphs, i, open?.word ?? '')) {
      // An apostrophe, a decimal mark or the dot of an abbreviation: part of the word, not of its spelling.
      if (/[.,]/.test(glyph.char) && /\d/.test(previous ?? '') && open !== undefined) open.word += glyph.char;
    } else if (glyph.char !== '.' || !ABBREVIATIONS.has(open?.word ?? '')) {
      const after = lineEnd(glyphs, i);
      if (open !== undefined && after > 0 && vocabulary.has(open.word + leading(glyphs, after))) i = after - 1;
      else {
        close();
        pushMark(words, glyph, isBlankLine(glyphs, i));
      }
    } else close();
  }
  close();
  return words;
}

function isInside(glyphs: readonly Glyph[], i: number, open: string): boolean {
  const { char } = glyphs[i] as Glyph;
  const next = glyphs[i + 1]?.char;
  if (open === '' || !isWordy(next)) return false;
  if (APOSTROPHE.test(char)) return true;
  if (/[.,]/.test(char) && /\d$/.test(open) && /\d/.test(next ?? '')) return true;
  return char === '.' && (open.length === 1 || glyphs[i - 2]?.char === '.') && isLetter(glyphs[i - 1]?.char) && isLetter(next);
}

/** After a hyphen at the end of a line, the place where the word goes on; otherwise 0. */
function lineEnd(glyphs: readonly Glyph[], i: number): number {
  if (!/[-‐‑]/u.test(glyphs[i]?.char ?? '')) return 0;
  let next = i + 1;
  while (next < i + 20 && /[ \t\r]/.test(glyphs[next]?.char ?? '')) next += 1;
  if (glyphs[next]?.char !== '\n') return 0;
  while (next < i + 20 && /\s/.test(glyphs[next]?.char ?? '')) next += 1;
  return isLetter(glyphs[next]?.char) ? next : 0;
}

function leading(glyphs: readonly Glyph[], from: number): string {
  let word = '';
  for (let i = from; i < from + 30 && isWordy(glyphs[i]?.char); i += 1) word += glyphs[i]?.char ?? '';
  return word;
}

/** A line that ends here is the end of a sentence when the next is empty or an item of a list. */
function isBlankLine(glyphs: readonly Glyph[], i: number): boolean {
  if (glyphs[i]?.char !== '\n') return false;
  let next = i + 1;
  while (next < i + 20 && /[ \t\r]/.test(glyphs[next]?.char ?? '')) next += 1;
  return /[\n*•–—-]/u.test(glyphs[next]?.char ?? '');
}

function pushMark(words: FoldedWord[], { char, at, end }: Glyph, blankLine: boolean): void {
  const mark = blankLine || ENDS.test(char) ? '.' : PAUSES.test(char) ? ',' : SPELLED[char];
  if (mark !== undefined) words.push({ word: mark, at, end });
}

/** The place among the words of the one that holds this character, or of the last before it; -1 when there is none. */
export function wordHolding({ words }: FoldedText, at: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

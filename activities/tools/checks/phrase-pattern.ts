import type { FoldedText } from './fold-text';

/**
 * A pattern of words. Slots are separated by spaces; a slot is `a|b|c`, ends in `?` when it may be missing, or is `~3`: up to three words of
 * any kind. `word*` is the beginning of a word, `word=` that word without a plural; any other word of three letters or more has one.
 */
export interface PhrasePattern {
  readonly source: string;
  readonly expression: RegExp;
}

/** Where a pattern matches: words from `first` to `last` of the folded text, characters from `at` to `end` of the text. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly at: number;
  readonly end: number;
}

/** Compiles a pattern. Every repetition is bounded and every slot begins with the only space it can have, so matching is linear. */
export function phrasePattern(source: string): PhrasePattern {
  const slots = source.trim().split(/\s+/);
  return { source, expression: new RegExp(`${slots.map(slotOf).join('')}(?= )`, 'g') };
}

function slotOf(slot: string): string {
  const gap = /^~(\d)$/.exec(slot);
  if (gap !== null) return `(?: [a-z0-9]+){0,${gap[1] ?? ''}}?`;
  const optional = slot.endsWith('?');
  const words = (optional ? slot.slice(0, -1) : slot).split('|').map(wordOf).join('|');
  return optional ? `(?: (?:${words}))?` : ` (?:${words})`;
}

function wordOf(word: string): string {
  if (word.endsWith('*')) return `${word.slice(0, -1)}[a-z]{0,20}`;
  if (word.endsWith('=')) return word.slice(0, -1);
  if (word === '[0-9]+') return '[0-9.,]{1,12}';
  const plain = word.replace(/[.]/g, '\\.');
  return word.length < 3 ? plain : `${plain}(?:e?s)?`;
}

/** All matches in reading order. */
export function matchesOf({ expression }: PhrasePattern, text: FoldedText): Span[] {
  return [...text.line.matchAll(expression)].map((match) => {
    const first = wordAt(text.offsets, match.index + 1);
    const last = wordAt(text.offsets, match.index + match[0].length - 1);
    return { first, last, at: text.words[first]?.at ?? 0, end: text.words[last]?.end ?? 0 };
  });
}

/** The word that holds this place of the line. */
function wordAt(offsets: readonly number[], place: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The words that patterns are made of, for `foldText()`. */
export function vocabularyOf(sources: readonly string[]): Set<string> {
  const words = sources.flatMap((source) => source.split(/[\s|]+/)).map((word) => word.replace(/[?=*]+$/, ''));
  return new Set(words.filter((word) => /^[a-z]{2,}$/.test(word)).flatMap((word) => [word, `${word}s`]));
}

export const covers = (outer: Span, inner: Span): boolean => outer.first <= inner.first && outer.last >= inner.last;

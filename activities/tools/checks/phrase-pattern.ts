import type { FoldedText } from './fold-text';

/**
 * A pattern of words. Slots are separated by spaces; a slot is `a|b|c`, ends in `?` when it may be missing, or is `~3`: up to three words of
 * any kind. `word*` is the beginning of a word, `word=` that word without a plural; any other word of three letters or more has one.
 */
export interface PhrasePattern {
  readonly source: string;
  readonly expression: RegExp;
  /** The words it can begin with, or `undefined` when it begins with the beginning of a word. */
  readonly firstWords: readonly string[] | undefined;
}

/** Where a pattern matches: words from `first` to `last` of the folded text, characters from `at` to `end` of the text. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly at: number;
  readonly end: number;
}

/** Patterns by the words they can begin with, each with something of the caller's. */
export interface PhraseIndex<Item> {
  readonly byWord: ReadonlyMap<string, ReadonlyArray<readonly [PhrasePattern, Item]>>;
  readonly others: ReadonlyArray<readonly [PhrasePattern, Item]>;
}

const DIGITS = '#';

/** Compiles a pattern. Every repetition is bounded and every slot begins with the only space it can have, so matching is linear. */
export function phrasePattern(source: string): PhrasePattern {
  const slots = source.trim().split(/\s+/);
  const first = (slots[0] ?? '').split('|');
  if (source.trim() === '' || /[?~]/.test(slots[0] ?? ''))
    throw new Error(`Cannot read the pattern "${source}": its first word must be a word`);
  const open = first.some((word) => word.endsWith('*') || word === DIGITS);
  return {
    source,
    expression: new RegExp(`${slots.map(slotOf).join('')}(?= )`, 'y'),
    firstWords: open
      ? undefined
      : first.flatMap((word) => (word.endsWith('=') ? [word.slice(0, -1)] : word.length < 3 ? [word] : [word, `${word}s`, `${word}es`])),
  };
}

function slotOf(slot: string): string {
  const gap = /^~(\d)$/.exec(slot);
  if (gap !== null) return `(?: [a-z0-9]+){0,${gap[1] ?? ''}}?`;
  const optional = slot.endsWith('?');
  const words = (optional ? slot.slice(0, -1) : slot).split('|').map(wordOf).join('|');
  return optional ? `(?: (?:${words}))?` : ` (?:${words})`;
}

function wordOf(word: string): string {
  if (word === DIGITS) return '[0-9][0-9.,]{0,12}';
  if (word.endsWith('*')) return `${word.slice(0, -1)}[a-z]{0,20}`;
  if (word.endsWith('=')) return word.slice(0, -1);
  const plain = word.replace(/[.]/g, '\\.');
  return word.length < 3 ? plain : `${plain}(?:e?s)?`;
}

/** Puts patterns into an index. */
export function phraseIndex<Item>(patterns: ReadonlyArray<readonly [source: string, item: Item]>): PhraseIndex<Item> {
  const byWord = new Map<string, Array<readonly [PhrasePattern, Item]>>();
  const others: Array<readonly [PhrasePattern, Item]> = [];
  for (const [source, item] of patterns) {
    const pattern = phrasePattern(source);
    if (pattern.firstWords === undefined) others.push([pattern, item]);
    for (const word of new Set(pattern.firstWords)) byWord.set(word, [...(byWord.get(word) ?? []), [pattern, item]]);
  }
  return { byWord, others };
}

/** All matches of all patterns, in reading order. */
export function matchesIn<Item>(
  { byWord, others }: PhraseIndex<Item>,
  text: FoldedText,
): Array<{ readonly span: Span; readonly item: Item; readonly source: string }> {
  return text.words.flatMap(({ word }, first) =>
    [...(byWord.get(word) ?? []), ...others].flatMap(([{ expression, source }, item]) => {
      const offset = text.offsets[first] ?? 0;
      expression.lastIndex = offset - 1;
      const match = expression.exec(text.line);
      if (match === null) return [];
      const last = wordAt(text.offsets, offset + match[0].length - 2);
      return [{ span: { first, last, at: text.words[first]?.at ?? 0, end: text.words[last]?.end ?? 0 }, item, source }];
    }),
  );
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

import type { FactIndex } from './facts';
import type { FoldedText } from './fold-text';
import { knownNames, stateNames } from './lists/known-names';
import type { Span } from './phrase-pattern';
import { coverage } from './ranges';
import { stemOf, wordsOfField } from './stems';

const LONGEST_SHORT_WORD = 2;
/** A sentence with fewer capitals is no title: `Baked in Oregon.` */
const FEWEST_OF_TITLE = 4;

/**
 * Names in a text that no fact has: brands, places, technologies. A name is a word with a capital that does not begin a sentence; in a line of
 * which half the words have one, it is a title and capitals say nothing.
 */
export function unknownNames(original: string, text: FoldedText, { names, clauses }: FactIndex): Span[] {
  const known = new Set(names.flatMap(wordsOfName).map(stemOf));
  const inTitle = coverage(original.length, titleLines(original));
  const spans: Span[] = [];
  for (let i = 1; i < text.words.length; i += 1) {
    const { word, at, end } = text.words[i] ?? { word: '', at: 0, end: 0 };
    const written = original.slice(at, end);
    if (word.length <= LONGEST_SHORT_WORD || !/^\p{Lu}/u.test(written) || /\d/.test(word)) continue;
    if (startsSentence(original, at) || inTitle({ at, end })) continue;
    if (known.has(stemOf(word)) || clauses.stems.has(stemOf(word)) || knownNames.has(word)) continue;
    const previous = spans.at(-1);
    if (previous !== undefined && previous.last === i - 1 && /^[\s-]{1,2}$/.test(original.slice(previous.end, at)))
      spans[spans.length - 1] = { ...previous, last: i, end };
    else spans.push({ first: i, last: i, at, end });
  }
  return spans;
}

/** `OR` of an address stands for Oregon, too. */
function wordsOfName(name: string): string[] {
  return wordsOfField(name).flatMap((word) => [word, ...(stateNames.get(word) ?? [])]);
}

function startsSentence(original: string, at: number): boolean {
  return at === 0 || /(?:[.!?:;|•·…/]|[—–-]\s|\n\s*[-*]?|["“'‘(#@])\s*$/u.test(original.slice(Math.max(0, at - 6), at));
}

function titleLines(original: string): Array<{ at: number; end: number }> {
  return [...original.matchAll(/[^\n.!?]+/g)]
    .filter(({ 0: line, index }) => {
      const words = line.match(/\p{L}[\p{L}'’-]{2,}/gu) ?? [];
      const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
      const sentence = /[.!?]/.test(original.charAt(index + line.length));
      return capitals * 2 >= words.length && (!sentence || capitals >= FEWEST_OF_TITLE);
    })
    .map((match) => ({ at: match.index, end: match.index + match[0].length }));
}

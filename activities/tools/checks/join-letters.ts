import type { FoldedWord } from './fold-text';

/** `n o  k i d s` as the words they are made of, as far as the vocabulary has them. */
export function joinLetters(words: readonly FoldedWord[], vocabulary: ReadonlySet<string>): FoldedWord[] {
  if (vocabulary.size === 0) return [...words];
  const joined: FoldedWord[] = [];
  for (let i = 0; i < words.length;) {
    let end = i;
    while (end < words.length && isLetter(words[end])) end += 1;
    const run = words.slice(i, Math.max(end, i + 1));
    joined.push(...(run.length > 1 ? segment(run, vocabulary) : run));
    i += run.length;
  }
  return joined;
}

const isLetter = (part: FoldedWord | undefined) => part !== undefined && /^\p{L}$/u.test(part.word);

const LONGEST_WORD = 16;

/** The longest words first: a run of letters is short, or nobody could read it. */
function segment(run: readonly FoldedWord[], vocabulary: ReadonlySet<string>): FoldedWord[] {
  const parts: FoldedWord[] = [];
  for (let i = 0; i < run.length;) {
    let length = Math.min(LONGEST_WORD, run.length - i);
    const word = (size: number) =>
      run
        .slice(i, i + size)
        .map((part) => part.word)
        .join('');
    while (length > 1 && !vocabulary.has(word(length))) length -= 1;
    parts.push({ word: word(length), at: run[i]?.at ?? 0, end: run[i + length - 1]?.end ?? 0 });
    i += length;
  }
  return parts;
}

/** `nokids` of a hashtag as its words, when the vocabulary has all of them. */
export function tagWords(open: FoldedWord, vocabulary: ReadonlySet<string>): FoldedWord[] {
  const { word, at } = open;
  if (vocabulary.has(word) || open.end - at !== word.length) return [open];
  const letters = [...word].map((letter, i) => ({ word: letter, at: at + i, end: at + i + 1 }));
  const parts = segment(letters, vocabulary);
  return parts.every((part) => part.word.length > 1) ? parts : [open];
}

import { foldText, type FoldedText } from './fold-text';

/** Parts of a text, in characters. */
export type Ranges = ReadonlyArray<{ readonly at: number; readonly end: number }>;

/**
 * Where names stand in a text: each whole, or two and more of its words in a row (`Maple Street` of `1420 Maple Street`).
 */
export function nameFinder(names: readonly string[]): (text: FoldedText) => Ranges {
  const known = names
    .map((name) =>
      foldText(name)
        .words.filter(({ word }) => word !== '.' && word !== ',')
        .map(({ word }) => word),
    )
    .filter((name) => name.length > 0);
  const starts = new Map<string, Array<{ name: readonly string[]; from: number }>>();
  // A word alone is no name unless that is all of it, so two tell where one may begin.
  for (const name of known) {
    for (const from of name.keys()) {
      const key = name.length === 1 ? (name[0] ?? '') : `${name[from] ?? ''} ${name[from + 1] ?? ''}`;
      const others = starts.get(key);
      if (others === undefined) starts.set(key, [{ name, from }]);
      else others.push({ name, from });
    }
  }
  return (text) => rangesOf(text, starts);
}

type Starts = ReadonlyMap<string, ReadonlyArray<{ readonly name: readonly string[]; readonly from: number }>>;

function rangesOf(text: FoldedText, starts: Starts): Ranges {
  const ranges: Array<{ at: number; end: number }> = [];
  for (let i = 0; i < text.words.length; i += 1) {
    const word = text.words[i]?.word ?? '';
    const found = [word, `${word} ${text.words[i + 1]?.word ?? ''}`].flatMap((key) => starts.get(key) ?? []);
    const lengths = found.map(({ name, from }) => {
      let length = 1;
      while (from + length < name.length && text.words[i + length]?.word === name[from + length]) length += 1;
      return length >= 2 || name.length === 1 ? length : 0;
    });
    const length = Math.max(0, ...lengths);
    if (length === 0) continue;
    ranges.push({ at: text.words[i]?.at ?? 0, end: text.words[i + length - 1]?.end ?? 0 });
    i += length - 1;
  }
  return ranges;
}

/** Tells whether a part of the text is in one of the ranges. */
export function coverage(length: number, ranges: Ranges): (part: { readonly at: number; readonly end: number }) => boolean {
  const covered = new Uint8Array(length);
  for (const { at, end } of ranges) covered.fill(1, at, end);
  return ({ at, end }) => end > at && covered[at] === 1 && covered[end - 1] === 1;
}

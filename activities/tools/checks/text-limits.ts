import type { Finding, PlacedText } from '../../../common/finding';
import { shortPhrase } from './finding-budget';

/** A text with the length it may have, in characters as a reader counts them. */
export interface LimitedText extends PlacedText {
  readonly maxCharacters?: number | undefined;
  readonly minCharacters?: number | undefined;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as a reader counts them: an emoji of several code points is one. */
export function charactersIn(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** What breaks the length that the text may have. The phrase of a text that is too long is what is over, or its beginning. */
export function limitFindings({ place, text, maxCharacters, minCharacters }: LimitedText): Finding[] {
  if (maxCharacters === undefined && minCharacters === undefined) return [];
  const starts = [...segmenter.segment(text)].map(({ index }) => index);
  const length = starts.length;
  if (maxCharacters !== undefined && length > maxCharacters) {
    const at = starts[maxCharacters] ?? text.length;
    return [
      { check: 'limit', phrase: shortPhrase(text.slice(at)), rule: `At most ${maxCharacters} characters; it has ${length}`, place, at },
    ];
  }
  if (minCharacters === undefined || length >= minCharacters) return [];
  return [{ check: 'limit', phrase: '', rule: `At least ${minCharacters} characters; it has ${length}`, place, at: 0 }];
}

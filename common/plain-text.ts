/** All that a reader does not see and a model does: zero-width characters, tags, overrides of the direction, selectors, fillers. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Private_Use}\p{Surrogate}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB\u2800]/gu;
const LINE_END = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
const CONTROL = /[^\P{Cc}\n]/gu;
/** More marks than any script stacks on one letter; the rest only covers the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Text of a service as it may go to an agent or into a result: what cannot be seen is gone, lines stay.
 * Whatever it says is data; this makes sure that a person reading it sees all of what an agent reads.
 * @param maxCharacters of what is returned, counted as UTF-16 like `length`; what is cut ends in an ellipsis
 */
export function plainText(text: string, maxCharacters: number): string {
  const visible = text
    .replace(LINE_END, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return shortened(visible, maxCharacters);
}

/** The same in one line: names, titles, addresses, messages of a service. */
export function plainLine(text: string, maxCharacters: number): string {
  return shortened(plainText(text, Infinity).replace(/\n+/g, ' '), maxCharacters);
}

function shortened(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const kept = text.slice(0, Math.max(0, maxCharacters - 1)).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
}

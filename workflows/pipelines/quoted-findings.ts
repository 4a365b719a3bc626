import type { Finding, PlacedText } from '../../common/finding';

/** What a reviewer objects to, as it says. */
export interface ClaimedFinding {
  readonly place: string;
  readonly phrase: string;
  readonly rule: string;
}

/**
 * Keeps the findings whose phrase stands in a text, as it stands there: in the text they name, or else in another one.
 * @returns also the number of those that quote what nobody wrote
 */
export function quotedFindings(
  check: string,
  claimed: readonly ClaimedFinding[],
  texts: readonly PlacedText[],
): { readonly taken: readonly Finding[]; readonly dropped: number } {
  const taken = claimed.flatMap(({ place: named, phrase, rule }): Finding[] => {
    const wanted = phrase.trim();
    const quoted = wanted === '' ? [] : texts.map(({ place, text }) => ({ place, text, at: placeOf(wanted, text) }));
    const holding = quoted.filter(({ at }) => at !== -1);
    const found = holding.find(({ place }) => place === named) ?? holding[0];
    if (found === undefined) return [];
    const { place, text, at } = found;
    return [{ check, phrase: text.slice(at, at + wanted.length), rule, place, at }];
  });
  return { taken, dropped: claimed.length - taken.length };
}

/** To the letter if possible, otherwise whatever the case. Lower case may change the length of a text: then only to the letter. */
function placeOf(phrase: string, text: string): number {
  const exact = text.indexOf(phrase);
  const small = text.toLowerCase();
  return exact !== -1 || small.length !== text.length ? exact : small.indexOf(phrase.toLowerCase());
}

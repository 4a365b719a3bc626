import { formatPrice } from './catalog';
import type { Desk } from './listing-desk';
import type { ListingResult } from './listing-facts';
import { isOpen, type EditedLines } from './listing-findings';
import { TEXTS, type TextName } from './listing-texts';

/** What a person reads before the listing goes out: every text and all that the decision rests on. */
export interface ListingProposal {
  /** Tools whose answers are not of this property. */
  readonly sampleData?: readonly string[];
  readonly price: string;
  /** Facts that no text may use, in words. */
  readonly leftOut?: readonly string[];
  readonly notWritten?: readonly TextName[];
  /** Lines with something against them have `findings`. */
  readonly texts: EditedLines;
}

/** What the texts were made from, as far as a person has to know. */
export type ListingBasis = Pick<ListingResult, 'pricing' | 'leftOut' | 'sources'>;

export function proposalOf({ drafts, log, unread }: Desk, { pricing, leftOut, sources }: ListingBasis): ListingProposal {
  const open = log.filter(isOpen);
  const samples = sources.filter(({ sample }) => sample).map(({ tool }) => tool);
  const notWritten = TEXTS.filter((name) => !drafts.some((draft) => draft.name === name));
  const texts = drafts.flatMap(({ name, lines }) =>
    lines.map(({ place, text }) => {
      const findings = [
        ...open.filter((one) => one.place === place).map(({ check, phrase, rule }) => `${check}: "${phrase}": ${rule}`),
        ...(unread.includes(name) ? ['not read by the Fair Housing reviewer'] : []),
      ];
      return { place, text, ...(findings.length > 0 && { findings }) };
    }),
  );
  return {
    ...(samples.length > 0 && { sampleData: samples.map((tool) => `${tool}: invented, not of this property`) }),
    price: priceLine(pricing),
    ...(leftOut.length > 0 && { leftOut: leftOut.map(({ field, value, why }) => `${field}: "${value}", ${why}`) }),
    ...(notWritten.length > 0 && { notWritten }),
    texts,
  };
}

function priceLine({ currency, suggestedRange, whyNoRange, used, askingPrice, askingPriceIs }: ListingResult['pricing']): string {
  const money = (amount: number): string => formatPrice(amount, currency).replace(/\.00$/, '');
  const range =
    suggestedRange === null
      ? `no suggested price: ${whyNoRange ?? 'unknown'}`
      : `suggested ${money(suggestedRange.low)} to ${money(suggestedRange.high)}, from ${used.length} comparable sales`;
  if (askingPrice === null) return range;
  return `${range}; asked ${money(askingPrice)}${askingPriceIs === null ? '' : `, ${askingPriceIs} the suggested range`}`;
}

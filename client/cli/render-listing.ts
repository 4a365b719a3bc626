import type { PipelineResult } from '../../common/pipelines/types';
import { bullets } from './render-value';

type Listing = PipelineResult<'listing'>;

const STATUS: { readonly [Status in Listing['status']]: string } = {
  ready: 'Ready: nothing was objected to in the texts as they are now.',
  'approved by person': 'Approved by a person',
  held: '**Held: nobody has decided on the open findings. Not approved.**',
  rejected: '**Rejected by a person.**',
};

/** A listing as Markdown: the texts, what they rest on, and what was said against them. */
export function renderListing(listing: Listing): readonly string[] {
  const { status, reviewedBy, mlsDescription, captions, highlights, sellingPoints, findings, figures, leftOut, sources } = listing;
  const samples = sources.filter(({ sample }) => sample).map(({ tool }) => tool);
  return [
    status === 'approved by person' ? `${STATUS[status]}${reviewedBy === null ? '' : `: ${reviewedBy}`}.` : STATUS[status],
    samples.length === 0 ? '' : `**Sample data, not of a real property: ${samples.join(', ')}.**`,
    '## MLS description',
    mlsDescription,
    '## Captions',
    bullets(Object.entries(captions).map(([network, text]) => `${network}: ${text ?? '(could not be written)'}`)),
    '## Highlights',
    bullets(highlights.map(({ text }) => text)),
    '## Price',
    bullets(priceLines(listing.pricing)),
    '## Selling points',
    bullets(sellingPoints.map(({ field, fact }) => `${field}: ${fact}`)),
    ...(leftOut.length === 0 ? [] : ['## Left out of all texts']),
    bullets(leftOut.map(({ field, value, why }) => `${field}: "${value}", ${why}`)),
    ...(findings.length === 0 ? [] : ['## Findings']),
    bullets(findings.map(({ place, check, phrase, rule, settled }) => `${place}: "${phrase}" (${check}): ${rule} → ${settled}`)),
    `${figures.length} figures and features traced to their fields; Fair Housing list ${listing.fairHousing.listVersion}`,
  ];
}

function priceLines({ currency, used, dropped, medianPricePerSqft, suggestedRange, whyNoRange, ...asking }: Listing['pricing']): string[] {
  const money = (amount: number): string => `${amount.toLocaleString('en-US', { maximumFractionDigits: 2 })} ${currency}`;
  const { askingPrice, askingPriceIs } = asking;
  return [
    suggestedRange === null
      ? `No suggested price: ${whyNoRange ?? 'unknown'}`
      : `Suggested: ${money(suggestedRange.low)} to ${money(suggestedRange.high)}, from ${used.length} comparable sales`,
    ...(medianPricePerSqft === null ? [] : [`Median of the sales: ${money(medianPricePerSqft)} per sq ft`]),
    ...(askingPrice === null
      ? []
      : [`Asked: ${money(askingPrice)}${askingPriceIs === null ? '' : `, ${askingPriceIs} the suggested range`}`]),
    ...dropped.map(({ address, reason }) => `Left out: ${address}, ${reason}`),
  ];
}

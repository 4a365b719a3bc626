import type { PipelineResult } from '../../common/pipelines/types';
import { bullets } from './render-value';

type Launch = PipelineResult<'productLaunch'>;

const SAMPLES: { readonly [Name in Launch['sources'][number]['name']]: string } = {
  shopListings: 'comparable prices',
  shopReviews: 'reviews',
};

/** A product launch as Markdown: the page as a shop shows it, the price with its reasons, and what a person should look at. */
export function renderLaunch(result: Launch): string[] {
  const { status, title, description, metaDescription, pricing, findings, insights, droppedFindings, rounds, sources } = result;
  const open = findings.filter(({ settled }) => settled === 'open');
  const mended = findings.length - open.length;
  const samples = sources.filter(({ sample, used }) => sample && used > 0).map(({ name }) => SAMPLES[name]);
  return [
    samples.length === 0 ? '' : `**Sample data of Troupe, not the market: ${samples.join(', ')}.**`,
    `# ${title}`,
    `> ${metaDescription}`,
    description,
    bullets(result.bullets),
    '## Price',
    bullets(priceLines(pricing)),
    pricing.rationale,
    ...(insights.praised.length + insights.missed.length === 0
      ? []
      : ['## What buyers of comparable products say', bullets(insightLines(insights))]),
    `## Checks: ${status}`,
    bullets([
      ...open.map(({ place, phrase, rule }) => `${place}: ${phrase === '' ? '' : `"${phrase}" `}${rule}`),
      `${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${mended} ${mended === 1 ? 'finding' : 'findings'} mended, ${droppedFindings} dropped`,
      `Keywords used: ${result.keywordsUsed.join(', ') || 'none'}`,
      ...sources.map(({ name, source, used }) => `${name}: ${used} from ${source}`),
    ]),
  ];
}

function priceLines(pricing: Launch['pricing']): string[] {
  const { currency, competitors, launchPrice, firstSalePrice, floorPrice, notes } = pricing;
  const money = (price: number): string => `${price.toFixed(2)} ${currency}`;
  return [
    `Launch price: ${money(launchPrice)}, margin ${pricing.marginPercent}% (${pricing.basis})`,
    `First sale: ${pricing.firstSaleDiscountPercent}% off, ${money(firstSalePrice)}, margin ${pricing.firstSaleMarginPercent}%`,
    `Margin floor: ${money(floorPrice)}`,
    ...(competitors === null
      ? []
      : [
          `Comparable: ${competitors.count} from ${money(competitors.min)} to ${money(competitors.max)}, median ${money(competitors.median)}`,
        ]),
    ...notes,
  ];
}

const insightLines = ({ praised, missed }: Launch['insights']): string[] => [
  ...praised.map(({ point, mentions }) => `Praised (${mentions}): ${point}`),
  ...missed.map(({ point, mentions }) => `Missed (${mentions}): ${point}`),
];

import { traceFigures } from '../../common/figures';
import type { PipelineResult } from '../../common/pipelines/types';
import type { ToolInput } from '../run/tools';
import { formatPrice } from './catalog';
import type { CompetitorPrices, LaunchPrices, PriceTerms } from './product-launch-prices';

type Terms = Pick<PriceTerms, 'cost' | 'marginFloorPercent' | 'currency' | 'samplePrices'>;
type Figures = ReadonlyArray<{ readonly name: string; readonly kind: 'money' | 'percent' | 'number'; readonly value: number }>;

/** A launch price with what it was computed from. */
export interface PricedLaunch {
  readonly terms: Terms;
  readonly prices: LaunchPrices;
  readonly competitors: CompetitorPrices | null;
}

/** Every figure that a rationale may state, by the name it has for agents and in the traces. */
function figuresOf({ terms, prices, competitors }: PricedLaunch): Figures {
  const money = (name: string, value: number) => ({ name, kind: 'money' as const, value });
  const percent = (name: string, value: number) => ({ name, kind: 'percent' as const, value });
  return [
    money('launchPrice', prices.launchPrice),
    percent('firstSaleDiscount', prices.firstSaleDiscountPercent),
    money('firstSalePrice', prices.firstSalePrice),
    money('cost', terms.cost),
    money('floorPrice', prices.floorPrice),
    percent('marginFloor', terms.marginFloorPercent),
    percent('margin', prices.marginPercent),
    percent('firstSaleMargin', prices.firstSaleMarginPercent),
    ...(competitors === null
      ? []
      : [
          { name: 'comparablePrices', kind: 'number' as const, value: competitors.count },
          money('lowestComparablePrice', competitors.min),
          money('medianComparablePrice', competitors.median),
          money('highestComparablePrice', competitors.max),
        ]),
  ];
}

/** The figures as they may be quoted. */
export function shownPrices(priced: PricedLaunch): Record<string, string | number> {
  const shown = figuresOf(priced).map(({ name, kind, value }) => [name, shownFigure(kind, value, priced.terms.currency)] as const);
  return { ...Object.fromEntries(shown), decidedBy: priced.prices.basis };
}

function shownFigure(kind: Figures[number]['kind'], value: number, currency: string): string | number {
  if (kind === 'money') return formatPrice(value, currency);
  return kind === 'percent' ? `${value}%` : value;
}

/** The figures as sources of claims. */
export function priceFacts(priced: PricedLaunch): ToolInput<'claimCheck'>['facts'] {
  const { currency } = priced.terms;
  return figuresOf(priced).map(({ name, kind, value }) => ({
    field: `pricing.${name}`,
    value,
    kind,
    ...(kind === 'money' && { currency }),
  }));
}

/** A rationale and where its figures come from. */
export interface TracedRationale {
  readonly text: string;
  readonly traced: PipelineResult<'productLaunch'>['figures'];
}

export const RATIONALE_PLACE = 'pricing.rationale';

/** What stands where the pricer has failed or has stated what is not in the data. */
export function plainRationale(priced: PricedLaunch): TracedRationale {
  const text = `${sampleWarning(priced)}${whatDecided(priced)} ${firstSale(priced)}`;
  const sources = figuresOf(priced).map(({ name, kind, value }) => ({ kind, value, source: `pricing.${name}` }));
  const { traced } = traceFigures(text, sources);
  return { text, traced: traced.map(({ figure, source }) => ({ place: RATIONALE_PLACE, claim: figure, field: source })) };
}

/** What stands before every rationale of a price that was compared with sample data, whoever words the rest. */
export function sampleWarning({ terms: { samplePrices }, competitors }: PricedLaunch): string {
  return samplePrices === true && competitors !== null ? 'Comparable prices are sample data, not the market. ' : '';
}

function whatDecided({ terms: { currency }, prices: { launchPrice, floorPrice, basis }, competitors }: PricedLaunch): string {
  const price = formatPrice(launchPrice, currency);
  const decided = {
    market: `The launch price of ${price} follows the middle of the market`,
    'sample data': `The launch price of ${price} follows the middle of sample prices`,
    'margin floor': `The launch price of ${price} follows from the margin floor of ${formatPrice(floorPrice, currency)}, since comparable prices are lower`,
    'cost plus': `The launch price of ${price} rests on cost and margin alone`,
  }[basis];
  if (competitors === null) return `${decided}.`;
  const { min, median, max } = competitors;
  const [lowest, middle, highest] = [min, median, max].map((amount) => formatPrice(amount, currency));
  return `${decided}; comparable products cost ${lowest} to ${highest}, ${middle} in the middle.`;
}

function firstSale({ terms: { currency }, prices }: PricedLaunch): string {
  const { firstSaleDiscountPercent, firstSalePrice, firstSaleMarginPercent } = prices;
  if (firstSaleDiscountPercent === 0) return 'There is no first-sale discount.';
  const price = formatPrice(firstSalePrice, currency);
  return `The first sale at ${firstSaleDiscountPercent}% off costs ${price} and leaves a margin of ${firstSaleMarginPercent}%.`;
}

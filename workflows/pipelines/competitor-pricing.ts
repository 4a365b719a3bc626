import type { PipelineResult } from '../../common/pipelines/types';
import type { Currency, PriceBasis } from '../../common/price-terms';
import { medianCents } from './median';

export type PlanPrice = PipelineResult<'competitorReport'>['pricing']['prices'][number];
export type Comparison = PipelineResult<'competitorReport'>['pricing']['comparisons'][number];

/** Our own price. */
export interface OurPrice {
  readonly amount: number;
  readonly currency: Currency;
  readonly per: PriceBasis;
}

/** All arithmetic is in cents, so that sums and comparisons are exact. */
const cents = (amount: number): number => Math.round(amount * 100);

/**
 * Compares like with like: one comparison for each currency and basis of the prices that are marked as compared, the one with most plans
 * first. Free plans are counted and left out of the figures.
 */
export function comparePrices(prices: readonly PlanPrice[], ours?: OurPrice): Comparison[] {
  const groups = new Map<string, PlanPrice[]>();
  for (const price of prices) {
    const key = `${price.currency} ${price.per}`;
    if (price.compared) groups.set(key, [...(groups.get(key) ?? []), price]);
  }
  const compared = [...groups.values()].flatMap((group) => comparisonOf(group, ours) ?? []);
  return compared.sort((a, b) => b.plans - a.plans || (`${a.currency} ${a.per}` < `${b.currency} ${b.per}` ? -1 : 1));
}

function comparisonOf(group: readonly PlanPrice[], ours: OurPrice | undefined): Comparison | undefined {
  const paid = group.filter(({ amount }) => cents(amount) > 0);
  const [first] = paid;
  if (first === undefined) return undefined;
  const { currency, per } = first;
  const sorted = paid.map(({ amount }) => cents(amount)).sort((a, b) => a - b);
  const min = sorted[0] as number; // there is at least one
  const max = sorted.at(-1) as number;
  const median = medianCents(sorted);
  const comparable = ours !== undefined && ours.currency === currency && ours.per === per;
  return {
    currency,
    per,
    plans: paid.length,
    free: group.length - paid.length,
    competitors: new Set(paid.map(({ competitor }) => competitor)).size,
    min: min / 100,
    median: median / 100,
    max: max / 100,
    ours: comparable ? placeOf(cents(ours.amount), sorted, median) : null,
  };
}

function placeOf(own: number, sorted: readonly number[], median: number): NonNullable<Comparison['ours']> {
  const cheaper = sorted.filter((amount) => amount < own).length;
  const dearer = sorted.filter((amount) => amount > own).length;
  const place =
    dearer === sorted.length
      ? 'below all'
      : cheaper === sorted.length
        ? 'above all'
        : own === median
          ? 'at the median'
          : own < median
            ? 'below the median'
            : 'above the median';
  // Tenths of a percent in whole numbers: rounding happens once.
  return { amount: own / 100, place, percent: Math.round(((own - median) * 1_000) / median) / 10, cheaper, dearer };
}

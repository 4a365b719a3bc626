import { formatPrice } from './catalog';
import { medianCents } from './median';

/** What comparable products cost, in the main unit of the product's currency. */
export interface CompetitorPrices {
  /** Prices that count. */
  readonly count: number;
  /** Prices that are too far from the others to be of comparable products. */
  readonly dropped: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface PriceTerms {
  /** What one costs the shop, in the currency's main unit. */
  readonly cost: number;
  /** Least share of a price that is left after the cost, in percent, below 100. */
  readonly marginFloorPercent: number;
  readonly currency: string;
  /** What prices end in, like 0.99. @default any ending */
  readonly priceEnding?: number | undefined;
  /** Whether the comparable prices are sample data, not the market. @default they are the market */
  readonly samplePrices?: boolean | undefined;
}

/** Prices in the currency's main unit, to the cent. */
export interface LaunchPrices {
  readonly launchPrice: number;
  readonly firstSaleDiscountPercent: number;
  /** The launch price less the discount; the launch price when there is none. */
  readonly firstSalePrice: number;
  /** Margin of the launch price, rounded down to hundredths of a percent. */
  readonly marginPercent: number;
  readonly firstSaleMarginPercent: number;
  /** The least price that leaves the margin. */
  readonly floorPrice: number;
  /** What decided on the launch price. */
  readonly basis: 'market' | 'sample data' | 'margin floor' | 'cost plus';
  /** Whether even the least price with the margin is above all that comparable products cost. */
  readonly aboveMarket: boolean;
  readonly notes: readonly string[];
}

/** A price more than so many times the median, or below that part of it, is of something else: a set, a spare part, an error. */
const OUTLIER_TIMES = 3;
/** Of two prices nobody can say which one is out of line. */
const FEWEST_WITH_OUTLIERS = 3;
const DISCOUNTS = [20, 15, 10, 5] as const;
/** Without a market the launch price leaves room for this one. */
const COST_PLUS_DISCOUNT = 10;
/** A launch price over so many times the least one that keeps the margin is remarkable. */
const FAR_ABOVE_FLOOR = 3;

const toCents = (price: number): number => Math.round(price * 100);
const fromCents = (amount: number): number => amount / 100;

/** Comparable prices with outliers left out; null when there is none. */
export function competitorPrices(prices: readonly number[]): CompetitorPrices | null {
  const all = prices.map(toCents).filter((price) => price > 0);
  if (all.length === 0) return null;
  const middle = medianCents(all);
  const kept =
    all.length < FEWEST_WITH_OUTLIERS ? all : all.filter((price) => price * OUTLIER_TIMES >= middle && price <= middle * OUTLIER_TIMES);
  return {
    count: kept.length,
    dropped: all.length - kept.length,
    min: fromCents(Math.min(...kept)),
    median: fromCents(medianCents(kept)),
    max: fromCents(Math.max(...kept)),
  };
}

const MOST_SHOPS_NOTED = 5;

interface FoundListings {
  readonly currency: string;
  readonly listings: ReadonlyArray<{ readonly price: number; readonly inStock?: boolean | undefined }>;
  /** Shops whose listings are missing. */
  readonly unavailable: ReadonlyArray<{ readonly shop: string; readonly why: string }>;
}

/**
 * The prices of found listings. Nobody pays the price of what is out of stock: it counts only where nothing else is found. Prices in
 * another currency are no comparison: a rate of exchange would make figures that nobody can trace.
 */
export function comparablePrices(
  found: FoundListings | null,
  currency: string,
): { readonly competitors: CompetitorPrices | null; readonly notes: readonly string[] } {
  if (found === null) return { competitors: null, notes: [] };
  const notes = found.unavailable.slice(0, MOST_SHOPS_NOTED).map(({ shop, why }) => `Prices of "${shop}" are missing: ${why}`);
  if (found.listings.length === 0) return { competitors: null, notes };
  if (found.currency !== currency)
    return { competitors: null, notes: [...notes, `Comparable prices are in ${found.currency}, not in ${currency}, and were not used`] };
  const onSale = found.listings.filter(({ inStock }) => inStock !== false);
  const counted = onSale.length > 0 ? onSale : found.listings;
  const stock = stockNote(counted.length, found.listings.length, onSale.length);
  return { competitors: competitorPrices(counted.map(({ price }) => price)), notes: [...notes, ...stock] };
}

function stockNote(counted: number, found: number, onSale: number): string[] {
  if (onSale === 0) return ['Every comparable product is out of stock; their prices are those of the past'];
  const left = found - counted;
  return left === 0 ? [] : [`Left out ${left} ${left === 1 ? 'product that is' : 'products that are'} out of stock`];
}

/**
 * Launch price and first-sale discount. The launch price is the middle of the market, or the margin floor where that is higher;
 * without a market it is cost plus margin plus room for a discount, counted after the ending. The discount is the largest of 20, 15, 10 and 5 % whose
 * price keeps the margin and does not undercut the cheapest competitor.
 */
export function priceLaunch(terms: PriceTerms, competitors: CompetitorPrices | null): LaunchPrices {
  const cost = toCents(terms.cost);
  const floor = floorOf(cost, terms.marginFloorPercent);
  const market = competitors === null ? null : toCents(competitors.median);
  const basis = basisOf(market, floor, terms);
  // Without a market the ending must not eat the room for the discount.
  const lowest = market === null ? Math.ceil((floor * 100) / (100 - COST_PLUS_DISCOUNT)) : floor;
  const launch = endingIn(terms.priceEnding, Math.max(market ?? lowest, lowest), lowest);
  const least = Math.max(floor, competitors === null ? 0 : Math.min(launch, toCents(competitors.min)));
  const discount = DISCOUNTS.find((percent) => discounted(launch, percent) >= least) ?? 0;
  const sale = discounted(launch, discount);
  const aboveMarket = competitors !== null && floor > toCents(competitors.max);
  return {
    launchPrice: fromCents(launch),
    firstSaleDiscountPercent: discount,
    firstSalePrice: fromCents(sale),
    marginPercent: marginOf(launch, cost),
    firstSaleMarginPercent: marginOf(sale, cost),
    floorPrice: fromCents(floor),
    basis,
    aboveMarket,
    notes: notesOn({
      basis,
      competitors,
      discount,
      floor: formatPrice(fromCents(floor), terms.currency),
      aboveMarket,
      isSample: competitors !== null && terms.samplePrices === true,
      isFarAbove: launch > floor * FAR_ABOVE_FLOOR,
    }),
  };
}

function basisOf(market: number | null, floor: number, { samplePrices = false }: PriceTerms): LaunchPrices['basis'] {
  if (market === null) return 'cost plus';
  if (market < floor) return 'margin floor';
  return samplePrices ? 'sample data' : 'market';
}

/** The least whole number of cents that leaves the margin; a margin finer than hundredths of a percent counts as the next one up. */
function floorOf(cost: number, marginFloorPercent: number): number {
  const margin = Math.ceil(marginFloorPercent * 100 - 1e-6);
  return Math.ceil((cost * 10_000) / (10_000 - margin));
}

const marginOf = (price: number, cost: number): number => Math.floor(((price - cost) * 10_000) / price) / 100;

const discounted = (price: number, percent: number): number => Math.round((price * (100 - percent)) / 100);

/** The price with this ending that is nearest to the wished one and not below the least one. */
function endingIn(ending: number | undefined, wished: number, least: number): number {
  if (ending === undefined) return wished;
  const whole = Math.floor(wished / 100) * 100;
  const candidates = [-100, 0, 100].map((step) => whole + step + toCents(ending)).filter((price) => price >= least);
  return candidates.reduce((best, price) => (Math.abs(price - wished) < Math.abs(best - wished) ? price : best));
}

interface Remarkable extends Pick<LaunchPrices, 'basis' | 'aboveMarket'> {
  readonly competitors: CompetitorPrices | null;
  readonly discount: number;
  readonly floor: string;
  readonly isSample: boolean;
  readonly isFarAbove: boolean;
}

function notesOn({ basis, competitors, discount, floor, aboveMarket, isSample, isFarAbove }: Remarkable): string[] {
  const left = competitors?.dropped ?? 0;
  return [
    ...(isSample ? ['The comparable prices are sample data of Troupe, not the market: set up your shops in the tools file'] : []),
    ...(basis === 'cost plus'
      ? [`No comparable prices: cost plus margin plus room for a first sale of at least ${COST_PLUS_DISCOUNT}%`]
      : []),
    ...(left === 0
      ? []
      : [
          `Left out ${left} ${left === 1 ? 'price' : 'prices'} over ${OUTLIER_TIMES} times the median or under one part in ${OUTLIER_TIMES} of it`,
        ]),
    ...(aboveMarket ? [`The margin floor of ${floor} is above every comparable price`] : []),
    ...(basis === 'margin floor' && !aboveMarket ? [`The margin floor of ${floor} is above the middle of the comparable prices`] : []),
    ...(isFarAbove ? [`The launch price is more than three times the margin floor of ${floor}: be sure that buyers pay it`] : []),
    ...(discount === 0 ? ['No first-sale discount: the margin floor or the cheapest competitor leaves no room for one'] : []),
  ];
}

/** A sale that may say what the property is worth. */
export interface ComparableSale {
  readonly recordId: string;
  readonly address: string;
  /** In the currency's main unit, as all amounts here. */
  readonly closePrice: number;
  /** YYYY-MM-DD */
  readonly closeDate: string;
  readonly livingAreaSqft: number;
}

/** The property that is for sale. */
export interface PricedSubject {
  /** Of its public record, when there is one. */
  readonly recordId?: string | undefined;
  readonly address: string;
  readonly livingAreaSqft?: number | undefined;
  readonly askingPrice?: number | undefined;
}

interface Comp extends ComparableSale {
  readonly pricePerSqft: number;
}

/** All numbers that the comparable sales give, with the sales that were used and those that were not. */
export interface Pricing {
  readonly used: readonly Comp[];
  readonly dropped: ReadonlyArray<ComparableSale & { readonly pricePerSqft: number | null; readonly reason: string }>;
  /** Null with fewer sales than `LEAST_COMPS`, as the two below. */
  readonly lowerQuartilePricePerSqft: number | null;
  readonly medianPricePerSqft: number | null;
  readonly upperQuartilePricePerSqft: number | null;
  /** Quartiles times living area, rounded to `ROUND_TO`. */
  readonly suggestedRange: { readonly low: number; readonly middle: number; readonly high: number } | null;
  /** Why there is no range; null when there is one. */
  readonly whyNoRange: string | null;
  readonly askingPricePerSqft: number | null;
  /** Where the asking price lies; null without one or without a range. */
  readonly askingPriceIs: 'below' | 'within' | 'above' | null;
}

/** Sales that a price range needs. */
export const LEAST_COMPS = 3;
/** Suggested prices are multiples of this. */
export const ROUND_TO = 1_000;
/** Interquartile ranges beyond a quartile from which a sale is an outlier … */
const FENCE = 1.5;
/** … if it is also this part of the median beyond it: where all prices are close together nothing is an outlier. */
const LEAST_FENCE = 0.1;

/** The rule in words, for the result. */
export const OUTLIER_RULE =
  `A sale is left out when its price per square foot lies more than ${FENCE} interquartile ranges, and more than ` +
  `${LEAST_FENCE * 100}% of the median, beyond the quartiles of all usable sales`;

/**
 * Computes price per square foot, quartiles and the suggested range, in whole cents until the end. The same sales in another order give
 * the same numbers.
 */
export function priceFromComps(sales: readonly ComparableSale[], subject: PricedSubject): Pricing {
  const { usable, unusable } = sortOut(sales, subject);
  const { kept, outliers } = withoutOutliers(usable);
  const enough = kept.length >= LEAST_COMPS;
  const [lower, median, upper] = enough ? quartiles(kept.map(perSqftCents)) : [];
  const { livingAreaSqft: area, askingPrice } = subject;
  const rounded = (cents: number): number => Math.round((cents * (area ?? 0)) / 100 / ROUND_TO) * ROUND_TO;
  const suggestedRange =
    lower === undefined || median === undefined || upper === undefined || area === undefined
      ? null
      : { low: rounded(lower), middle: rounded(median), high: rounded(upper) };
  return {
    used: kept.map(withPrice),
    dropped: [...unusable, ...outliers.map((sale) => ({ ...withPrice(sale), reason: OUTLIER }))],
    lowerQuartilePricePerSqft: inMainUnit(lower),
    medianPricePerSqft: inMainUnit(median),
    upperQuartilePricePerSqft: inMainUnit(upper),
    suggestedRange,
    whyNoRange: suggestedRange !== null ? null : enough ? 'the living area is not known' : tooFew(kept.length),
    askingPricePerSqft:
      askingPrice === undefined || area === undefined ? null : perSqftCents({ closePrice: askingPrice, livingAreaSqft: area }) / 100,
    askingPriceIs: askingPrice === undefined || suggestedRange === null ? null : positionOf(askingPrice, suggestedRange),
  };
}

type Measured = Pick<ComparableSale, 'closePrice' | 'livingAreaSqft'>;

const perSqftCents = ({ closePrice, livingAreaSqft }: Measured): number => Math.round(Math.round(closePrice * 100) / livingAreaSqft);
const inMainUnit = (cents: number | undefined): number | null => (cents === undefined ? null : cents / 100);
const withPrice = (sale: ComparableSale): Comp => ({ ...picked(sale), pricePerSqft: perSqftCents(sale) / 100 });
const tooFew = (count: number): string =>
  `${count} usable comparable ${count === 1 ? 'sale' : 'sales'}, at least ${LEAST_COMPS} are needed`;

const picked = ({ recordId, address, closePrice, closeDate, livingAreaSqft }: ComparableSale): ComparableSale => ({
  recordId,
  address,
  closePrice,
  closeDate,
  livingAreaSqft,
});

const TWICE = 'it is listed twice';
const ITSELF = 'it is the property itself';
const UNMEASURED = 'it has no price or no living area';
const OUTLIER = 'its price per square foot is an outlier among these sales';

interface Sorted {
  readonly usable: readonly ComparableSale[];
  readonly unusable: Pricing['dropped'];
}

function sortOut(sales: readonly ComparableSale[], subject: PricedSubject): Sorted {
  const seen = new Set<string>();
  const usable: ComparableSale[] = [];
  const unusable: Array<Pricing['dropped'][number]> = [];
  for (const sale of sales) {
    const { recordId, address, closePrice, livingAreaSqft } = sale;
    const measured = closePrice > 0 && livingAreaSqft > 0;
    const itself = recordId === subject.recordId || plain(address) === plain(subject.address);
    const reason = seen.has(recordId) ? TWICE : itself ? ITSELF : measured ? undefined : UNMEASURED;
    seen.add(recordId);
    if (reason === undefined) usable.push(sale);
    else unusable.push({ ...picked(sale), pricePerSqft: measured ? perSqftCents(sale) / 100 : null, reason });
  }
  return { usable, unusable };
}

const plain = (address: string): string =>
  address
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function withoutOutliers(sales: readonly ComparableSale[]): { kept: ComparableSale[]; outliers: ComparableSale[] } {
  if (sales.length <= LEAST_COMPS) return { kept: [...sales], outliers: [] };
  const [lower, median, upper] = quartiles(sales.map(perSqftCents));
  const margin = Math.max(FENCE * (upper - lower), LEAST_FENCE * median);
  const fits = (sale: ComparableSale): boolean => perSqftCents(sale) >= lower - margin && perSqftCents(sale) <= upper + margin;
  return { kept: sales.filter(fits), outliers: sales.filter((sale) => !fits(sale)) };
}

/** Lower quartile, median and upper quartile, interpolated as spreadsheets do it and rounded to whole cents. */
export function quartiles(cents: readonly number[]): [number, number, number] {
  const sorted = [...cents].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? below;
    return Math.round(below + (above - below) * (place - Math.floor(place)));
  };
  return [at(0.25), at(0.5), at(0.75)];
}

function positionOf(price: number, { low, high }: { low: number; high: number }): 'below' | 'within' | 'above' {
  if (price < low) return 'below';
  return price > high ? 'above' : 'within';
}

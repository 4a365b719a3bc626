import fc from 'fast-check';

import { comparablePrices, competitorPrices, priceLaunch, type PriceTerms } from '../../../workflows/pipelines/product-launch-prices';

const money = (max: number) => fc.integer({ min: 1, max: max * 100 }).map((amount) => amount / 100);
const terms = fc.record({
  cost: money(100_000),
  marginFloorPercent: fc.oneof(
    fc.integer({ min: 0, max: 95 }),
    fc.integer({ min: 0, max: 9_500 }).map((share) => share / 100),
  ),
  currency: fc.constant('USD'),
  priceEnding: fc.option(
    fc.integer({ min: 0, max: 99 }).map((cent) => cent / 100),
    { nil: undefined },
  ),
});
const prices = fc.array(money(200_000), { minLength: 1, maxLength: 30 });
const market = fc.option(prices, { nil: null }).map((all) => (all === null ? null : competitorPrices(all)));
const toCents = (price: number): number => Math.round(price * 100);

describe('priceLaunch()', () => {
  const given = { cost: 10, marginFloorPercent: 30, currency: 'USD' };

  it('never undercuts the margin floor, neither with the launch price nor after the discount', () => {
    fc.assert(
      fc.property(terms, market, (asked, competitors) => {
        const priced = priceLaunch(asked, competitors);
        for (const price of [priced.launchPrice, priced.firstSalePrice]) {
          // In whole numbers, or the check would round as the code may: (price - cost) / price >= margin / 100.
          const left = BigInt(toCents(price) - toCents(asked.cost)) * 10_000n;
          expect(left >= BigInt(toCents(price)) * BigInt(Math.round(asked.marginFloorPercent * 100))).toBe(true);
        }
        expect(priced.firstSaleMarginPercent).toBeGreaterThanOrEqual(asked.marginFloorPercent - 1e-9);
        expect(priced.marginPercent).toBeGreaterThanOrEqual(priced.firstSaleMarginPercent);
      }),
      { numRuns: 2_000 },
    );
  });

  it('sets the least floor that leaves the margin', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const { floorPrice } = priceLaunch(asked, null);
        const below = BigInt(toCents(floorPrice) - 1);
        const left = (below - BigInt(toCents(asked.cost))) * 10_000n;
        expect(left < below * BigInt(Math.round(asked.marginFloorPercent * 100)) || below < BigInt(toCents(asked.cost))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives whole cents, the wished ending, and the discount that it states', () => {
    fc.assert(
      fc.property(terms, market, (asked, competitors) => {
        const { launchPrice, firstSalePrice, firstSaleDiscountPercent, floorPrice } = priceLaunch(asked, competitors);
        for (const price of [launchPrice, firstSalePrice, floorPrice]) expect(Number(price.toFixed(2))).toBe(price);
        if (asked.priceEnding !== undefined) expect(toCents(launchPrice) % 100).toBe(toCents(asked.priceEnding));
        expect([0, 5, 10, 15, 20]).toContain(firstSaleDiscountPercent);
        expect(Math.abs(toCents(launchPrice) * (1 - firstSaleDiscountPercent / 100) - toCents(firstSalePrice))).toBeLessThanOrEqual(
          0.5 + 1e-6,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('stays within half a unit of the market when the floor allows it, and never undercuts the cheapest competitor by the discount', () => {
    fc.assert(
      fc.property(terms, prices, (asked, all) => {
        const competitors = competitorPrices(all);
        const { launchPrice, firstSalePrice, firstSaleDiscountPercent, basis } = priceLaunch(asked, competitors);
        const { min, median } = competitors ?? { min: 0, median: 0 };
        if (firstSaleDiscountPercent > 0) expect(firstSalePrice).toBeGreaterThanOrEqual(Math.min(min, launchPrice));
        if (basis !== 'market') return;
        if (asked.priceEnding === undefined) expect(launchPrice).toBe(median);
        else expect(launchPrice - median).toBeLessThan(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[string, Partial<PriceTerms>, number[], object]>([
    [
      'the middle of the market',
      {},
      [20, 30, 26],
      { launchPrice: 26, basis: 'market', firstSaleDiscountPercent: 20, firstSalePrice: 20.8 },
    ],
    ['with an ending', { priceEnding: 0.99 }, [20, 30, 26], { launchPrice: 25.99, firstSalePrice: 20.79, marginPercent: 61.52 }],
    ['no lower than the cheapest competitor', {}, [25, 27, 29], { launchPrice: 27, firstSaleDiscountPercent: 5, firstSalePrice: 25.65 }],
    ['no lower than the floor', {}, [12, 16, 18], { floorPrice: 14.29, firstSaleDiscountPercent: 10, firstSalePrice: 14.4 }],
    ['an ending never takes it below the floor', { priceEnding: 0.1 }, [14.29], { launchPrice: 15.1, firstSaleDiscountPercent: 5 }],
  ])('is %s', (_, other, all, expected) => {
    expect(priceLaunch({ ...given, ...other }, competitorPrices(all))).toMatchObject(expected);
  });

  it('is cost plus margin plus room for a discount when nothing is known of the market, and says so', () => {
    expect(priceLaunch(given, null)).toMatchObject({
      launchPrice: 15.88,
      basis: 'cost plus',
      firstSaleDiscountPercent: 10,
      firstSalePrice: 14.29,
      firstSaleMarginPercent: 30.02,
      aboveMarket: false,
      notes: ['No comparable prices: cost plus margin plus room for a first sale of at least 10%'],
    });
  });

  it('leaves the room for the first sale whatever the price ends in', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const { firstSaleDiscountPercent, firstSalePrice, floorPrice, notes } = priceLaunch(asked, null);
        expect(notes[0]).toContain('a first sale of at least 10%');
        expect(firstSaleDiscountPercent).toBeGreaterThanOrEqual(10);
        expect(firstSalePrice).toBeGreaterThanOrEqual(floorPrice);
      }),
      { numRuns: 1_000 },
    );
    expect(priceLaunch({ ...given, cost: 10.4, marginFloorPercent: 40, priceEnding: 0.99 }, null)).toMatchObject({
      floorPrice: 17.34,
      launchPrice: 19.99,
      firstSaleDiscountPercent: 10,
    });
  });

  it('does not pass sample prices off as the market', () => {
    const sampled = { ...given, samplePrices: true };
    const note = expect.stringMatching(/^The comparable prices are sample data of Troupe, not the market/) as string;
    expect(priceLaunch(sampled, competitorPrices([20, 26, 30]))).toMatchObject({ launchPrice: 26, basis: 'sample data', notes: [note] });
    expect(priceLaunch(sampled, competitorPrices([10, 12, 20]))).toMatchObject({ basis: 'margin floor' });
    expect(priceLaunch(sampled, competitorPrices([10, 12, 20])).notes[0]).toEqual(note);
    expect(priceLaunch(sampled, null)).toEqual(priceLaunch(given, null));
  });

  it('remarks on a price more than three times the margin floor', () => {
    const far = expect.stringContaining('more than three times the margin floor of $14.29') as string;
    expect(priceLaunch(given, competitorPrices([42.88])).notes).toContainEqual(far);
    expect(priceLaunch(given, competitorPrices([42.87])).notes).not.toContainEqual(far);
  });

  it('warns when the margin floor is above the middle of the market, and flags it when it is above all of it', () => {
    expect(priceLaunch(given, competitorPrices([10, 12, 20]))).toMatchObject({
      launchPrice: 14.29,
      basis: 'margin floor',
      aboveMarket: false,
      notes: [
        'The margin floor of $14.29 is above the middle of the comparable prices',
        expect.stringContaining('No first-sale discount') as string,
      ],
    });
    expect(priceLaunch(given, competitorPrices([10, 12, 14]))).toMatchObject({
      launchPrice: 14.29,
      aboveMarket: true,
      notes: ['The margin floor of $14.29 is above every comparable price', expect.stringContaining('No first-sale discount') as string],
    });
  });

  it('takes a margin finer than hundredths of a percent as the next one up', () => {
    expect(priceLaunch({ ...given, cost: 1_000_000, marginFloorPercent: 33.333 }, null).floorPrice).toBe(1_500_150.02);
  });
});

describe('competitorPrices()', () => {
  it('leaves out prices over three times the median or under a third of it, and counts them', () => {
    expect(competitorPrices([20, 25, 30, 0.5, 8.33, 8.34, 75, 75.01, 900])).toEqual({
      count: 5,
      dropped: 4,
      min: 8.34,
      median: 25,
      max: 75,
    });
  });

  it('lets two prices stand, however far apart', () => {
    expect(competitorPrices([10, 100])).toEqual({ count: 2, dropped: 0, min: 10, median: 55, max: 100 });
  });

  it.each([[[]], [[0, 0.001]]])('knows nothing from %j', (none) => {
    expect(competitorPrices(none)).toBeNull();
  });

  it('does not depend on the order of the prices, and its figures lie in order between prices that were given', () => {
    fc.assert(
      fc.property(prices, (all) => {
        const found = competitorPrices(all);
        expect(competitorPrices([...all].reverse())).toEqual(found);
        const { count, dropped, min, median, max } = found ?? { count: 0, dropped: 0, min: 0, median: 0, max: 0 };
        expect(count + dropped).toBe(all.length);
        expect(all).toContain(min);
        expect(all).toContain(max);
        expect(min <= median && median <= max).toBe(true);
      }),
    );
  });
});

describe('comparablePrices()', () => {
  const listings = [{ price: 10 }, { price: 20 }, { price: 30 }];
  const unavailable: Array<{ shop: string; why: string }> = [];

  it('takes prices of the same currency only, and says when there were others', () => {
    expect(comparablePrices({ currency: 'USD', listings, unavailable }, 'USD')).toEqual({
      competitors: competitorPrices([10, 20, 30]),
      notes: [],
    });
    expect(comparablePrices({ currency: 'EUR', listings, unavailable }, 'USD')).toEqual({
      competitors: null,
      notes: ['Comparable prices are in EUR, not in USD, and were not used'],
    });
  });

  it('compares with what is out of stock only when there is nothing else, and says so', () => {
    const out = { price: 90, inStock: false };
    const found = (all: Array<{ price: number; inStock?: boolean }>) =>
      comparablePrices({ currency: 'USD', listings: all, unavailable }, 'USD');
    expect(found([...listings, { price: 15, inStock: true }, out])).toEqual({
      competitors: competitorPrices([10, 20, 30, 15]),
      notes: ['Left out 1 product that is out of stock'],
    });
    expect(found([out])).toEqual({
      competitors: competitorPrices([90]),
      notes: ['Every comparable product is out of stock; their prices are those of the past'],
    });
  });

  it('names shops whose prices are missing, at most five', () => {
    const closed = Array.from({ length: 7 }, (_, at) => ({ shop: `Shop ${at}`, why: 'it is closed' }));
    const { competitors, notes } = comparablePrices({ currency: 'USD', listings, unavailable: closed }, 'USD');
    expect(competitors?.count).toBe(3);
    expect(notes).toHaveLength(5);
    expect(notes[0]).toBe('Prices of "Shop 0" are missing: it is closed');
  });

  it.each([[null], [{ currency: 'EUR', listings: [], unavailable }]])('finds nothing in %j', (found) => {
    expect(comparablePrices(found, 'USD')).toEqual({ competitors: null, notes: [] });
  });
});

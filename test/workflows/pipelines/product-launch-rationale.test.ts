import { traceFigures } from '../../../common/figures';
import { competitorPrices, priceLaunch } from '../../../workflows/pipelines/product-launch-prices';
import { plainRationale, priceFacts, sampleWarning, shownPrices } from '../../../workflows/pipelines/product-launch-rationale';

const priced = (prices: readonly number[], marginFloorPercent = 30) => {
  const terms = { cost: 10, marginFloorPercent, currency: 'USD' };
  const competitors = competitorPrices(prices);
  return { terms, competitors, prices: priceLaunch(terms, competitors) };
};

describe('shownPrices()', () => {
  it('shows agents every figure as it may be quoted, and the facts hold the same figures', () => {
    const launch = priced([20, 26, 30]);
    expect(shownPrices(launch)).toEqual({
      launchPrice: '$26.00',
      firstSaleDiscount: '20%',
      firstSalePrice: '$20.80',
      cost: '$10.00',
      floorPrice: '$14.29',
      marginFloor: '30%',
      margin: '61.53%',
      firstSaleMargin: '51.92%',
      comparablePrices: 3,
      lowestComparablePrice: '$20.00',
      medianComparablePrice: '$26.00',
      highestComparablePrice: '$30.00',
      decidedBy: 'market',
    });
    const sources = priceFacts(launch).map(({ field, value, kind }) => ({ kind: kind ?? 'number', value: Number(value), source: field }));
    expect(traceFigures(Object.values(shownPrices(launch)).join(' and '), sources).untraced).toEqual([]);
  });
});

describe('plainRationale()', () => {
  it.each([
    [
      'market',
      priced([20, 26, 30]),
      'The launch price of $26.00 follows the middle of the market; comparable products cost $20.00 to $30.00, $26.00 in the middle. The first sale',
    ],
    [
      'margin floor',
      priced([10, 11, 12]),
      'follows from the margin floor of $14.29, since comparable prices are lower; comparable products cost $10.00',
    ],
    ['cost plus', priced([]), 'The launch price of $15.88 rests on cost and margin alone. The first sale at 10% off costs $14.29'],
  ])('explains a price by %s, with every figure traced', (_, launch, words) => {
    const { text, traced } = plainRationale(launch);
    expect(text).toContain(words);
    const sources = traced.map(({ claim }) => claim);
    expect(sources).toEqual(expect.arrayContaining([...text.matchAll(/\$[\d.]*\d|[\d.]+%/g)].map(([figure]) => figure)));
  });

  it('says first that prices are sample data, and speaks of no market then', () => {
    const { terms, competitors } = priced([20, 26, 30]);
    const sampled = { ...terms, samplePrices: true };
    const launch = { terms: sampled, competitors, prices: priceLaunch(sampled, competitors) };
    expect(plainRationale(launch).text).toMatch(
      /^Comparable prices are sample data, not the market\. The launch price of \$26\.00 follows the middle of sample prices;/,
    );
    expect(sampleWarning({ ...launch, competitors: null })).toBe('');
    expect(sampleWarning(priced([20]))).toBe('');
  });

  it('says that there is no discount when there is none', () => {
    expect(plainRationale(priced([10, 11, 12])).text).toMatch(/There is no first-sale discount\.$/);
  });
});

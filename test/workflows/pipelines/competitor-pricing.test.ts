import { comparePrices, type PlanPrice } from '../../../workflows/pipelines/competitor-pricing';

const price = (amount: number, change: Partial<PlanPrice> = {}): PlanPrice => ({
  competitor: 'acme',
  plan: `Plan ${amount}`,
  amount,
  currency: 'EUR',
  per: 'month',
  source: 1,
  compared: true,
  ...change,
});
const ours = (amount: number) => ({ amount, currency: 'EUR', per: 'month' }) as const;

describe('comparePrices()', () => {
  it('compares only prices in one currency on one basis, the largest group first', () => {
    const compared = comparePrices([
      price(10, { currency: 'USD' }),
      price(12),
      price(120, { per: 'year' }),
      price(8),
      price(9, { per: 'user-month' }),
      price(1, { compared: false }),
    ]);
    expect(compared.map(({ currency, per, plans, min, max }) => [currency, per, plans, min, max])).toEqual([
      ['EUR', 'month', 2, 8, 12],
      ['EUR', 'user-month', 1, 9, 9],
      ['EUR', 'year', 1, 120, 120],
      ['USD', 'month', 1, 10, 10],
    ]);
  });

  it.each([
    [[10], 10],
    [[10, 20], 15],
    [[30, 10, 20], 20],
    [[0.1, 0.2], 0.15],
    [[19.99, 20], 20], // half a cent is rounded up
    [[1.01, 3], 2.01],
    [[5, 100, 7, 9], 8],
  ])('finds the median of %j to the cent: %d', (amounts, median) => {
    expect(comparePrices(amounts.map((amount) => price(amount)))[0]?.median).toBe(median);
  });

  it('counts free plans and keeps them out of the figures', () => {
    const [compared] = comparePrices([price(0), price(0, { competitor: 'free only' }), price(10), price(20, { competitor: 'other' })]);
    expect(compared).toMatchObject({ plans: 2, free: 2, competitors: 2, min: 10, median: 15, max: 20 });
    expect(comparePrices([price(0)])).toEqual([]);
  });

  it.each([
    [4, 'below all', -69.2, 0, 3],
    [11, 'below the median', -15.4, 1, 2],
    [13, 'at the median', 0, 1, 1],
    [14, 'above the median', 7.7, 2, 1],
    [20, 'above the median', 53.8, 2, 0],
    [21, 'above all', 61.5, 3, 0],
  ])('says where %d stands: %s', (amount, place, percent, cheaper, dearer) => {
    const [compared] = comparePrices([price(10), price(13), price(20)], ours(amount));
    expect(compared?.ours).toEqual({ amount, place, percent, cheaper, dearer });
  });

  it('places ours in no group of another currency or basis', () => {
    const compared = comparePrices([price(10, { currency: 'USD' }), price(100, { per: 'year' })], ours(10));
    expect(compared.map((group) => group.ours)).toEqual([null, null]);
  });

  it('of nothing is nothing', () => {
    expect(comparePrices([], ours(10))).toEqual([]);
  });
});

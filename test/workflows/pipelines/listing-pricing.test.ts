import fc from 'fast-check';

import { LEAST_COMPS, priceFromComps, quartiles, ROUND_TO, type ComparableSale } from '../../../workflows/pipelines/listing-pricing';

const sale = (recordId: string, closePrice: number, livingAreaSqft = 1_000): ComparableSale => ({
  recordId,
  address: `${recordId} Elm Street`,
  closePrice,
  closeDate: '2026-05-01',
  livingAreaSqft,
});
const sales = (...prices: number[]): ComparableSale[] => prices.map((price, at) => sale(`r${at}`, price));
const subject = { address: '14 Larch Street', livingAreaSqft: 1_500 };

describe('priceFromComps()', () => {
  it('computes price per square foot to the cent, quartiles, and the range rounded to thousands', () => {
    const priced = priceFromComps([sale('a', 300_000, 1_500), sale('b', 315_555.55, 1_450), sale('c', 402_000, 1_800)], {
      ...subject,
      askingPrice: 305_000,
    });
    expect(priced.used.map(({ pricePerSqft }) => pricePerSqft)).toEqual([200, 217.62, 223.33]);
    expect([priced.lowerQuartilePricePerSqft, priced.medianPricePerSqft, priced.upperQuartilePricePerSqft]).toEqual([
      208.81, 217.62, 220.48,
    ]);
    expect(priced.suggestedRange).toEqual({ low: 313_000, middle: 326_000, high: 331_000 });
    expect([priced.askingPricePerSqft, priced.askingPriceIs, priced.whyNoRange]).toEqual([203.33, 'below', null]);
  });

  it.each([
    [313_000, 'within'],
    [331_000, 'within'],
    [312_999.99, 'below'],
    [331_000.01, 'above'],
  ] as const)('says where an asking price of %d lies: %s', (askingPrice, where) => {
    const comps = [sale('a', 300_000, 1_500), sale('b', 315_555.55, 1_450), sale('c', 402_000, 1_800)];
    expect(priceFromComps(comps, { ...subject, askingPrice }).askingPriceIs).toBe(where);
  });

  it('leaves out an outlier, the property itself, what is listed twice and what cannot be measured, each with its reason', () => {
    const comps = [
      ...sales(200_000, 205_000, 210_000, 215_000, 900_000),
      sale('r0', 1),
      { ...sale('own', 200_000), address: '14 LARCH  street' },
      sale('same record', 210_000),
      sale('land', 200_000, 0),
    ];
    const { used, dropped } = priceFromComps(comps, { ...subject, recordId: 'same record' });
    expect(used.map(({ recordId }) => recordId)).toEqual(['r0', 'r1', 'r2', 'r3']);
    expect(dropped.map(({ recordId, reason }) => [recordId, reason])).toEqual([
      ['r0', 'it is listed twice'],
      ['own', 'it is the property itself'],
      ['same record', 'it is the property itself'],
      ['land', 'it has no price or no living area'],
      ['r4', 'its price per square foot is an outlier among these sales'],
    ]);
  });

  it('takes no sale for an outlier only because all others are the same', () => {
    expect(priceFromComps(sales(200_000, 200_000, 200_000, 200_000, 215_000), subject).dropped).toEqual([]);
  });

  it.each([
    [sales(1, 2), subject, '2 usable comparable sales, at least 3 are needed'],
    [sales(1), subject, '1 usable comparable sale, at least 3 are needed'],
    [sales(1, 2, 3), { address: 'x' }, 'the living area is not known'],
  ])('says why there is no range: %#', (comps, property, why) => {
    expect(priceFromComps(comps, { ...property, askingPrice: 5 })).toMatchObject({
      suggestedRange: null,
      whyNoRange: why,
      askingPriceIs: null,
    });
  });
});

describe('priceFromComps() of any sales', () => {
  const anySales = fc.uniqueArray(
    fc.record({
      recordId: fc.uuid(),
      closePrice: fc.integer({ min: 0, max: 5_000_000 }),
      livingAreaSqft: fc.integer({ min: 0, max: 9_000 }),
    }),
    { selector: ({ recordId }) => recordId, maxLength: 25 },
  );
  const asSales = (rows: ReadonlyArray<{ recordId: string; closePrice: number; livingAreaSqft: number }>): ComparableSale[] =>
    rows.map((row) => ({ ...sale(row.recordId, row.closePrice, row.livingAreaSqft) }));

  it('uses or drops each sale once, and gives the same numbers in any order', () => {
    fc.assert(
      fc.property(anySales, (rows) => {
        const { used, dropped, ...numbers } = priceFromComps(asSales(rows), subject);
        const all = [...used, ...dropped].map(({ recordId }) => recordId);
        expect([...all].sort()).toEqual(rows.map(({ recordId }) => recordId).sort());
        const { used: usedBackwards, dropped: _dropped, ...backwards } = priceFromComps(asSales([...rows].reverse()), subject);
        expect(backwards).toEqual(numbers);
        expect(new Set(usedBackwards.map(({ recordId }) => recordId))).toEqual(new Set(used.map(({ recordId }) => recordId)));
      }),
    );
  });

  it('has a range exactly when enough sales are used: in thousands, in order, within what the used sales would give', () => {
    fc.assert(
      fc.property(anySales, (rows) => {
        const { used, suggestedRange: range } = priceFromComps(asSales(rows), subject);
        expect(range !== null).toBe(used.length >= LEAST_COMPS);
        if (range === null) return;
        const { low, middle, high } = range;
        for (const price of [low, middle, high]) expect(price % ROUND_TO).toBe(0);
        expect(low <= middle && middle <= high).toBe(true);
        const prices = used.map(({ pricePerSqft }) => pricePerSqft * subject.livingAreaSqft);
        expect(low).toBeGreaterThanOrEqual(Math.min(...prices) - ROUND_TO);
        expect(high).toBeLessThanOrEqual(Math.max(...prices) + ROUND_TO);
      }),
    );
  });
});

describe('quartiles()', () => {
  it.each([
    [[1], [1, 1, 1]],
    [
      [400, 100, 300, 200],
      [175, 250, 325],
    ],
    [
      [10, 20, 30, 40, 50],
      [20, 30, 40],
    ],
  ])('of %j are %j, as spreadsheets have them', (values, expected) => expect(quartiles(values)).toEqual(expected));
});

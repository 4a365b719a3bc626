import fc from 'fast-check';

import { formatPrice, lookUp, namesQuantity, priceQuote, type CatalogItem } from '../../../workflows/pipelines/catalog';

const CATALOG: CatalogItem[] = [
  { id: 'kettle-1', name: 'Gooseneck kettle', description: 'For pour-over coffee', keywords: ['water'], price: 49.9 },
  { id: 'grinder-2', name: 'Burr grinder', description: 'Forty settings', keywords: ['coffee', 'mill'], price: 129 },
  { id: 'cup-3', name: 'Café cup', attributes: { colour: 'blue' }, price: 7.35 },
];

const ids = (question: string, limit = 9): string[] => lookUp(question, CATALOG, limit).map(({ id }) => id);

describe('lookUp()', () => {
  it.each([
    ['Do you have kettles?', ['kettle-1']],
    ['Which grinder is good for coffee?', ['grinder-2', 'kettle-1']],
    ['Is CUP-3 in stock, or the grinder?', ['cup-3', 'grinder-2']],
    ['cafe cups in blue', ['cup-3']],
    ['What are you?', []],
  ])('finds for "%s" %j', (question, expected) => expect(ids(question)).toEqual(expected));

  it('returns products of the catalog only, none twice, at most as many as asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 3 }), (question, limit) => {
        const found = lookUp(`${question} coffee cup kettle`, CATALOG, limit);
        expect(found.length).toBeLessThanOrEqual(limit);
        expect(new Set(found).size).toBe(found.length);
        for (const item of found) expect(CATALOG).toContain(item);
      }),
    );
  });
});

describe('priceQuote()', () => {
  it('adds up lines of one product and leaves out what the catalog does not have', () => {
    const requests = [
      { id: 'cup-3', quantity: 2 },
      { id: 'nosuch', quantity: 5 },
      { id: 'cup-3', quantity: 1 },
      { id: 'grinder-2', quantity: 1 },
    ];
    expect(priceQuote(requests, CATALOG)).toEqual({
      lines: [
        { id: 'cup-3', name: 'Café cup', quantity: 3, unitPrice: 7.35, total: 22.05 },
        { id: 'grinder-2', name: 'Burr grinder', quantity: 1, unitPrice: 129, total: 129 },
      ],
      total: 151.05,
    });
  });

  it('is exact to the cent, whatever the prices', () => {
    const line = fc.record({ priceCents: fc.integer({ min: 0, max: 10_000_000 }), quantity: fc.integer({ min: 1, max: 1_000 }) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const catalog = lines.map(({ priceCents }, at) => ({ id: `p${at}`, name: 'P', price: priceCents / 100 }));
        const { total, lines: priced } = priceQuote(
          lines.map(({ quantity }, at) => ({ id: `p${at}`, quantity })),
          catalog,
        );
        expect(total).toBe(lines.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0) / 100);
        expect(priced.map((at) => at.total)).toEqual(lines.map(({ priceCents, quantity }) => (priceCents * quantity) / 100));
      }),
    );
  });
});

describe('formatPrice()', () => {
  it.each([
    [1299, 'USD', '$1,299.00'],
    [0.5, 'EUR', '€0.50'],
    [1234567.89, 'CHF', 'CHF 1,234,567.89'],
  ])('writes %d %s as %s', (price, currency, written) => expect(formatPrice(price, currency)).toBe(written));
});

describe('namesQuantity()', () => {
  it.each([
    ['How much is it?', 1, true],
    ['How much are 3 cups?', 3, true],
    ['How much are three cups?', 3, true],
    ['a dozen, please', 12, true],
    ['1,200 cups', 1_200, true],
    ['How much are 30 cups?', 3, false],
    ['How much are the cups?', 6, false],
  ])('"%s" names %d: %s', (question, quantity, named) => expect(namesQuantity(question, quantity)).toBe(named));
});

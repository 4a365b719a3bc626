import fc from 'fast-check';

import { formatPrice } from '../../workflows/pipelines/catalog';
import { figuresIn, numberOf, sourcesIn, traceFigures, type FigureSource } from '../../common/figures';

describe('figuresIn()', () => {
  it.each([
    ['It costs $1,299.00 now', [['$1,299.00', 'money', 1299]]],
    ['Es kostet 1.299,00 € netto', [['1.299,00 €', 'money', 1299]]],
    [
      'USD 12.50 or 12,50 EUR',
      [
        ['USD 12.50', 'money', 12.5],
        ['12,50 EUR', 'money', 12.5],
      ],
    ],
    [
      'save 15% today, or 15 percent',
      [
        ['15%', 'percent', 15],
        ['15 percent', 'percent', 15],
      ],
    ],
    [
      'twenty-five dollars and ten percent',
      [
        ['twenty-five dollars', 'money', 25],
        ['ten percent', 'percent', 10],
      ],
    ],
    ['now half price', [['half price', 'percent', 50]]],
    [
      'a 500W motor and 2x the power',
      [
        ['500', 'number', 500],
        ['2', 'number', 2],
      ],
    ],
    ['two of them, one for each', []],
    ['1. First\n2) Second\n 10. Tenth', []],
    [
      'It weighs 3. Then 4.',
      [
        ['3', 'number', 3],
        ['4', 'number', 4],
      ],
    ],
    ['a thousand euros', [['a thousand euros', 'money', 1000]]],
  ])('finds in "%s" %j', (text, expected) => {
    const found = figuresIn(text);
    expect(found.map(({ text: written, kind, value }) => [written, kind, value])).toEqual(expected);
    for (const { text: written, at } of found) expect(text.slice(at, at + written.length)).toBe(written);
  });
});

describe('numberOf()', () => {
  it('reads what formatPrice() writes, in English and in continental spelling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (priceCents) => {
        const english = formatPrice(priceCents / 100, 'USD').slice(1);
        const continental = english.replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','));
        expect([numberOf(english), numberOf(continental)]).toEqual([priceCents / 100, priceCents / 100]);
      }),
    );
  });

  it.each([
    ['1,299', 1299],
    ['12,5', 12.5],
    ['1.299', 1.299],
    ['1,000,000', 1_000_000],
    ['1.000.000', 1_000_000],
  ])('reads "%s" as %d', (written, value) => expect(numberOf(written)).toBe(value));
});

describe('traceFigures()', () => {
  const sources: FigureSource[] = [
    { kind: 'money', value: 49.9, source: 'price' },
    { kind: 'number', value: 3, source: 'quantity' },
    { kind: 'percent', value: 20, source: 'description' },
  ];

  it('names the source of each figure and lists those without one', () => {
    const text = 'The K-200 costs $49.90; 3 of them, 20% lighter, come to $149.70. The number 49.90 is a price, $3 and 3% are not.';
    expect(traceFigures(text, sources, ['K-200'])).toEqual({
      traced: [
        { figure: '$49.90', source: 'price' },
        { figure: '3', source: 'quantity' },
        { figure: '20%', source: 'description' },
        { figure: '49.90', source: 'price' },
      ],
      untraced: ['$149.70', '$3', '3%'],
    });
  });

  it('takes a number inside a longer name for no name', () => {
    expect(traceFigures('The K-2000 is new', sources, ['K-200']).untraced).toEqual(['2000']);
  });

  it('never lets an amount pass that differs by a cent from every source', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10_000_00 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 10_000_00 }),
        (known, stated) => {
          const allowed = known.map((value): FigureSource => ({ kind: 'money', value: value / 100, source: 'catalog' }));
          const { traced, untraced } = traceFigures(`That makes ${formatPrice(stated / 100, 'EUR')} in all.`, allowed);
          expect([traced.length, untraced.length]).toEqual(known.includes(stated) ? [1, 0] : [0, 1]);
        },
      ),
    );
  });

  it.each([
    ['$12', '€12.00', false],
    ['€12', '12 euros', true],
    ['CA$12', '$12', true],
    ['CA$12', 'US$12', false],
    ['A$12', 'AUD 12.00', true],
    ['R$12', '$12', false],
    ['twelve dollars', 'EUR 12', false],
    ['¥1,200', 'CNY 1,200', true],
    ['PLN 12.00', '€12.00', false],
    ['12 PLN', 'PLN 12.00', true],
    ['12', '€12.00', true],
    ['twelve bucks', 'USD 12', true],
    ['it costs$12', '$12', true],
  ])('compares currencies: that %s is %s is %s', (figure, source, same) => {
    expect(traceFigures(figure, sourcesIn(source, 'fact')).untraced.length === 0).toBe(same);
  });

  it('compares no currency with an amount that does not say which it is in, and with the one that its source names', () => {
    const amount = { kind: 'money', value: 12, source: 'price' } as const;
    expect(traceFigures('$12 or €12', [amount]).untraced).toEqual([]);
    expect(traceFigures('$12 or €12', [{ ...amount, currency: 'EUR' }]).untraced).toEqual(['$12']);
    expect(traceFigures('$12', [{ ...amount, currency: 'XAF' }]).untraced).toEqual(['$12']);
  });
});

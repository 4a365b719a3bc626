import { collectFacts, tracedIn } from '../../../workflows/pipelines/customer-facts';

const candidates = [
  { id: 'cup-3', name: 'Cup 300', description: 'Holds 300 ml, 10% lighter', attributes: { height: '9 cm' }, price: 7.35 },
  { id: 'kettle-1', name: 'Kettle', price: 49.9 },
];
const facts = (query: string, lines: ReadonlyArray<readonly [string, number]>, picks: readonly string[] = []) =>
  collectFacts(
    { query, currency: 'EUR' },
    { candidates, picks: picks.map((id) => ({ id, why: 'fits' })), requests: lines.map(([id, quantity]) => ({ id, quantity })) },
  );

describe('collectFacts()', () => {
  it.each([
    [
      'How much is a cup?',
      [
        ['cup-3', 1],
        ['cup-3', 1],
      ],
      [['cup-3', 1]],
    ],
    [
      'How much are 4 cups?',
      [
        ['cup-3', 4],
        ['cup-3', 1],
        ['cup-3', 4],
      ],
      [['cup-3', 4]],
    ],
    [
      '4 cups for me and two for her',
      [
        ['cup-3', 4],
        ['cup-3', 2],
      ],
      [['cup-3', 6]],
    ],
    [
      'cups and a kettle',
      [
        ['cup-3', 6],
        ['kettle-1', 1],
        ['nosuch', 2],
      ],
      [
        ['cup-3', 1],
        ['kettle-1', 1],
      ],
    ],
  ] as const)('prices for "%s" of %j: %j', (query, lines, expected) => {
    expect(facts(query, lines).quote.lines.map(({ id, quantity }) => [id, quantity])).toEqual(expected);
  });

  it('takes products that were offered, each once, and shows prices as they may be quoted', () => {
    const { products, shown, shownQuote } = facts('two kettles', [['kettle-1', 2]], ['nosuch', 'cup-3', 'cup-3']);
    expect(products).toEqual([{ id: 'cup-3', name: 'Cup 300', why: 'fits' }]);
    expect(shown.map(({ id, price }) => [id, price])).toEqual([
      ['cup-3', '€7.35'],
      ['kettle-1', '€49.90'],
    ]);
    expect(shownQuote).toEqual({ lines: [{ name: 'Kettle', quantity: 2, unitPrice: '€49.90', total: '€99.80' }], total: '€99.80' });
  });
});

describe('tracedIn()', () => {
  const known = facts('I was told 3 cups cost €5 with 20% off', [['cup-3', 3]], ['cup-3']);

  it.each([
    ['The Cup 300 holds 300 ml, is 9 cm high and 10% lighter; 3 come to €22.05.', []],
    ['Yes, they cost €5 with 20% off.', ['€5', '20%']],
    ['It is 12 cm high and ships in 2 days.', ['12', '2']],
    ['The 3 come to $22.05, not to EUR 22.05.', ['$22.05']],
    ['Three cups come to twenty-two euros.', ['twenty-two euros']],
  ])('in "%s" finds no source for %j', (answer, untraced) => expect(tracedIn(answer, known).untraced).toEqual(untraced));
});

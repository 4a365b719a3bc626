import { collectFindings, comparisonInWords, plainAddress, priceInWords } from '../../../workflows/pipelines/competitor-findings';
import type { Studied } from '../../../workflows/pipelines/competitor-findings';

type Study = NonNullable<Studied['study']>;

const study = (change: Partial<Study> = {}): Study => ({
  positioning: 'For makers.\nIt promises  calm [12].',
  strengths: [{ claim: 'Fast to set up [3].', source: 'https://acme.test/tour/' }],
  weaknesses: [{ claim: 'No export.' }],
  prices: [{ plan: 'Pro', amount: 12, currency: 'EUR', per: 'month', source: 'http://ACME.test/prices#pro' }],
  sources: [
    { url: 'https://acme.test/tour', title: 'The\ntour' },
    { url: 'https://acme.test/prices?utm_source=x', title: 'Prices' },
  ],
  ...change,
});
const studied = (id: string, its?: Study): Studied => ({ competitor: { id, name: id, alsoCalled: [] }, ...(its && { study: its }) });

describe('plainAddress()', () => {
  it.each([
    [['https://a.test/x', 'http://A.test/x/', 'https://www.a.test/x#top', 'a.test/x?utm_source=b&utm_medium=c'], 'a.test/x'],
    [['https://a.test/X?id=1&utm_campaign=z', 'https://a.test/X/?id=1'], 'a.test/X?id=1'],
    [['https://a.test', 'https://a.test/'], 'a.test'],
  ])('of %j is %s', (urls, expected) => {
    expect(urls.map(plainAddress)).toEqual(urls.map(() => expected));
  });

  it('keeps other pages apart', () => {
    expect(new Set(['https://a.test/x', 'https://a.test/X', 'https://b.test/x', 'https://a.test/x?p=1'].map(plainAddress)).size).toBe(4);
  });
});

describe('collectFindings()', () => {
  it('numbers sources through, one number a page, and follows claims and prices to them', () => {
    const second = study({ sources: [{ url: 'https://acme.test/prices/', title: 'Seen elsewhere' }], strengths: [], weaknesses: [] });
    const { sources, competitors, prices } = collectFindings([studied('acme', study()), studied('dove', second)]);
    expect(sources).toEqual([
      { number: 1, title: 'The tour', url: 'https://acme.test/tour' },
      { number: 2, title: 'Prices', url: 'https://acme.test/prices?utm_source=x' },
    ]);
    expect(competitors[0]?.strengths).toEqual([{ claim: 'Fast to set up [3].', source: 1 }]);
    expect(competitors[0]?.weaknesses).toEqual([{ claim: 'No export.', source: null }]);
    expect(prices.map(({ competitor, source, compared }) => [competitor, source, compared])).toEqual([
      ['acme', 2, true],
      ['dove', 2, true],
    ]);
  });

  it('compares no price whose page the study does not name, not even one that another study has', () => {
    const made = study({ sources: [] });
    const { prices, comparisons } = collectFindings([studied('acme', study()), studied('dove', made)]);
    expect(prices[1]).toMatchObject({ competitor: 'dove', source: null, compared: false });
    expect(comparisons).toEqual([expect.objectContaining({ plans: 1, competitors: 1 })]);
  });

  it('counts a plan once that is listed twice, and prefers the one with a source', () => {
    const listed = (source: string) => ({ plan: 'Pro', amount: 12, currency: 'EUR', per: 'month', source }) as const;
    const twice = study({ prices: [listed('https://nowhere.test'), { ...listed('https://acme.test/prices'), plan: 'PRO' }] });
    const { prices } = collectFindings([studied('acme', twice)]);
    expect(prices).toHaveLength(1);
    expect(prices[0]).toMatchObject({ source: 2, compared: true });
  });

  it('lists prices on another basis without comparing them', () => {
    const { prices, comparisons } = collectFindings([
      studied('acme', study({ prices: [{ plan: 'Bulk', amount: 3, currency: 'EUR', per: 'other', source: 'https://acme.test/prices' }] })),
    ]);
    expect(prices).toEqual([expect.objectContaining({ per: 'other', source: 2, compared: false })]);
    expect(comparisons).toEqual([]);
  });

  it('makes facts with ids of their own, without reference numbers that pages bring along', () => {
    const ours = { name: 'Quill', price: { amount: 9, currency: 'EUR', per: 'month' } } as const;
    const { facts } = collectFindings([studied('acme', study()), studied('gone')], ours);
    expect(facts).toEqual([
      { id: 'acme-positioning', competitor: 'acme', claim: 'Positioning of acme: For makers. It promises calm.', sources: [] },
      { id: 'acme-strength-1', competitor: 'acme', claim: 'Strength of acme: Fast to set up.', sources: [1] },
      { id: 'acme-weakness-1', competitor: 'acme', claim: 'Weakness of acme: No export.', sources: [] },
      { id: 'acme-price-1', competitor: 'acme', claim: 'Price of acme: Pro costs €12.00 per month.', sources: [2] },
      { id: 'ours-price', competitor: null, claim: 'Price of our product Quill: Quill costs €9.00 per month.', sources: [] },
      {
        id: 'comparison-1',
        competitor: null,
        claim:
          'Prices in EUR per month (1 paid plan of 1 competitor): lowest €12.00, median €12.00, highest €12.00. ' +
          'Our product Quill costs €9.00: below all, 25% below the median; 0 cheaper, 1 dearer.',
        sources: [],
      },
    ]);
  });

  it('keeps a competitor without a study, as not researched', () => {
    expect(collectFindings([studied('gone')]).competitors).toEqual([
      { id: 'gone', name: 'gone', url: null, alsoCalled: [], researched: false, positioning: null, strengths: [], weaknesses: [] },
    ]);
  });
});

describe('priceInWords() and comparisonInWords()', () => {
  it('say what is free', () => {
    const free = { competitor: 'a', plan: 'Solo', amount: 0, currency: 'USD', per: 'month', source: 1, compared: true } as const;
    expect(priceInWords(free, 'Acme')).toBe('Price of Acme: Solo is free.');
    const compared = { currency: 'USD', per: 'use', plans: 2, free: 1, competitors: 2, min: 1, median: 1.5, max: 2, ours: null } as const;
    expect(comparisonInWords(compared)).toBe(
      'Prices in USD per use (2 paid plans of 2 competitors): lowest $1.00, median $1.50, highest $2.00, and 1 free.',
    );
  });
});

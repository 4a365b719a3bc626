import { EMPTY_DESK, type Desk } from '../../../workflows/pipelines/listing-desk';
import { proposalOf, type ListingBasis } from '../../../workflows/pipelines/listing-proposal';

const line = (place: string, text: string) => ({ place, text, maxCharacters: 60 });
const finding = { check: 'figure', phrase: '$1', rule: 'No fact has it', at: 0, text: 'mlsDescription', round: 0 } as const;
const desk: Desk = {
  ...EMPTY_DESK,
  drafts: [
    { name: 'mlsDescription', lines: [line('mlsDescription', 'A home at $1')] },
    { name: 'captions.x', lines: [line('captions.x', 'Deck')] },
  ],
  log: [
    { ...finding, place: 'mlsDescription', settled: 'open' },
    { ...finding, phrase: '$2', place: 'mlsDescription', settled: 'rewritten' },
  ],
};
const pricing = {
  currency: 'USD',
  used: [{}, {}, {}],
  suggestedRange: { low: 543_000, middle: 552_000, high: 560_000 },
  whyNoRange: null,
  askingPrice: 549_000,
  askingPriceIs: 'within',
} as unknown as ListingBasis['pricing']; // the rest is not shown
const sources = [
  { tool: 'propertyRecord', source: 's', sample: true, found: true },
  { tool: 'walkability', source: 's', sample: false, found: true },
];
const leftOut = [{ field: 'property.features[0]', value: 'for $1', why: 'it states an amount or a share' }];

describe('proposalOf()', () => {
  it('has sample data, the price range, what was left out, and every text with what is open against it', () => {
    expect(proposalOf(desk, { pricing, leftOut, sources })).toEqual({
      sampleData: ['propertyRecord: invented, not of this property'],
      price: 'suggested $543,000 to $560,000, from 3 comparable sales; asked $549,000, within the suggested range',
      leftOut: ['property.features[0]: "for $1", it states an amount or a share'],
      notWritten: ['captions.instagram', 'captions.facebook', 'highlights'],
      texts: [
        { place: 'mlsDescription', text: 'A home at $1', findings: ['figure: "$1": No fact has it'] },
        { place: 'captions.x', text: 'Deck' },
      ],
    });
  });

  it('says which texts the Fair Housing reviewer has not read, and why there is no range', () => {
    const unpriced = { ...pricing, suggestedRange: null, whyNoRange: 'too few sales', askingPrice: null };
    const shown = proposalOf({ ...desk, log: [], unread: ['captions.x'] }, { pricing: unpriced, leftOut: [], sources: [] });
    expect(Object.keys(shown)).toEqual(['price', 'notWritten', 'texts']);
    expect(shown.price).toBe('no suggested price: too few sales');
    expect(shown.texts[1]).toEqual({ place: 'captions.x', text: 'Deck', findings: ['not read by the Fair Housing reviewer'] });
  });
});

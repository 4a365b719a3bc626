import { renderMarkdown } from '../../../client/cli/render-result';

const sale = { recordId: 'r', address: '1 Elm Street', closePrice: 300_000, closeDate: '2026-05-01', livingAreaSqft: 1_500 };
const result = {
  status: 'ready',
  mlsDescription: 'Three bedrooms.',
  captions: { instagram: 'I', facebook: null, x: 'X' },
  highlights: [{ text: 'Deck', field: 'property.features[0]' }],
  pricing: {
    currency: 'USD',
    livingAreaSqft: 1_840,
    used: [{ ...sale, pricePerSqft: 200 }],
    dropped: [{ ...sale, address: '2 Elm Street', pricePerSqft: 900, reason: 'it is an outlier' }],
    outlierRule: 'rule',
    lowerQuartilePricePerSqft: 190,
    medianPricePerSqft: 200.5,
    upperQuartilePricePerSqft: 210,
    suggestedRange: { low: 350_000, middle: 369_000, high: 386_000 },
    whyNoRange: null,
    askingPrice: 400_000,
    askingPricePerSqft: 217.39,
    askingPriceIs: 'above',
  },
  sellingPoints: [{ field: 'property.stories', fact: '2', why: 'w' }],
  figures: [{ place: 'mlsDescription', figure: 'Three bedrooms', field: 'property.bedrooms', source: 'the caller' }],
  findings: [],
  reviewerFindings: [],
  fairHousing: { listVersion: 'v1' },
  leftOut: [],
  sources: [{ tool: 'walkability', source: 's', sample: true, found: true }],
  reviewedBy: null,
};

describe('renderMarkdown() of a listing', () => {
  test('shows texts, prices and where they come from, and that data is sample data', () => {
    const text = renderMarkdown('listing', result);
    for (const line of [
      '**Sample data, not of a real property: walkability.**',
      '## MLS description\n\nThree bedrooms.',
      '- instagram: I\n- facebook: (could not be written)\n- x: X',
      '- Suggested: 350,000 USD to 386,000 USD, from 1 comparable sales',
      '- Median of the sales: 200.5 USD per sq ft',
      '- Asked: 400,000 USD, above the suggested range',
      '- Left out: 2 Elm Street, it is an outlier',
      '- property.stories: 2',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('## Findings');
  });

  test('says what was objected to and how it was settled', () => {
    const finding = { round: 0, check: 'figure', phrase: '$1', rule: 'R', place: 'captions.x', at: 0, severity: null, settled: 'open' };
    const leftOut = [{ field: 'property.features[1]', value: 'for $1', why: 'it states an amount' }];
    const pricing = { ...result.pricing, suggestedRange: null, whyNoRange: 'too few sales', askingPrice: null, askingPriceIs: null };
    const text = renderMarkdown('listing', { ...result, status: 'held', findings: [finding], pricing, leftOut });
    expect(text).toContain('**Held: nobody has decided on the open findings. Not approved.**');
    expect(text).toContain('- captions.x: "$1" (figure): R → open');
    expect(text).toContain('- No suggested price: too few sales');
    expect(text).toContain('- property.features[1]: "for $1", it states an amount');
    expect(text).not.toContain('Asked:');
  });

  test('names the person who approved', () => {
    expect(renderMarkdown('listing', { ...result, status: 'approved by person', reviewedBy: 'Noor' })).toMatch(
      /^Approved by a person: Noor\./,
    );
  });
});

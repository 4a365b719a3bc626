import { renderMarkdown } from '../../../client/cli/render-result';
import type { PipelineResult } from '../../../common/pipelines/types';

const launch: PipelineResult<'productLaunch'> = {
  status: 'flagged',
  title: 'Brook Bottle: Glass Water Bottle',
  description: 'A bottle of glass.',
  bullets: ['Glass', 'Sleeve'],
  metaDescription: 'Glass water bottle with a sleeve.',
  keywordsUsed: ['glass water bottle'],
  pricing: {
    currency: 'USD',
    launchPrice: 27.9,
    firstSaleDiscountPercent: 10,
    firstSalePrice: 25.11,
    marginPercent: 72.04,
    firstSaleMarginPercent: 68.93,
    floorPrice: 13,
    basis: 'market',
    competitors: { count: 3, dropped: 0, min: 24, median: 28, max: 30 },
    rationale: 'It is the middle of the market.',
    notes: ['Prices of "Shop" are missing: it is closed'],
  },
  figures: [],
  findings: [
    { check: 'attribute', phrase: 'unbreakable', rule: 'No fact says so', place: 'description', at: 3, round: 1, settled: 'open' },
    { check: 'keyword', phrase: '', rule: 'must contain the first keyword', place: 'title', at: 0, round: 2, settled: 'open' },
    { check: 'figure', phrase: '2 l', rule: 'No fact has this figure', place: 'title', at: 0, round: 1, settled: 'rewritten' },
  ],
  droppedFindings: 2,
  rounds: 3,
  insights: { praised: [{ point: 'No taste', mentions: 2 }], missed: [] },
  sources: [{ name: 'shopListings', source: 'sample data of Troupe', sample: true, used: 3 }],
};

describe('renderLaunch()', () => {
  it('shows the page, the price in two decimals, and first of the checks what is open', () => {
    const text = renderMarkdown('productLaunch', launch);
    expect(text).toMatch(/^\*\*Sample data of Troupe, not the market: comparable prices\.\*\*\n\n# Brook/);
    expect(text).toContain('# Brook Bottle: Glass Water Bottle\n\n> Glass water bottle with a sleeve.');
    expect(text).toContain(
      '- Launch price: 27.90 USD, margin 72.04% (market)\n- First sale: 10% off, 25.11 USD, margin 68.93%\n- Margin floor: 13.00 USD',
    );
    expect(text).toContain('- Comparable: 3 from 24.00 USD to 30.00 USD, median 28.00 USD\n- Prices of "Shop" are missing: it is closed');
    expect(text).toContain('- Praised (2): No taste');
    expect(text).toContain(
      '## Checks: flagged\n\n- description: "unbreakable" No fact says so\n- title: must contain the first keyword\n- 3 rounds, 1 finding mended, 2 dropped',
    );
    expect(text).toContain('- shopListings: 3 from sample data of Troupe');
  });

  it('leaves out what there is not: competitors, insights', () => {
    const alone = {
      ...launch,
      pricing: { ...launch.pricing, competitors: null },
      insights: { praised: [], missed: [] },
      keywordsUsed: [],
      sources: [],
    };
    const text = renderMarkdown('productLaunch', alone);
    expect(text).not.toMatch(/Sample data|Comparable:|What buyers|null|undefined/);
    expect(text).toContain('Keywords used: none');
  });
});

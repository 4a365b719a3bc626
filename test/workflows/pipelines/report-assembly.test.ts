import type { Findings } from '../../../workflows/pipelines/competitor-findings';
import { assembleReport, type ReportParts } from '../../../workflows/pipelines/report-assembly';

const findings: Findings = {
  competitors: [
    { id: 'acme', name: 'Acme | Co', url: null, alsoCalled: [], researched: true, positioning: 'x', strengths: [], weaknesses: [] },
  ],
  sources: [
    { number: 1, title: 'Tour', url: 'https://acme.test/tour' },
    { number: 2, title: 'Prices', url: 'https://acme.test/prices' },
  ],
  prices: [
    { competitor: 'acme', plan: 'Pro', amount: 12, currency: 'EUR', per: 'user-month', source: 2, compared: true },
    { competitor: 'acme', plan: 'Solo', amount: 0, currency: 'EUR', per: 'user-month', source: null, compared: false },
  ],
  comparisons: [
    {
      currency: 'EUR',
      per: 'user-month',
      plans: 1,
      free: 0,
      competitors: 1,
      min: 12,
      median: 12,
      max: 12,
      ours: { amount: 9, place: 'below all', percent: -25, cheaper: 0, dearer: 1 },
    },
  ],
  facts: [],
};
const parts = (change: Partial<ReportParts> = {}): ReportParts => ({
  title: '# Acme\nand others',
  ours: 'Quill',
  findings,
  analysis: 'Acme is dear.',
  sections: [
    { heading: 'The  market', body: 'It is calm [1].', untraced: [] },
    { heading: 'What to do', body: 'Wait [2, 7].', untraced: [{ kind: 'figure', text: '$13' }] },
  ],
  untraced: [],
  missing: [],
  ...change,
});

describe('assembleReport()', () => {
  it('makes no links and no tags of what a page calls itself or a plan', () => {
    const called = 'Buy](https://bad.test) [now] <img src=x>';
    const [price] = findings.prices;
    const { report } = assembleReport(
      parts({
        findings: {
          ...findings,
          sources: [{ number: 1, title: called, url: 'https://acme.test' }],
          prices: price === undefined ? [] : [{ ...price, plan: called }],
        },
        missing: [{ what: 'competitor', name: called, why: called }],
      }),
    );
    expect(report.split('Buy\\](https://bad.test) \\[now\\] \\<img src=x\\>')).toHaveLength(5);
    expect(report).not.toMatch(/[^\\]\]\(|[^\\]<img/);
  });

  it('puts title, contents, sections, prices and sources together, numbered through', () => {
    const { title, report, contents } = assembleReport(parts({ sections: parts().sections.slice(0, 1) }));
    expect(title).toBe('Acme and others');
    expect(contents).toEqual([
      { number: 1, heading: 'The market' },
      { number: 2, heading: 'Prices' },
      { number: 3, heading: 'Sources' },
    ]);
    expect(report).toBe(
      [
        '# Acme and others',
        '## Contents',
        '1. The market\n2. Prices\n3. Sources',
        '## 1. The market',
        'It is calm [1].',
        '## 2. Prices',
        'Acme is dear.',
        '| Prices in | Paid plans | Lowest | Median | Highest | Quill |\n|---|---|---|---|---|---|\n' +
          '| EUR per user and month | 1 | €12.00 | €12.00 | €12.00 | €9.00, below all |',
        '| Competitor | Plan | Price | Basis | Source |\n|---|---|---|---|---|\n' +
          '| Acme \\| Co | Pro | €12.00 | per user and month | [2] |\n| Acme \\| Co | Solo | free | per user and month | – |',
        'Prices without a source or on another basis are not compared.',
        '## 3. Sources',
        '1. Tour: <https://acme.test/tour>\n2. Prices: <https://acme.test/prices>\n',
      ].join('\n\n'),
    );
  });

  it('leaves no reference that leads nowhere, and says what was taken out and what is not proven', () => {
    const { report, untraced } = assembleReport(parts());
    expect(untraced).toEqual([
      { place: '2. What to do', kind: 'figure', text: '$13' },
      { place: '2. What to do', kind: 'reference', text: '[7]' },
    ]);
    expect(report).toContain('Wait [2].');
    expect(report).toContain('## 4. What is missing or not proven\n\n- 2. What to do: no source states “$13”.');
    const cited = [...report.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
    expect(cited.every((number) => findings.sources.some((source) => source.number === number))).toBe(true);
  });

  it('keeps the heading of a section that failed, and says why', () => {
    const { report, contents } = assembleReport(
      parts({
        sections: [{ heading: 'Lost', body: null, untraced: [] }],
        missing: [{ what: 'section', name: 'Lost', why: 'Claude declined to answer' }],
      }),
    );
    expect(contents[0]).toEqual({ number: 1, heading: 'Lost' });
    expect(report).toContain('## 1. Lost\n\nThis section could not be written.');
    expect(report).toContain('- Section Lost: Claude declined to answer');
  });

  it('says so when nothing is priced and nothing was found', () => {
    const { report } = assembleReport(parts({ findings: { ...findings, prices: [], comparisons: [], sources: [] }, analysis: null }));
    expect(report).toContain('## 3. Prices\n\nNo page that was found states a price.');
    expect(report).toMatch(/Sources\n\nNo page was found; the report rests on what the researchers knew\.\n$/);
  });

  it('counts the words of the report', () => {
    const { report, words } = assembleReport(parts());
    expect(words).toBe(report.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length);
  });
});

import pc from 'picocolors';

import { renderSample } from '../../../client/cli/render-sample';

const colors = pc.createColors(false);
const LONG = 'Tea is a drink that people make of leaves and hot water, and it has been made so for some thousand years.';
const row = (number: number, more: object = {}) => ({
  row: number,
  key: `p-${number}`,
  status: 'done',
  costUsd: 0.00521,
  result: { status: 'ok', title: 'Tea', paragraphs: [LONG] },
  ...more,
});
const sample = (rows: readonly object[], more: object = {}) => ({
  done: 3,
  failed: 1,
  waiting: 6,
  'dollars a row': 0.0052,
  'dollars in all': 0.052,
  rows,
  ...more,
});
const linesOf = (proposal: unknown): string[] => renderSample(proposal, { within: 80, colors })?.split('\n') ?? [];

describe('renderSample()', () => {
  it('says so when the other rows are much longer or shorter than these', () => {
    const about = (times: number): string[] => linesOf(sample([row(1)], { 'others times as long': times })).slice(5);
    expect(about(6.1)).toEqual([
      'The other 6 rows are 6.1 times as long as these: "npx troupe estimate" rehearses',
      'some of every length',
    ]);
    expect(about(0.25)[0]).toMatch(/^The other 6 rows are 0.25 times as long/);
    for (const alike of [0.6, 1, 1.9]) expect(about(alike)).toEqual([]);
  });

  it('is a line for each row, none wider than the terminal, and what they say of all', () => {
    const rows = [
      row(1),
      row(2, { key: 'k'.repeat(60), result: 'short' }),
      row(3, { status: 'failed', result: undefined, reason: 'Cannot use the answer' }),
    ];
    const lines = linesOf(sample(rows, { 'dollars at least': 0.04, 'dollars at most': 0.064 }));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^row +cost +result$/);
    expect(lines[1]).toMatch(/^p-1 +\$0\.00521  Tea is a drink that people make of \S+( \S+)*…$/);
    expect(lines[2]).toMatch(/^k{23}… +\$0\.00521  "short"$/);
    expect(lines[3]).toMatch(/^p-3 +\$0\.00521  failed: Cannot use the answer$/);
    expect(lines.slice(4)).toEqual([
      '',
      '3 done · 1 failed · 6 to do · the first 3 are shown',
      'about $0.00520 a row, $0.0520 in all ($0.0400 to $0.0640)',
    ]);
  });

  it('lets no text of a model move the cursor', () => {
    expect(linesOf(sample([row(1, { result: 'one\u001B[2J two\nthree' })]))[1]).toMatch(/one two three$/);
  });

  it.each([['a text'], [{ rows: [] }], [{ title: 'T', text: 'x' }], [null]])('leaves %j to others', (proposal) => {
    expect(renderSample(proposal, { within: 80, colors })).toBeUndefined();
  });
});

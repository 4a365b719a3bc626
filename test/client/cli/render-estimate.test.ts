import pc from 'picocolors';

import { estimateLine, renderEstimate } from '../../../client/cli/render-estimate';
import type { RehearsedEstimate } from '../../../client/cli/rehearse';

const around = (expected: number) => ({ low: expected * 0.9, expected, high: expected * 1.1 });
const step = (name: string, size: number): RehearsedEstimate['steps'][number] => ({
  step: name,
  model: 'claude-sonnet-5-5',
  calls: around(size),
  inputTokens: around(size * 1_000),
  cacheReadTokens: around(size * 500),
  cacheWriteTokens: around(0),
  outputTokens: around(size * 300),
  webSearches: around(0),
  costUsd: around(size * 0.000_123_456),
});
const JOB: RehearsedEstimate = {
  pipeline: 'productLaunch',
  rows: 1_500,
  sample: 20,
  lane: 'batch',
  simulated: false,
  costUsd: around(12.3456),
  tokens: around(12_345_678),
  rowUsd: around(0.0123),
  sampleUsd: around(0.246),
  steps: [step('reviewAnalyst', 1), step('aStepWithANameThatIsTooLong', 1.5), step('researcher', 120)],
  worstUsd: 98.7654,
  basis: { rehearsed: 12, incomplete: 0, formerRuns: 0, seconds: 2.4 },
  notes: ['A note'],
};
const colors = pc.createColors(false);
const shown = (estimate: RehearsedEstimate): string => renderEstimate(estimate, { colors, within: 80 });
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('renderEstimate()', () => {
  it('shows steps, totals and what they rest on within 80 columns', () => {
    const text = shown(JOB);
    expect(text).toMatch(/^Estimate for 1,500 rows of productLaunch, lane batch\n\nstep +calls +tokens in +cached +out +cost a row\n/);
    expect(text).toMatch(/researcher +120 +120,000 +60,000 +36,000 +\$0\.0133 – \$0\.0163/);
    expect(text).toMatch(/cost in all +\$11\.10 +\$12\.30 +\$13\.60/);
    expect(text).toMatch(/the first 20 rows +\$0\.221 +\$0\.246 +\$0\.271/);
    expect(oneLine(text)).toContain('Rehearsed 12 of 1,500 rows with a simulator of its own in 2.4 s; nothing was paid.');
    expect(oneLine(text)).toContain('Claude may answer at half the length or three times it; former runs will narrow the range.');
    expect(text).toContain('A cap of $98.80 would stop nothing, however long the answers.\n');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('speaks of a run, of the simulator and of former runs', () => {
    const run = shown({ ...JOB, rows: null, sample: null, rowUsd: null, sampleUsd: null, lane: 'interactive', simulated: true });
    expect(run).toMatch(/^Estimate for a run of productLaunch\n/);
    expect(run).not.toMatch(/a row|the first|searches/);
    const searching = [{ ...step('scout', 1), webSearches: around(3) }];
    expect(shown({ ...JOB, steps: searching })).toContain('The cost includes about 3 searches of the web a row.');
    expect(run).toContain('The simulator will answer in the same way.');
    expect(shown({ ...JOB, basis: { ...JOB.basis, formerRuns: 1 } })).toContain('Corrected by what a former run asked.');
    expect(shown({ ...JOB, basis: { ...JOB.basis, formerRuns: 8 } })).toContain('Corrected by what 8 former runs asked.');
  });
});

test('estimateLine() has the range, the middle and the sample', () => {
  expect(estimateLine(JOB)).toBe(
    'Estimate: $11.10 – $13.60 for 1,500 rows, about $12.30, the first 20 about $0.246 (from a rehearsal of 12)',
  );
  expect(estimateLine({ ...JOB, rows: 1, sample: null, sampleUsd: null, basis: { ...JOB.basis, formerRuns: 3 } })).toBe(
    'Estimate: $11.10 – $13.60 for 1 row, about $12.30 (from a rehearsal of 12 and 3 former runs)',
  );
});

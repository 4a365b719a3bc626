import pc from 'picocolors';

import { renderRuns } from '../../../client/cli/commands/list';
import type { RunSummary } from '../../../client/run-summary';

const run = (change: Partial<RunSummary> = {}): RunSummary => ({
  workflowId: 'brief-rag-x7k2m9qa',
  runId: 'r',
  pipeline: 'brief',
  subject: 'How to build a retrieval-augmented generation system with Python and patience',
  status: 'completed',
  startedAt: new Date(0),
  closedAt: null,
  costUsd: 0.0055,
  simulated: true,
  url: null,
  ...change,
});

const linesOf = (runs: readonly RunSummary[], width: number): string[] =>
  renderRuns(runs, { now: 120_000, colors: pc.createColors(false), width }).split('\n');

describe('renderRuns()', () => {
  test('shows status, start, cost, id and as much of the subject as fits', () => {
    const [titles, first = ''] = linesOf([run()], 80);
    expect(titles).toMatch(/^status +started +cost +run +subject$/);
    expect(first).toMatch(/^completed +2 m ago +\$0\.00550 +brief-rag-x7k2m9qa +How to build .*…$/);
    expect(first.length).toBeLessThanOrEqual(80);
  });

  test('leaves out subject, then cost, before it cuts an id', () => {
    const long = run({ workflowId: 'i'.repeat(44), status: 'budget-reached' });
    expect(linesOf([long], 80)[0]).toMatch(/^status +started +cost +run$/);
    const longer = linesOf([run({ workflowId: 'i'.repeat(60), status: 'budget-reached' })], 80);
    expect(longer[0]).toMatch(/^status +started +run$/);
    expect(longer[1]).toContain('i'.repeat(60));
  });

  test('leaves an unknown cost empty', () => {
    expect(linesOf([run({ costUsd: null, subject: '' })], 80)[1]).toMatch(/^completed +2 m ago +brief-rag-x7k2m9qa$/);
  });
});

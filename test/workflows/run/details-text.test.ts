import type { JobProgress } from '../../../common/job';
import type { OpenReview } from '../../../common/review';
import type { RunProgress } from '../../../common/run';
import { detailsText } from '../../../workflows/run/details-text';

const RUN: RunProgress = {
  pipeline: 'batchJob',
  subject: 'brief',
  status: 'running',
  stage: null,
  steps: [],
  degraded: [],
  costUsd: 0.952,
  uncertainUsd: 0,
  budgetUsd: 5,
  simulated: true,
};

const JOB: JobProgress = {
  pipeline: 'brief',
  rows: 200,
  done: 145,
  before: 0,
  failed: 1,
  running: 4,
  waiting: 50,
  concurrency: 5,
  rowUsd: 0.0066,
  expectedUsd: 1.31,
  remainingMs: 8_000_000,
  elapsedMs: 1,
  hold: null,
  folder: 'jobs/a',
  manifest: 'blobs/b',
};

const GATE: OpenReview = {
  name: 'sample',
  title: 'Go on with the other 50 of 200 rows?',
  preview: '{"done":150}',
  openedAt: 0,
  deadlineAt: null,
  onDeadline: null,
  remindedAt: null,
};

/** As Markdown shows it: the Web UI would set what stands between two bare dollar signs as a formula. */
function shown(text: string): string {
  expect(text).not.toMatch(/(^|[^\\])\$/);
  return text.replaceAll('\\$', '$').replaceAll(/[ \u00a0]+/g, ' ');
}

describe('detailsText()', () => {
  test('shows cost and cap, and of a job its figures', () => {
    const text = shown(detailsText({ ...RUN, job: JOB }, 'spring'));
    expect(text).toContain('**running** · $0.952 of $5.00 · simulated Claude');
    expect(text).toContain('| 200 | 145 | 1 | 4 | 50 | $0.00660 | $1.31 | 2 h 13 m |');
  });

  test('names the lane, and leaves open what nobody knows yet', () => {
    const job = { ...JOB, lane: 'batch', done: 0, failed: 0, rowUsd: null, expectedUsd: null, remainingMs: null } as const;
    const text = shown(detailsText({ ...RUN, job }, 'spring'));
    expect(text).toContain(' of $5.00 · batch lane · simulated Claude');
    expect(text).toContain('| 200 | 0 | 0 | 4 | 50 | – | – | – |');
  });

  test('says with which command a job on hold goes on', () => {
    const hold = {
      kind: 'budget',
      message: 'the budget of $5.00 does not cover another row: $0.01 is left',
      enough: { budgetUsd: 6.5 },
    } as const;
    const text = shown(detailsText({ ...RUN, job: { ...JOB, hold } }, 'spring'));
    expect(text).toContain('**On hold:** the budget of $5.00 does not cover another row: $0.01 is left');
    expect(text).toContain('`npx troupe raise spring --budget-usd 6.5`');
    const { enough: _, ...old } = hold;
    expect(detailsText({ ...RUN, job: { ...JOB, hold: old } }, 'spring')).toContain('`npx troupe raise spring --budget-usd N`');
  });

  test('says how to answer what waits for a person; the sample of a job is not shown as JSON', () => {
    const text = shown(detailsText({ ...RUN, job: { ...JOB, persons: 1, toReview: ['spring/7'] }, reviews: [GATE] }, 'spring'));
    expect(text).toContain('**1 row waits for a person:**\n- `npx troupe review spring/7`');
    expect(text).toContain('**sample**: Go on with the other 50 of 200 rows?\n\nLook and answer: `npx troupe review spring`');
    expect(text).not.toContain('"done"');
    expect(shown(detailsText({ ...RUN, reviews: [{ ...GATE, preview: 'It costs $5.\nOr $6.' }] }, 'answer'))).toContain(
      '> It costs $5.\n> Or $6.\n\nLook and answer: `npx troupe review answer`',
    );
  });
});

import { dueOf, howToAnswer, howToRaise, waitsForPerson } from '../../../client/cli/waiting';
import type { WatchedRun } from '../../../client/watch-run';
import type { JobHold, JobProgress } from '../../../common/job';
import type { OpenReview } from '../../../common/review';

const now = Date.now();
const open = (more: Partial<OpenReview> = {}): OpenReview => ({
  name: 'answer',
  title: 'Send it?',
  preview: 'Dear customer',
  openedAt: now,
  deadlineAt: null,
  onDeadline: null,
  remindedAt: null,
  ...more,
});
const look = (more: Partial<WatchedRun>): WatchedRun => ({
  pipeline: 'customerQuery',
  subject: 'a question',
  status: 'waiting',
  stage: null,
  steps: [],
  degraded: [],
  costUsd: 0,
  uncertainUsd: 0,
  budgetUsd: null,
  simulated: true,
  reviews: [open()],
  workflowId: 'w',
  runId: 'r',
  url: null,
  closed: false,
  answering: true,
  waitingForPool: 0,
  ...more,
});

describe('waitsForPerson()', () => {
  test.each([
    ['nothing else runs', {}, true],
    ['the deadline is far', { reviews: [open({ deadlineAt: now + 3_600_000 })] }, true],
    ['a gate decides by itself in a moment', { reviews: [open(), open({ deadlineAt: now + 3_000 })] }, false],
    ['other steps run', { status: 'running' }, false],
    ['the run is paused', { status: 'paused' }, false],
    ['the run has ended', { closed: true }, false],
  ] as const)('when %s: %j', (_, more, expected) => expect(waitsForPerson(look(more))).toBe(expected));
});

describe('dueOf()', () => {
  test.each([
    [null, null, 'no deadline'],
    ['approve', 90_000, 'without an answer in 1 m 30 s it counts as approved'],
    ['reject', 7_200_000, 'without an answer in 2 h 00 m it counts as rejected'],
    ['edit', 5_000, 'without an answer in 5 s a stand-in is used'],
    ['fail', -1_000, 'without an answer in 0 s the run fails'],
  ] as const)('%s in %s ms: %s', (onDeadline, inMs, words) => {
    expect(dueOf(open({ onDeadline, deadlineAt: inMs === null ? null : now + inMs }), now)).toBe(words);
  });
});

describe('howToAnswer()', () => {
  test('names the gate when there are several, quoted when it has to be', () => {
    const run = look({});
    expect(howToAnswer(run, [open()])).toContain('npx troupe review w --approve   or   --reject "why"   or   --edit FILE');
    expect(howToAnswer(run, [open({ name: 'legal check' }), open()])).toContain("npx troupe review w --gate 'legal check' --approve");
  });

  test('shows the sample of a job as a page, and does not offer to edit it', () => {
    const lines = howToAnswer(look({ pipeline: 'batchJob', workflowId: 'my job' }), [open({ name: 'sample' })]).split('\n');
    expect(lines).toEqual([
      "Read it with: npx troupe review 'my job'   or, in a browser,   --html sample.html",
      `Answer with:  npx troupe review 'my job' --approve   or   --reject "why"`,
      "Then:         npx troupe watch 'my job'",
    ]);
  });
});

describe('howToRaise()', () => {
  const held = (hold: Partial<JobHold>): string =>
    howToRaise(look({ job: { hold: { kind: 'budget', message: 'why', ...hold } } as JobProgress })); // of a job only its hold

  test.each([
    [{ budgetUsd: 0.09 }, 'To finish it:  npx troupe raise w --budget-usd 0.09'],
    [{ budgetUsd: 1.2, budgetTokens: 60_000 }, 'To finish it:  npx troupe raise w --budget-usd 1.2 --budget-tokens 60000'],
  ])('with %j', (enough, line) => expect(held({ enough })).toBe(line));

  test('leaves the figure open when the job does not say', () => {
    expect(held({})).toBe('Raise it with: npx troupe raise w --budget-usd N');
  });
});

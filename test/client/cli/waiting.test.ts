import { dueOf, howToAnswer, waitsForPerson } from '../../../client/cli/waiting';
import type { WatchedRun } from '../../../client/watch-run';
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
    expect(howToAnswer('w', [open()])).toContain('npx troupe review w --approve');
    expect(howToAnswer('w', [open({ name: 'legal check' }), open()])).toContain("npx troupe review w --gate 'legal check' --approve");
  });
});

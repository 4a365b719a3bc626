import { stripVTControlCharacters } from 'node:util';

import pc from 'picocolors';

import { renderChange, renderJob, renderProgress, renderTotals, type View } from '../../../client/cli/render-progress';
import type { WatchedRun, WatchedStep } from '../../../client/watch-run';
import { IN_A_BATCH } from '../../../common/batch';
import type { JobProgress } from '../../../common/job';
import type { StepState } from '../../../common/run';

/** Terminal columns of a line; the texts below use no other wide characters. */
const widthOf = (line: string): number => Array.from(line).reduce((sum, letter) => sum + (/[\u3000-\u9fff]/.test(letter) ? 2 : 1), 0);

const view: View = { width: 80, height: 24, now: 20_000, frame: 0, colors: pc.createColors(true) };

const step = (change: Partial<WatchedStep>): WatchedStep => ({
  step: 'researcher',
  agent: 'researcher',
  label: 'fundamentals',
  stage: 'research',
  state: 'done',
  model: 'claude-haiku-5-5',
  inputTokens: 1_234,
  outputTokens: 843,
  costUsd: 0.00312,
  startedAt: 0,
  endedAt: 12_000,
  live: null,
  ...change,
});

const open = { inputTokens: 0, outputTokens: 0, costUsd: 0, model: null, endedAt: null };

const run = (steps: readonly WatchedStep[], change: Partial<WatchedRun> = {}): WatchedRun => ({
  pipeline: 'article',
  subject: 'RAG',
  status: 'running',
  stage: 'draft',
  steps,
  degraded: [],
  costUsd: 0.0123,
  uncertainUsd: 0,
  budgetUsd: null,
  simulated: true,
  workflowId: 'a',
  runId: 'r',
  url: 'http://ui',
  closed: false,
  answering: true,
  waitingForPool: 0,
  ...change,
});

const linesOf = (shown: WatchedRun, change: Partial<View> = {}): string[] =>
  stripVTControlCharacters(renderProgress(shown, { ...view, ...change })).split('\n');

const STATES: StepState[] = ['pending', 'running', 'waiting', 'done', 'skipped', 'failed', 'degraded', 'cancelled'];

describe('renderProgress()', () => {
  test('of an ended run whose steps nobody tells, what it cost and how long it took', () => {
    const ended = { status: 'completed', closed: true, answering: false, lastedMs: 65_000 } as const;
    const lines = linesOf(run([], ended));
    expect(lines[0]).toMatch(/^its steps are shown only while a worker answers/);
    expect(lines.at(-1)).toMatch(/^completed · \$0\.0123 · 1 m 05 s$/);
    expect(linesOf(run([], { ...ended, answering: true }))[0]).toMatch(/^it ended before its first step/);
  });

  test('says of a step that waits for a Message Batch that it does, and of another one that waits not', () => {
    const waiting = step({ ...open, state: 'waiting' });
    expect(linesOf(run([{ ...waiting, reason: IN_A_BATCH }]))[0]).toMatch(/^◌ researcher · fundamentals +in a batch +20 s$/);
    expect(linesOf(run([waiting]))[0]).toMatch(/^◌ researcher · fundamentals +20 s$/);
  });

  test('shows state, agent, label, model, tokens, cost and seconds of a step in one line', () => {
    expect(linesOf(run([step({})]))[0]).toMatch(/^✓ researcher · fundamentals +haiku-5-5 +1,234\/843 +\$0\.00312 +12 s$/);
  });

  test('cuts no cost, however small', () => {
    expect(linesOf(run([step({ costUsd: 0.000_075_6 })]))[0]).toMatch(/ \$0\.0000756 +12 s$/);
    expect(linesOf(run([step({ costUsd: 0.000_007_56 })]))[0]).toMatch(/ \$0\.0000076 +12 s$/);
  });

  test('shows the tokens that have streamed in so far', () => {
    const heartbeat = { model: 'claude-sonnet-5-5', characters: 90, outputTokens: 22, turn: 1, tail: '' };
    const writer = step({
      ...open,
      agent: 'writer',
      label: '',
      state: 'running',
      live: { attempt: 1, heartbeat, nextAttemptAt: null, lastFailure: null },
    });
    expect(linesOf(run([writer]))[0]).toMatch(/writer +sonnet-5-5 +…\/22 +20 s$/);
  });

  test('says when the next attempt comes, and why', () => {
    const live = { attempt: 2, heartbeat: null, nextAttemptAt: 30_000, lastFailure: 'Overloaded' };
    const lines = linesOf(run([step({ ...open, state: 'running', live })]));
    expect(lines[0]).toMatch(/^◌ researcher · fundamentals +attempt 2 +in 10 s$/);
    expect(lines.at(-1)).toBe('researcher · fundamentals, attempt 2: Overloaded');
  });

  test('never fills a line of 80 columns, whatever the texts', () => {
    const wide = '水は生命の源である'.repeat(8);
    const long = 'a very long label that goes on and on '.repeat(4);
    const steps = STATES.flatMap((state) =>
      [wide, long, ''].map((label) => step({ state, label, inputTokens: 123_456, outputTokens: 65_432, costUsd: 12.3 })),
    );
    const shown = run(steps, { stage: long, uncertainUsd: 1, budgetUsd: 100, answering: false });
    for (const width of [80, 100]) {
      for (const line of linesOf(shown, { width, height: 200 })) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
  });

  test('keeps to the height of the terminal and says what it hides', () => {
    const lines = linesOf(run(Array.from({ length: 50 }, (_, at) => step({ step: `researcher/${at}` }))), { height: 20 });
    expect(lines.length).toBeLessThan(20);
    expect(lines[0]).toBe('… and 36 earlier steps');
  });

  test('says of a run that ended before its first step that it did', () => {
    expect(linesOf(run([], { closed: true, status: 'failed' }))[0]).toBe('it ended before its first step');
    expect(linesOf(run([]))[0]).toBe('waiting for the first step');
  });

  test('says that no worker answers', () => {
    expect(linesOf(run([], { answering: false })).at(-1)).toMatch(/no worker answers right now/);
  });

  test('says what to start when calls wait for the pool, unless no worker answers at all', () => {
    expect(linesOf(run([], { waitingForPool: 3 })).at(-1)).toBe('3 calls wait for a pool worker: npx troupe worker --serves pool');
    expect(linesOf(run([], { waitingForPool: 3, answering: false })).join()).not.toMatch(/pool/);
    expect(linesOf(run([], { waitingForPool: 3, closed: true })).join()).not.toMatch(/pool/);
  });

  test('has no escape codes without colors', () => {
    const plain = renderProgress(run(STATES.map((state) => step({ state }))), { ...view, colors: pc.createColors(false) });
    expect(plain).toBe(stripVTControlCharacters(plain));
  });
});

describe('renderTotals()', () => {
  test('names cost, budget, what is uncertain and the time', () => {
    expect(renderTotals(run([step({})], { budgetUsd: 2, uncertainUsd: 0.01 }), 20_000)).toBe(
      'running · draft · $0.0123 of $2.00 (+ up to $0.0100 uncertain) · 20 s',
    );
  });

  test('counts the tokens of all steps against a budget of tokens', () => {
    expect(renderTotals(run([step({}), step({})], { budgetTokens: 30_000 }), 20_000)).toBe(
      'running · draft · $0.0123 · 4,154 of 30,000 tokens · 20 s',
    );
    expect(renderTotals(run([step({})], { budgetTokens: null }), 20_000)).not.toContain('tokens');
  });

  test('stops the clock of a closed run', () => {
    expect(renderTotals(run([step({})], { closed: true, status: 'completed' }), 99_000)).toBe('completed · $0.0123 · 12 s');
  });
});

describe('renderChange()', () => {
  test('is one line with everything that is known', () => {
    expect(renderChange(step({}))).toBe('researcher · fundamentals: done, 1,234 tokens in, 843 out, $0.00312, 12 s (claude-haiku-5-5)');
    expect(renderChange(step({ ...open, endedAt: 1 }))).toBe('researcher · fundamentals: reused from an earlier run, $0');
    expect(renderChange(step({ kind: 'tool', agent: 'analyzeData' }))).toBe('analyzeData · fundamentals: done, 12 s');
    expect(renderChange(step({ kind: 'child', agent: 'oneAgent' }))).toBe(
      'oneAgent · fundamentals: done, 1,234 tokens in, 843 out, $0.00312, 12 s',
    );
    expect(renderChange(step({ ...open, state: 'running' }))).toBe('researcher · fundamentals: running');
    expect(renderChange(step({ state: 'failed', reason: 'Cannot …' }))).toBe('researcher · fundamentals: failed: Cannot …');
  });
});

const job = (change: Partial<JobProgress> = {}): JobProgress => ({
  pipeline: 'brief',
  rows: 10_000,
  done: 4_900,
  before: 100,
  failed: 1_000,
  running: 25,
  waiting: 3_975,
  concurrency: 25,
  rowUsd: 0.01,
  expectedUsd: 99,
  remainingMs: 250_000,
  elapsedMs: 600_000,
  hold: null,
  folder: 'jobs/x',
  manifest: 'blobs/x',
  ...change,
});

describe('renderJob()', () => {
  test('says what is done, what is not, and where it will end', () => {
    expect(renderJob(job())).toBe('5,000 of 10,000 rows done · 1,000 failed · 25 running · about $99.00 in all · 4 m 10 s left');
  });

  test('says that rows wait for those under way, when fewer of them are than may be', () => {
    const few = job({ rows: 20, done: 0, before: 0, failed: 0, running: 4, waiting: 16, expectedUsd: null, remainingMs: null });
    expect(renderJob(few)).toBe('0 of 20 rows done · 4 running · 16 wait for these');
    expect(renderJob({ ...few, running: 1 })).toContain(' · 16 wait for it');
    expect(renderJob(few, { paused: true })).toBe('0 of 20 rows done · 4 running');
    expect(renderJob({ ...few, waiting: 0 })).toBe('0 of 20 rows done · 4 running');
  });

  test('says how many rows wait for a batch that was sent before the lane was changed', () => {
    expect(renderJob(job({ inBatch: 3, lane: 'interactive', failed: 0, expectedUsd: null, remainingMs: null }))).toBe(
      '5,000 of 10,000 rows done · 25 running · 3 in a batch sent before',
    );
  });

  test('leaves out what is nothing, and what nobody knows', () => {
    expect(renderJob(job({ failed: 0, expectedUsd: null, remainingMs: null }))).toBe('5,000 of 10,000 rows done · 25 running');
    expect(renderJob(job({ rows: 6_000, failed: 1_000, running: 0 }))).toBe('5,000 of 6,000 rows done · 1,000 failed');
  });
});

describe('renderProgress() of a job', () => {
  const linesOf = (change: Partial<JobProgress>): string[] =>
    stripVTControlCharacters(renderProgress(run([], { pipeline: 'batchJob', stage: null, job: job(change) }), view)).split('\n');

  test('is a bar, the rows and the totals, none wider than the terminal', () => {
    const lines = linesOf({});
    expect(lines[0]).toBe(`${'█'.repeat(18)}${'░'.repeat(12)}`);
    expect(lines[1]).toMatch(/^5,000 of 10,000 rows done · 1,000 failed · 25 running/);
    expect(lines.at(-1)).toBe('running · $0.0123 · 10 m 00 s');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(view.width);
  });

  test('lets the clock go on while nothing is heard of the job', () => {
    const startedAt = view.now - 607_000;
    const lines = linesOf({ startedAt });
    // What does not fit into a line goes on in the next.
    expect(lines.slice(1, 3).join(' ')).toMatch(/ · 4 m 03 s left$/);
    expect(lines.at(-1)).toBe('running · $0.0123 · 10 m 07 s');
    // It takes longer than it thought.
    expect(linesOf({ startedAt: startedAt - 250_000 }).slice(1, 3)).toEqual([expect.stringMatching(/ · about \$99\.00 in all$/), '']);
    const ended = run([], { pipeline: 'batchJob', stage: null, closed: true, status: 'completed', job: job({ startedAt }) });
    expect(renderTotals(ended, view.now)).toMatch(/ · 10 m 00 s$/);
  });

  test.each([
    [{ done: 0, before: 0, failed: 0 }, 0, 30],
    [{ done: 9_999, before: 0, failed: 0 }, 29, 1],
    [{ done: 10_000, before: 0, failed: 0 }, 30, 0],
    [{ rows: 3, done: 1, before: 1, failed: 1 }, 30, 0],
    [{ rows: 20, done: 19, before: 0, failed: 1 }, 30, 0],
  ])('fills the bar for %j', (change, filled, empty) => {
    expect(linesOf(change)[0]).toBe(`${'█'.repeat(filled)}${'░'.repeat(empty)}`);
  });
});

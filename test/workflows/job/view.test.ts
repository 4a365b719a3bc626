import { EMPTY_LEDGER, type Ledger } from '../../../common/ledger';
import { NO_USAGE } from '../../../common/pricing';
import type { Job, OpenRow } from '../../../workflows/job/job-state';
import { viewJob } from '../../../workflows/job/view';

const spent = (costPico: number): Ledger => ({
  ...EMPTY_LEDGER,
  lines: [{ agent: 'writer', model: 'm', requests: 1, usage: NO_USAGE, costPico }],
});

const open = (row: number): [number, OpenRow] => [
  row,
  { row, key: String(row), workflowId: `job/${row}`, runId: null, slice: null, startedAt: 0 },
];

/** Of a job only what its view looks at. */
function jobOf(given: Partial<Job> & { ledger?: Ledger }): Job {
  const { ledger = EMPTY_LEDGER, ...rest } = given;
  const base = { input: { pipeline: 'brief' }, count: 100, finished: [], done: 0, failed: 0, rowMs: 0, concurrency: 10, hold: null };
  const maps = {
    running: new Map(),
    followed: new Map(),
    persons: new Map(),
    inBatch: new Set([7]),
    startedAt: Date.now() - 5_000,
    folder: 'f',
    manifest: 'm',
  };
  return { run: { ledger, opened: { options: { lane: 'auto' } } }, ...base, ...maps, ...rest } as unknown as Job; // see above
}

describe('viewJob()', () => {
  it('counts every row in one place', () => {
    const view = viewJob(
      jobOf({
        finished: [
          [1, 20],
          [31, 35],
        ],
        done: 10,
        failed: 5,
        running: new Map([open(50)]),
        followed: new Map([open(51), open(52)]),
      }),
    );
    expect(view).toMatchObject({
      lane: 'auto',
      rows: 100,
      before: 25,
      done: 10,
      failed: 5,
      running: 3,
      waiting: 57,
      inBatch: 1,
      folder: 'f',
      manifest: 'm',
    });
    expect(view.before + view.done + view.failed + view.running + view.waiting).toBe(view.rows);
  });

  it('knows nothing of cost and time before the first row has ended', () => {
    expect(viewJob(jobOf({ running: new Map([open(1)]) }))).toMatchObject({ rowUsd: null, expectedUsd: null, remainingMs: null });
  });

  it('expects the other rows to cost as much as those that have ended, and leaves out those of an earlier start', () => {
    const view = viewJob(jobOf({ finished: [[1, 50]], done: 3, failed: 1, ledger: spent(4e12) }));
    expect(view).toMatchObject({ rowUsd: 1, expectedUsd: 50 });
  });

  it('reckons with the rows that run side by side, however long the job has waited', () => {
    const running = new Map(Array.from({ length: 10 }, (_, at) => open(at + 21)));
    const view = viewJob(jobOf({ done: 20, rowMs: 20 * 30_000, running, startedAt: Date.now() - 86_400_000 }));
    // Ten under way are half done, seventy take seven more rounds of thirty seconds.
    expect(view.remainingMs).toBe(7.5 * 30_000);
  });
});

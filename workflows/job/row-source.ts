import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';

import type { JobPageKeys } from '../../activities/jobs/open-job';
import { PAGE_ROWS, type RowRange, type RowStart } from '../../common/job';
import { decidesByEvents, type Job } from './job-state';

interface PageActivity {
  loadJobPage(page: { manifest: string; index: number }): Promise<JobPageKeys>;
}

const LOAD_PAGE = { startToCloseTimeout: '20s', retry: { initialInterval: '200ms', maximumAttempts: 10 } } as const;
const { loadJobPage } = proxyActivities<PageActivity>({ ...LOAD_PAGE, heartbeatTimeout: '5s' });
const { loadJobPage: loadJobPageLocally } = proxyLocalActivities<PageActivity>(LOAD_PAGE);

/** A row as its run is told of it. */
export interface SourceRow {
  readonly row: number;
  readonly key: string;
  readonly page: string;
  readonly at: number;
  /** What its run would find out when it opens. */
  readonly opened: RowStart['opened'];
}

/** Keeps the page that was read last: rows come in order, but for the few that are started again. */
export function rowSource(job: Pick<Job, 'manifest' | 'run'>): (row: number) => SourceRow | Promise<SourceRow> {
  const { manifest } = job;
  const load = decidesByEvents(job) ? loadJobPage : loadJobPageLocally;
  let latest: { readonly index: number; readonly keys: JobPageKeys } | undefined;
  return (row) => {
    const index = Math.floor((row - 1) / PAGE_ROWS);
    if (latest?.index === index) return rowOn(latest.keys, row);
    return load({ manifest, index }).then((keys) => {
      latest = { index, keys };
      return rowOn(keys, row);
    });
  };
}

function rowOn({ page, keys, opened }: JobPageKeys, row: number): SourceRow {
  const at = (row - 1) % PAGE_ROWS;
  const input = opened?.inputs[at];
  return {
    row,
    key: keys[at] ?? String(row),
    page,
    at,
    opened: opened === undefined || input == null ? null : { ...opened.run, ...input },
  };
}

/** The first row from `from` on that no range covers; `count + 1` when there is none. */
export function nextUnfinished(from: number, count: number, finished: readonly RowRange[]): number {
  const covering = finished.find(([first, last]) => first <= from && from <= last);
  if (covering === undefined || from > count) return from;
  return nextUnfinished(covering[1] + 1, count, finished);
}

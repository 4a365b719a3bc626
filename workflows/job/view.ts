import type { JobProgress } from '../../common/job';
import { settledPico } from '../../common/ledger';
import { toUsd } from '../../common/money';
import { laneOfRows, type Job } from './job-state';

/** Rows that wait for a person, as many as a person looks at. */
const SHOWN_REVIEWS = 5;

/** How far a job is, and where it will end at the present rate. */
export function viewJob(job: Job): JobProgress {
  const { run, input, count, done, failed, concurrency, hold, folder } = job;
  const before = job.finished.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const running = job.running.size + job.followed.size;
  const waiting = count - before - done - failed - running;
  const ended = done + failed;
  const settled = settledPico(run.ledger);
  const rowPico = ended === 0 ? null : settled / ended;
  return {
    pipeline: input.pipeline,
    rows: count,
    done,
    before,
    failed,
    running,
    waiting,
    concurrency,
    lane: laneOfRows(job),
    redo: input.redo,
    rowUsd: rowPico === null ? null : toUsd(Math.round(rowPico)),
    expectedUsd: rowPico === null ? null : toUsd(Math.round(rowPico * (count - before))),
    remainingMs: ended === 0 ? null : remainingOf(job, { running, waiting, meanMs: job.rowMs / ended }),
    elapsedMs: Date.now() - job.startedAt,
    startedAt: job.startedAt,
    hold,
    inBatch: job.inBatch.size,
    persons: job.persons.size,
    toReview: [...job.persons.values()].slice(0, SHOWN_REVIEWS),
    folder,
    manifest: job.manifest,
  };
}

/** Rows that are under way are about half done; the others take their turns in the places that there are. To the second. */
function remainingOf({ concurrency }: Job, { running, waiting, meanMs }: { running: number; waiting: number; meanMs: number }): number {
  const places = Math.max(1, Math.min(concurrency, running + waiting));
  return Math.ceil((meanMs * (running / 2 + waiting)) / places / 1_000) * 1_000;
}

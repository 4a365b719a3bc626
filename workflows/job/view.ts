import type { JobProgress } from '../../common/job';
import { settledPico } from '../../common/ledger';
import { toUsd } from '../../common/money';
import type { Job } from './job-state';

/** How far a job is, and where it will end at the present rate. */
export function viewJob(job: Job): JobProgress {
  const { run, input, count, done, failed, concurrency, hold, folder } = job;
  const before = job.finished.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const running = job.running.size + job.followed.size;
  const waiting = count - before - done - failed - running;
  const ended = done + failed;
  const settled = settledPico(run.ledger);
  const rowPico = ended === 0 ? null : settled / ended;
  const elapsedMs = Date.now() - job.startedAt;
  return {
    pipeline: input.pipeline,
    rows: count,
    done,
    before,
    failed,
    running,
    waiting,
    concurrency,
    rowUsd: rowPico === null ? null : toUsd(Math.round(rowPico)),
    expectedUsd: rowPico === null ? null : toUsd(Math.round(rowPico * (count - before))),
    remainingMs: ended === 0 ? null : Math.ceil((elapsedMs / ended) * ((running + waiting) / 1_000)) * 1_000,
    elapsedMs,
    hold,
    folder,
    manifest: job.manifest,
  };
}

import { writeAttributes } from '../run/stage';
import { taskTime } from '../run/task-time';
import type { Job } from './job-state';

const ATTRIBUTES_EVERY_MS = 10_000;

/** Shows how far the job is in its search attributes; each write is an event, so only now and then. */
export function showJob({ run }: Job): void {
  if (taskTime(run) - run.attributesWrittenAt >= ATTRIBUTES_EVERY_MS) writeAttributes(run);
}

import { describeStatus } from '../run/current-details';
import { writeAttributes } from '../run/stage';
import { taskTime } from '../run/task-time';
import type { Job } from './job-state';

const ATTRIBUTES_EVERY_MS = 10_000;

/** Shows how far the job is; search attributes, each an event, only now and then. */
export function showJob({ run }: Job): void {
  describeStatus(run);
  if (taskTime(run) - run.attributesWrittenAt >= ATTRIBUTES_EVERY_MS) writeAttributes(run);
}

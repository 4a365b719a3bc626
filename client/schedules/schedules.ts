import { ScheduleNotFoundError } from '@temporalio/client';

import type { PipelineName } from '../../common/pipelines';
import type { PipelineRequest } from '../../common/pipelines/types';
import { attempt, type ClientContext } from '../context';
import { asking } from '../service-errors';
import { checkSchedule, type ScheduleOptions } from './check-schedule';
import { createSchedule, type CreatedSchedule } from './create-schedule';
import { onSchedule, ScheduleMemo, summarizeSchedule, type ScheduleSummary } from './describe-schedule';
import { deleteSchedule, runSchedule, turnSchedule, type Triggered } from './steer-schedule';

/** What each run of a schedule does. */
export interface ScheduledWork<Name extends PipelineName> {
  readonly pipeline: Name;
  readonly input: PipelineRequest<Name>;
}

/** Schedules: runs that Temporal starts by itself. All reject with TroupeError `not-found` for a name that no schedule has. */
export interface Schedules {
  /**
   * Makes a schedule; its runs are called `<name>-<time>`. The same one again is found as it is.
   * @throws TroupeError `invalid-input`, `id-taken`, `unreachable`; nothing is made then.
   */
  create<Name extends PipelineName>(name: string, work: ScheduledWork<Name>, options: ScheduleOptions): Promise<CreatedSchedule>;
  /** Troupe's schedules by name. One made or deleted a moment ago may be missing or there. */
  list(): Promise<ScheduleSummary[]>;
  describe(name: string): Promise<ScheduleSummary>;
  /** Starts nothing until it is resumed; open runs go on. @param reason Shown by lists. @default "paused by hand" */
  pause(name: string, reason?: string): Promise<ScheduleSummary>;
  /** @param reason Shown by lists. @default "resumed by hand" */
  resume(name: string, reason?: string): Promise<ScheduleSummary>;
  /** Starts a run now, under the schedule's rule for runs that overlap, even while it is paused. */
  run(name: string): Promise<Triggered>;
  /** Its runs stay. @returns the first twenty of those that are open */
  delete(name: string): Promise<readonly string[]>;
}

/** Descriptions that are asked for side by side. */
const AT_ONCE = 10;

export function createSchedules(context: ClientContext): Schedules {
  return {
    create: (name, work, options) => createSchedule(context, checkSchedule(name, work, options)),
    list: () => listSchedules(context),
    describe: (name) =>
      onSchedule(context, { action: 'show', name }, async () =>
        summarizeSchedule(context, await context.client.schedule.getHandle(name).describe()),
      ),
    pause: (name, reason = 'paused by hand') => turnSchedule(context, name, { to: 'paused', reason }),
    resume: (name, reason = 'resumed by hand') => turnSchedule(context, name, { to: 'active', reason }),
    run: (name) => runSchedule(context, name),
    delete: (name) => deleteSchedule(context, name),
  };
}

async function listSchedules(context: ClientContext): Promise<ScheduleSummary[]> {
  return asking(attempt(context, 'list the schedules'), async () => {
    const names: string[] = [];
    for await (const { scheduleId, memo } of context.client.schedule.list()) {
      if (memo?.[ScheduleMemo.hash] !== undefined) names.push(scheduleId);
    }
    names.sort();
    const found: ScheduleSummary[] = [];
    for (let at = 0; at < names.length; at += AT_ONCE) {
      const described = await Promise.all(names.slice(at, at + AT_ONCE).map((name) => describeIfThere(context, name)));
      found.push(...described.filter((schedule) => schedule !== undefined));
    }
    return found;
  });
}

/** The list is a moment late: a schedule may be gone by now, and what the list says of its state may be old. */
async function describeIfThere(context: ClientContext, name: string): Promise<ScheduleSummary | undefined> {
  try {
    return await summarizeSchedule(context, await context.client.schedule.getHandle(name).describe());
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

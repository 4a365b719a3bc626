import { setTimeout as delay } from 'node:timers/promises';

import type { ScheduleDescription } from '@temporalio/client';

import { attempt, type ClientContext } from '../context';
import { asking } from '../service-errors';
import { TroupeError } from '../troupe-error';
import { onSchedule, summarizeSchedule, type ScheduleSummary } from './describe-schedule';

/** Which way a schedule is turned, and why. */
export interface Turn {
  readonly to: 'paused' | 'active';
  readonly reason: string;
}

/** What became of a run that was asked for at once. */
export type Triggered =
  | { readonly outcome: 'started'; readonly workflowId: string }
  /** One is open, and the schedule lets none start beside it. */
  | { readonly outcome: 'skipped'; readonly open: readonly string[] }
  /** It starts when the open one has ended, or the server takes its time. */
  | { readonly outcome: 'waiting'; readonly open: readonly string[] };

const LOOK_EVERY_MS = 100;
const LOOKS = 50;
/** A server that is asked for two things at once may forget the first. */
const ASK_AGAIN_AFTER_LOOKS = 10;
const REMAINING_SHOWN = 20;

const handleOf = ({ client }: ClientContext, name: string) => client.schedule.getHandle(name);

/** Returns once the server has taken note. */
export async function turnSchedule(context: ClientContext, name: string, { to, reason }: Turn): Promise<ScheduleSummary> {
  const place = { action: to === 'paused' ? 'pause' : 'resume', name };
  const handle = handleOf(context, name);
  const isSo = ({ state }: ScheduleDescription): boolean => state.paused === (to === 'paused') && state.note === reason;
  return onSchedule(context, place, async () => {
    for (let look = 0; look < LOOKS; look += 1) {
      if (look % ASK_AGAIN_AFTER_LOOKS === 0) await (to === 'paused' ? handle.pause(reason) : handle.unpause(reason));
      const described = await handle.describe();
      if (isSo(described)) return summarizeSchedule(context, described);
      await delay(LOOK_EVERY_MS);
    }
    throw new TroupeError('unreachable', `Cannot ${place.action} schedule "${name}": the server does not act on it; try again`);
  });
}

/** Starts a run now, under the schedule's own rule for runs that overlap. Works while the schedule is paused, too. */
export async function runSchedule(context: ClientContext, name: string): Promise<Triggered> {
  const handle = handleOf(context, name);
  return onSchedule(context, { action: 'run', name }, async () => {
    const before = await handle.describe();
    await handle.trigger(before.policies.overlap);
    for (let look = 0; look < LOOKS; look += 1) {
      const now = await handle.describe();
      const started = newest(now, before);
      if (started !== undefined) return { outcome: 'started', workflowId: started };
      const open = now.info.runningActions.map(({ workflow }) => workflow.workflowId);
      if (now.info.numActionsSkippedOverlap > before.info.numActionsSkippedOverlap) return { outcome: 'skipped', open };
      if (Number(now.raw.info?.bufferSize ?? 0) > 0 && open.length > 0) return { outcome: 'waiting', open };
      await delay(LOOK_EVERY_MS);
    }
    return { outcome: 'waiting', open: [] };
  });
}

/** The run that has been started since. */
function newest(now: ScheduleDescription, before: ScheduleDescription): string | undefined {
  const known = before.info.recentActions.map(({ action }) => action.workflow.firstExecutionRunId);
  const fresh = now.info.recentActions.filter(({ action }) => !known.includes(action.workflow.firstExecutionRunId));
  return fresh.at(-1)?.action.workflow.workflowId;
}

/** Deletes a schedule. Its runs stay as they are; returned are those that are open, the first twenty of them. */
export async function deleteSchedule(context: ClientContext, name: string): Promise<readonly string[]> {
  const handle = handleOf(context, name);
  await onSchedule(context, { action: 'delete', name }, () => handle.delete());
  return asking(attempt(context, `list the runs of schedule "${name}"`), async () => {
    const open: string[] = [];
    const query = `TemporalScheduledById = '${name.replaceAll("'", "''")}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of context.client.workflow.list({ query, pageSize: REMAINING_SHOWN })) {
      open.push(workflowId);
      if (open.length === REMAINING_SHOWN) break;
    }
    return open;
  });
}

import { setTimeout as delay } from 'node:timers/promises';

import type { ScheduleDescription } from '@temporalio/client';

import type { ClientContext } from '../context';
import { listRuns } from '../list-runs';
import { TroupeError } from '../../common/troupe-error';
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

const SECOND_MS = 1_000;
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
    await untilNextSecond(before);
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

/** Ids of runs differ by the second: the server would leave out a run whose id is that of an open one. */
async function untilNextSecond({ info }: ScheduleDescription): Promise<void> {
  const last = info.recentActions.at(-1)?.scheduledAt.getTime() ?? 0;
  const now = Date.now();
  if (Math.floor(now / SECOND_MS) === Math.floor(last / SECOND_MS)) await delay(SECOND_MS - (now % SECOND_MS));
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
  const known = await onSchedule(context, { action: 'delete', name }, async () => {
    const { info } = await handle.describe();
    await handle.delete();
    return info.runningActions.map(({ workflow }) => workflow.workflowId);
  });
  // The schedule forgets runs that were started beside others, and the list of runs is a moment late.
  const listed = await listRuns(context, { schedule: name, status: 'running', limit: REMAINING_SHOWN });
  return [...new Set([...known, ...listed.map(({ workflowId }) => workflowId)])].slice(0, REMAINING_SHOWN);
}

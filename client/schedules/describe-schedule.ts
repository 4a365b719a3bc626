import { ScheduleNotFoundError, WorkflowNotFoundError, type ScheduleDescription } from '@temporalio/client';

import { attempt, type ClientContext } from '../context';
import { statusOf, type RunStatus } from '../run-summary';
import { asking } from '../service-errors';
import type { Degradation, RunOutcome } from '../../common/run';
import { TroupeError } from '../../common/troupe-error';
import { runUrl } from '../web-ui';
import type { Overlap } from './overlaps';

/** Memo fields of a schedule. */
export const ScheduleMemo = { hash: 'troupeSchedule', subject: 'troupeSubject', cron: 'troupeCron' } as const;

/** A run that a schedule started. */
export interface ScheduledRun {
  readonly workflowId: string;
  readonly startedAt: Date;
  /** Null when the server no longer keeps the run. */
  readonly status: RunStatus | null;
  /** Of a completed run: what did not work, so that something else was used or left out. */
  readonly degraded: readonly Degradation[];
  readonly url: string | null;
}

/** A schedule as lists show it. */
export interface ScheduleSummary {
  readonly name: string;
  readonly pipeline: string;
  readonly subject: string;
  readonly state: 'active' | 'paused';
  /** Why it is paused or was resumed; null when nobody said. */
  readonly note: string | null;
  /** Null when it runs at intervals. */
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly timeZone: string;
  readonly overlap: Overlap;
  readonly catchUpMs: number;
  /** When it starts its next run; null while it is paused and when its times are over. */
  readonly nextAt: Date | null;
  readonly last: ScheduledRun | null;
  /** Runs that it has started so far. */
  readonly started: number;
  /** Runs left out because the one before was open. */
  readonly skipped: number;
  /** Runs that the server was too late for. */
  readonly missed: number;
  readonly createdAt: Date;
}

export const OVERLAP_POLICIES = { skip: 'SKIP', buffer: 'BUFFER_ONE', allow: 'ALLOW_ALL', cancel: 'CANCEL_OTHER' } as const;

/** A policy that other clients have set counts as the nearest of ours. */
function overlapOf({ policies }: ScheduleDescription): Overlap {
  const { overlap } = policies;
  if (overlap === 'BUFFER_ONE' || overlap === 'BUFFER_ALL') return 'buffer';
  if (overlap === 'ALLOW_ALL') return 'allow';
  return overlap === 'CANCEL_OTHER' || overlap === 'TERMINATE_OTHER' ? 'cancel' : 'skip';
}

/** @throws TroupeError `not-found`; `action` is the verb: `pause`. */
export async function onSchedule<Result>(
  context: ClientContext,
  { action, name }: { readonly action: string; readonly name: string },
  request: () => Promise<Result>,
): Promise<Result> {
  return asking(attempt(context, `${action} schedule "${name}"`), async () => {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
      const where = `on "${context.address}", namespace "${context.namespace}"`;
      throw new TroupeError('not-found', `Cannot ${action} schedule "${name}": there is none ${where}; see "npx troupe schedule list"`, {
        cause: error,
      });
    }
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export async function summarizeSchedule(context: ClientContext, described: ScheduleDescription): Promise<ScheduleSummary> {
  const { scheduleId: name, action, memo, spec, state, info, policies } = described;
  const last = info.recentActions.at(-1);
  return {
    name,
    pipeline: action.workflowType,
    subject: textOf(memo?.[ScheduleMemo.subject]) ?? '',
    state: state.paused ? 'paused' : 'active',
    note: textOf(state.note),
    cron: textOf(memo?.[ScheduleMemo.cron]),
    everyMs: spec.intervals?.[0]?.every ?? null,
    timeZone: textOf(spec.timezone) ?? 'UTC',
    overlap: overlapOf(described),
    catchUpMs: policies.catchupWindow,
    nextAt: state.paused ? null : (info.nextActionTimes[0] ?? null),
    last: last === undefined ? null : await scheduledRun(context, last.action.workflow, last.takenAt),
    started: info.numActionsTaken,
    skipped: info.numActionsSkippedOverlap,
    missed: info.numActionsMissedCatchupWindow,
    createdAt: info.createdAt,
  };
}

async function scheduledRun(
  context: ClientContext,
  { workflowId, firstExecutionRunId }: { readonly workflowId: string; readonly firstExecutionRunId: string },
  startedAt: Date,
): Promise<ScheduledRun> {
  const { namespace, webUi } = context;
  const run = { workflowId, startedAt, url: runUrl(webUi, { namespace, workflowId, runId: firstExecutionRunId }) };
  try {
    const handle = context.client.workflow.getHandle(workflowId);
    const status = statusOf(await handle.describe());
    if (status !== 'completed') return { ...run, status, degraded: [] };
    const { degraded } = (await handle.result()) as RunOutcome; // what every Workflow Type returns
    return { ...run, status, degraded };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { ...run, status: null, degraded: [] };
  }
}

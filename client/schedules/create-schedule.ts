import { ScheduleAlreadyRunning, type ScheduleHandle } from '@temporalio/client';

import type { PipelineInput } from '../../common/pipelines/types';
import { Memo } from '../../common/run';
import { attempt, type ClientContext } from '../context';
import { asking } from '../service-errors';
import { startParameters } from '../start-parameters';
import { TroupeError } from '../../common/troupe-error';
import type { CheckedSchedule } from './check-schedule';
import { onSchedule, OVERLAP_POLICIES, ScheduleMemo, summarizeSchedule, type ScheduleSummary } from './describe-schedule';

export interface CreatedSchedule extends ScheduleSummary {
  /** True when the same schedule was there already. */
  readonly attached: boolean;
}

/** Makes a checked schedule, or finds that it is there as asked for. The server decides races, and on the times themselves. */
export async function createSchedule(context: ClientContext, checked: CheckedSchedule): Promise<CreatedSchedule> {
  const { name } = checked;
  const handle = context.client.schedule.getHandle(name);
  try {
    await asking(attempt(context, `create schedule "${name}"`), () => make(context, checked));
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw timesRefused(checked, error);
    return attach(context, checked, handle);
  }
  const described = await onSchedule(context, { action: 'create', name }, () => handle.describe());
  // The server takes 30 February for a time like any other. Nobody else has seen the schedule yet.
  if (described.info.nextActionTimes.length === 0) {
    await onSchedule(context, { action: 'create', name }, () => handle.delete());
    throw refusal(name, `"${checked.times.cron ?? ''}" never comes; nothing was made; correct it`);
  }
  return { ...(await summarizeSchedule(context, described)), attached: false };
}

async function make(context: ClientContext, { name, run, spec, times, overlap, catchUpMs, paused, hash }: CheckedSchedule): Promise<void> {
  const parameters = startParameters(run);
  await context.client.schedule.create({
    scheduleId: name,
    spec,
    // The server appends the time that a run was due. Whether Claude is simulated then is for the run to say.
    action: { type: 'startWorkflow', workflowType: run.pipeline, workflowId: name, ...parameters },
    policies: { overlap: OVERLAP_POLICIES[overlap], catchupWindow: catchUpMs },
    state: { paused, ...(paused && { note: 'paused when it was created' }) },
    memo: {
      [ScheduleMemo.hash]: hash,
      [ScheduleMemo.subject]: rowsOf(run) ?? parameters.memo[Memo.subject],
      ...(times.cron !== undefined && { [ScheduleMemo.cron]: times.cron }),
    },
  });
}

/** Files alone do not say what becomes of their rows. */
function rowsOf({ pipeline, input }: CheckedSchedule['run']): string | undefined {
  if (pipeline !== 'batchFiles') return undefined;
  const { pipeline: through, source } = input as PipelineInput<'batchFiles'>; // checked by its schema
  return `${through} of ${source}`;
}

async function attach(context: ClientContext, { name, hash }: CheckedSchedule, handle: ScheduleHandle): Promise<CreatedSchedule> {
  const described = await onSchedule(context, { action: 'create', name }, () => handle.describe());
  if (described.memo?.[ScheduleMemo.hash] === hash) return { ...(await summarizeSchedule(context, described)), attached: true };
  const cure = `choose another name, or delete it first with "npx troupe schedule delete ${name}"`;
  throw new TroupeError(
    'id-taken',
    `Cannot create schedule "${name}": there is one of that name with another work, times or options; ${cure}`,
  );
}

/** What the server has to say about cron and time zone comes as a plain TypeError. */
function timesRefused({ name, times }: CheckedSchedule, error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const { cron, timeZone } = times;
  const asked = [cron === undefined ? '' : `"${cron}"`, timeZone === undefined ? '' : `in "${timeZone}"`].filter((part) => part !== '');
  const why = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  return refusal(name, `${asked.join(' ')}: ${why}; give five fields, like "0 7 * * 1-5"`, error);
}

const refusal = (name: string, message: string, cause?: unknown): TroupeError =>
  new TroupeError('invalid-input', `Cannot create schedule "${name}": ${message}`, { cause });

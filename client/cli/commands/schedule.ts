import { existsSync } from 'node:fs';

import type { Lane } from '../../../common/call';
import type { PipelineName } from '../../../common/pipelines';
import type { PipelineRequest } from '../../../common/pipelines/types';
import { checkSchedule, type ScheduleOptions } from '../../schedules/check-schedule';
import { scheduledRows, type RowsFlags } from '../../schedules/scheduled-rows';
import type { Overlap } from '../../schedules/overlaps';
import { TroupeError } from '../../../common/troupe-error';
import { cliSettings } from '../cli-settings';
import { ExitCode } from '../exit-codes';
import { hasServer } from '../has-server';
import { out, print, printJson, say } from '../output';
import { readInput } from '../read-input';
import { renderSchedule, renderSchedules, timeIn } from '../render-schedules';
import { sayIfSimulated } from '../say-simulated';
import { withSession, type Session } from '../session';

export interface CreateFlags extends RowsFlags {
  readonly input?: string;
  readonly cron?: string;
  readonly every?: number;
  readonly timeZone?: string;
  readonly overlap: Overlap;
  readonly catchUp: number;
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
  readonly lane?: Lane;
  readonly deadline?: number;
  readonly reuse?: true;
  readonly paused?: true;
  readonly json?: true;
}

interface JsonFlag {
  readonly json?: true;
}

interface TurnFlags extends JsonFlag {
  readonly reason?: string;
}

/** The arguments of `troupe schedule create`. */
export interface CreateArguments {
  readonly name: string;
  readonly pipeline: string;
  readonly subject: string | undefined;
}

function scheduleOptions(flags: CreateFlags): ScheduleOptions {
  const { cron, every, timeZone, overlap, catchUp, budgetUsd, budgetTokens, lane, deadline, reuse, paused } = flags;
  return {
    ...(cron !== undefined && { cron }),
    ...(every !== undefined && { everyMs: every }),
    ...(timeZone !== undefined && { timeZone }),
    ...(budgetUsd !== undefined && { budgetUsd }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(lane !== undefined && { lane }),
    ...(deadline !== undefined && { deadlineMs: deadline }),
    ...(reuse !== undefined && { reuse }),
    ...(paused !== undefined && { paused }),
    overlap,
    catchUpMs: catchUp,
  };
}

const NEEDS_STACK = 'Schedules fire only while the local stack is up: npx troupe dev keeps it up';
const STACK_STOPPED = 'The local stack has stopped: the schedule fires when one is up again.\nKeep one up with: npx troupe dev';

/** What has to be known of a local stack: it is the clock of its schedules. */
const farewell = (session: Session): { farewell?: (stopped: boolean) => string } =>
  session.local === null ? {} : { farewell: (stopped) => (stopped ? STACK_STOPPED : NEEDS_STACK) };

/** `troupe schedule create`: everything is checked before anything is made. */
export async function create({ name, pipeline, subject }: CreateArguments, flags: CreateFlags): Promise<number> {
  const options = scheduleOptions(flags);
  const rows = scheduledRows(name, pipeline, flags);
  if (rows !== undefined && (subject !== undefined || flags.input !== undefined))
    throw new TroupeError(
      'invalid-input',
      `Cannot create schedule "${name}": its runs take either rows or an input; leave --rows or the other out`,
    );
  const input = rows ?? (await readInput(pipeline, subject, flags.input));
  const { run } = checkSchedule(name, { pipeline: rows === undefined ? pipeline : 'batchFiles', input }, options);
  return withSession(async (session) => {
    sayIfSimulated(session.local?.addresses.simulated);
    // the check has parsed the input with the pipeline's own schema
    const work = { pipeline: run.pipeline, input: input as PipelineRequest<PipelineName> };
    const created = await session.troupe.schedules.create(name, work, options);
    if (flags.json === true) printJson(created);
    else print(renderSchedule(created, { colors: out.colors, now: Date.now() }));
    say(created.attached ? `Schedule "${name}" is there already, as asked for` : `Created schedule "${name}"`);
    if (created.state === 'paused') say(`It is paused; let it start runs with: npx troupe schedule resume ${name}`);
    return { code: ExitCode.done, leave: 'as-found', ...farewell(session) };
  });
}

/** `troupe schedule list` */
export async function list({ json }: JsonFlag): Promise<number> {
  if (isNowhere()) {
    if (json === true) printJson([]);
    else say('No schedules');
    return ExitCode.done;
  }
  return withSession(
    async ({ troupe, local }) => {
      const schedules = await troupe.schedules.list();
      if (json === true) printJson(schedules);
      else if (schedules.length === 0) say('No schedules');
      else print(renderSchedules(schedules, { colors: out.colors, now: Date.now() }));
      if (local !== null && schedules.some(({ state }) => state === 'active')) say(NEEDS_STACK);
      return { code: ExitCode.done, leave: 'as-found' };
    },
    { anySettings: true },
  );
}

/** `troupe schedule pause` */
export async function pause(name: string, { reason, json }: TurnFlags): Promise<number> {
  return onSchedule({ action: 'pause', name }, async ({ troupe }) => {
    const schedule = await troupe.schedules.pause(name, reasonOf('pause', name, reason));
    if (json === true) return printJson(schedule);
    say(`Paused schedule "${name}": it starts no runs; open ones go on.\nResume it with: npx troupe schedule resume ${name}`);
  });
}

/** `troupe schedule resume` */
export async function resume(name: string, { reason, json }: TurnFlags): Promise<number> {
  return onSchedule({ action: 'resume', name }, async ({ troupe, local }) => {
    const schedule = await troupe.schedules.resume(name, reasonOf('resume', name, reason));
    if (json === true) return printJson(schedule);
    const { nextAt, timeZone } = schedule;
    say(`Resumed schedule "${name}": ${nextAt === null ? 'its times are over' : `next run ${timeIn(nextAt, timeZone)}`}`);
    if (local !== null) say(NEEDS_STACK);
  });
}

function reasonOf(action: string, name: string, reason: string | undefined): string | undefined {
  if (reason?.trim() === '')
    throw new TroupeError('invalid-input', `Cannot ${action} schedule "${name}": the reason is empty; write one or leave it out`);
  return reason?.trim();
}

/** `troupe schedule delete`: asks nothing, says what remains. */
export async function remove(name: string, { json }: JsonFlag): Promise<number> {
  return onSchedule({ action: 'delete', name }, async ({ troupe }) => {
    const open = await troupe.schedules.delete(name);
    if (json === true) return printJson({ name, deleted: true, openRuns: open });
    say(`Deleted schedule "${name}"; its runs and their results stay.\nSee them with: npx troupe list --schedule ${name}`);
    if (open.length > 0) say(`Still open, and going on: ${open.join(', ')}\nStop one with: npx troupe cancel ID`);
  });
}

/** `troupe schedule run`: a run now, beside those that are due. */
export async function run(name: string, { json }: JsonFlag): Promise<number> {
  return onSchedule({ action: 'run', name, leave: 'detach' }, async ({ troupe }) => {
    const triggered = await troupe.schedules.run(name);
    if (json === true) return printJson({ name, ...triggered });
    if (triggered.outcome === 'started') {
      print(triggered.workflowId);
      return say(`Watch it with: npx troupe watch ${triggered.workflowId}`);
    }
    const open = triggered.open.join(', ');
    if (triggered.outcome === 'skipped') return say(`Schedule "${name}" started nothing: ${open || 'the run before'} is still open`);
    const waits = open === '' ? 'it has not started yet' : `it waits for ${open}`;
    say(`Asked schedule "${name}" for a run: ${waits}; see: npx troupe schedule list`);
  });
}

interface Target {
  /** The verb, for the message. */
  readonly action: string;
  readonly name: string;
  /** @default 'as-found' */
  readonly leave?: 'as-found' | 'detach';
}

async function onSchedule({ action, name, leave = 'as-found' }: Target, use: (session: Session) => Promise<void>): Promise<number> {
  if (isNowhere()) {
    const cure = 'set TEMPORAL_ADDRESS or TROUPE_DATA to where it was created';
    throw new TroupeError('not-found', `Cannot ${action} schedule "${name}": "${cliSettings().TROUPE_DATA}" holds no schedules; ${cure}`);
  }
  return withSession(
    async (session) => {
      await use(session);
      return { code: ExitCode.done, leave };
    },
    { anySettings: true },
  );
}

/** Whether there is neither a server nor a folder of a local one. */
const isNowhere = (): boolean => !hasServer() && !existsSync(cliSettings().TROUPE_DATA);

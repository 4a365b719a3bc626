import { createHash } from 'node:crypto';

import type { ScheduleSpec } from '@temporalio/client';

import { closest } from '../../common/closest';
import type { RunOptions } from '../../common/run';
import { checkStart, type CheckedStart } from '../check-start';
import { TroupeError } from '../../common/troupe-error';
import type { Overlap } from './overlaps';

/** When a schedule starts runs: exactly one of `cron` and `everyMs`. */
export interface ScheduleTimes {
  /** Minute, hour, day of month, month, day of week, as in `0 7 * * 1-5`. */
  readonly cron?: string;
  /** Milliseconds, whole seconds; counted from midnight UTC of 1970-01-01, so 6 h means 00:00, 06:00, 12:00 and 18:00 UTC. */
  readonly everyMs?: number;
  /** IANA name of the zone that `cron` is meant in. @default UTC */
  readonly timeZone?: string;
}

/** How a schedule is made. The options of a run hold for each of its runs: a budget is what each one may cost. */
export interface ScheduleOptions extends ScheduleTimes, Omit<RunOptions, 'job'> {
  /** @default 'skip' */
  readonly overlap?: Overlap;
  /** Milliseconds, at least ten seconds: runs that were missed because the server was down are started when they are no later than this. @default 1 h */
  readonly catchUpMs?: number;
  /** Starts nothing until it is resumed. @default false */
  readonly paused?: boolean;
}

/** A schedule that passed every check which needs no server. */
export interface CheckedSchedule {
  readonly name: string;
  readonly run: CheckedStart;
  readonly spec: ScheduleSpec;
  readonly times: ScheduleTimes;
  readonly overlap: Overlap;
  readonly catchUpMs: number;
  readonly paused: boolean;
  /** Identity of all this but for the pause, which changes with time. */
  readonly hash: string;
}

// It begins the Workflow Id of every run and stands in commands, unquoted.
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** The server takes anything shorter for this. */
const SHORTEST_CATCH_UP_MS = 10_000;
const LONGEST_MS = 366 * 24 * HOUR_MS;

/** @throws TroupeError `invalid-input` with one line. */
export function checkSchedule(name: string, work: { pipeline: string; input: unknown }, options: ScheduleOptions): CheckedSchedule {
  const { cron, everyMs, timeZone, overlap = 'skip', catchUpMs = HOUR_MS, paused = false, ...runOptions } = options;
  if (!NAME.test(name)) {
    throw refusal(name, 'the name is not usable', 'begin with a letter or digit and use at most 100 letters, digits, ".", "_" and "-"');
  }
  const times = {
    ...(cron !== undefined && { cron }),
    ...(everyMs !== undefined && { everyMs }),
    ...(timeZone !== undefined && { timeZone }),
  };
  const spec = specOf(name, times);
  if (!(catchUpMs >= SHORTEST_CATCH_UP_MS && catchUpMs <= LONGEST_MS)) {
    throw refusal(name, `${catchUpMs} ms is no time to catch up within`, 'choose from ten seconds to 366 days, like 1h');
  }
  const run = checkStart(work.pipeline, work.input, runOptions);
  const content = JSON.stringify([run.hash, cron ?? null, everyMs ?? null, timeZone ?? null, overlap, catchUpMs]);
  return { name, run, spec, times, overlap, catchUpMs, paused, hash: createHash('sha256').update(content).digest('hex') };
}

function specOf(name: string, { cron, everyMs, timeZone }: ScheduleTimes): ScheduleSpec {
  if ((cron === undefined) === (everyMs === undefined)) {
    const why = cron === undefined ? 'it says nowhere when to run' : 'cron and an interval exclude each other';
    throw refusal(name, why, 'give cron, like --cron "0 7 * * 1-5", or an interval, like --every 6h');
  }
  if (cron !== undefined) {
    if (timeZone !== undefined) checkTimeZone(name, timeZone);
    return { cronExpressions: [cron], ...(timeZone !== undefined && { timezone: timeZone }) };
  }
  if (timeZone !== undefined) throw refusal(name, 'an interval has no time zone', 'leave the zone out, or use cron');
  const every = everyMs ?? 0;
  if (!(every >= SECOND_MS && every <= LONGEST_MS && every % SECOND_MS === 0)) {
    throw refusal(name, `an interval of ${every} ms is not possible`, 'choose whole seconds, from 1s to 366d');
  }
  return { intervals: [{ every }] };
}

function checkTimeZone(name: string, timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    const meant = closest(timeZone, Intl.supportedValuesOf('timeZone'));
    const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
    throw refusal(name, `no such time zone as "${timeZone}"${hint}`, 'give an IANA name, like Europe/Berlin');
  }
}

const refusal = (name: string, why: string, cure: string): TroupeError =>
  new TroupeError('invalid-input', `Cannot create schedule "${name}": ${why}; ${cure}`);

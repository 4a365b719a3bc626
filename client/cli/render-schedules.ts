import { shortDuration } from '../../common/duration';
import type { ScheduledRun, ScheduleSummary } from '../schedules/describe-schedule';
import { shorten } from '../shorten';
import { ago } from './amounts';
import type { Colors } from './output';

export interface ScheduleView {
  readonly colors: Colors;
  /** Epoch milliseconds. */
  readonly now: number;
}

const MAX_SUBJECT = 50;
const MAX_REASON = 69;
const SHOWN_REASONS = 2;
const LABEL = 9;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `Mon 2026-11-23 07:00 Europe/Berlin`: whose clock it is has to be said. */
export function timeIn(at: Date, timeZone: string): string {
  const options = { weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone }).formatToParts(at);
  const part = (type: string): string => parts.find((known) => known.type === type)?.value ?? '';
  return `${part('weekday')} ${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${timeZone}`;
}

/** `in 5 m`, `in 3 h`, `in 2 d`; the largest unit is enough. */
function inTime(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'in less than 1 m';
  if (milliseconds < HOUR) return `in ${Math.round(milliseconds / MINUTE)} m`;
  return milliseconds < DAY ? `in ${Math.round(milliseconds / HOUR)} h` : `in ${Math.round(milliseconds / DAY)} d`;
}

function whenOf({ cron, everyMs, timeZone }: ScheduleSummary): string {
  if (cron !== null) return `${cron} (${timeZone})`;
  return everyMs === null ? `as set by another program (${timeZone})` : `every ${shortDuration(everyMs)}`;
}

function nextOf({ nextAt, timeZone, state }: ScheduleSummary, now: number): string {
  if (nextAt === null) return state === 'paused' ? 'none while it is paused' : 'none: its times are over';
  return `${timeIn(nextAt, timeZone)}, ${inTime(nextAt.getTime() - now)}`;
}

/** Where a run that is completed says more is its result; here is enough to make somebody look. */
function notWorked({ degraded }: ScheduledRun): string[] {
  const more = degraded.length - SHOWN_REASONS;
  const shown = degraded
    .slice(0, SHOWN_REASONS)
    .map(({ step, reason }) => shorten(`not all worked: ${step.split(/[\\/]/).at(-1)}: ${reason}`, MAX_REASON));
  return [...shown, ...(more > 0 ? [`… and ${more} more: see its result`] : [])];
}

/** One schedule in a few lines that fit 80 columns, unless an id is longer. Ids are never cut: people copy them. */
export function renderSchedule(schedule: ScheduleSummary, { colors, now }: ScheduleView): string {
  const { name, pipeline, subject, state, note, last, overlap, skipped, missed, started } = schedule;
  const line = (label: string, text: string): string => `  ${colors.dim(label.padEnd(LABEL))}${text}`;
  const counts = [
    `${started} started`,
    ...(skipped > 0 ? [`${skipped} left out as one was open`] : []),
    ...(missed > 0 ? [`${missed} missed`] : []),
  ];
  return [
    `${colors.bold(name)}  ${state === 'active' ? colors.green(state) : colors.yellow(state)}`,
    line('runs', subject === '' ? pipeline : `${pipeline} · ${shorten(subject, MAX_SUBJECT)}`),
    line('when', `${whenOf(schedule)}, overlap ${overlap}`),
    line('next', nextOf(schedule, now)),
    ...(last === null
      ? [line('last', 'none yet')]
      : [
          line('last', `${last.status ?? 'no longer kept'}, ${ago(now - last.startedAt.getTime())}`),
          line('', last.workflowId),
          ...notWorked(last).map((text) => line('', colors.yellow(text))),
        ]),
    line('count', counts.join(', ')),
    ...(note === null ? [] : [line('note', note)]),
  ].join('\n');
}

export function renderSchedules(schedules: readonly ScheduleSummary[], view: ScheduleView): string {
  return schedules.map((schedule) => renderSchedule(schedule, view)).join('\n\n');
}

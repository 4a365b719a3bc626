import pc from 'picocolors';

import { renderSchedule, renderSchedules, timeIn } from '../../../client/cli/render-schedules';
import type { ScheduleSummary } from '../../../client/schedules/describe-schedule';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const view = { colors: pc.createColors(false), now: NOW };

const schedule: ScheduleSummary = {
  name: 'weekday-brief',
  pipeline: 'brief',
  subject: 'What our suppliers announced since yesterday, with prices and with dates of delivery',
  state: 'active',
  note: null,
  cron: '0 7 * * 1-5',
  everyMs: null,
  timeZone: 'Europe/Berlin',
  overlap: 'skip',
  catchUpMs: 3_600_000,
  nextAt: new Date('2026-11-23T06:00:00Z'),
  last: {
    workflowId: 'weekday-brief-2026-11-20T06:00:00Z',
    startedAt: new Date('2026-11-20T06:00:00Z'),
    status: 'completed',
    degraded: [],
    url: null,
  },
  started: 3,
  skipped: 0,
  missed: 0,
  createdAt: new Date('2026-11-17T09:00:00Z'),
};

describe('renderSchedule()', () => {
  test('shows what runs when, next and last, within 80 columns', () => {
    const text = renderSchedule(schedule, view);
    expect(text.split('\n')).toEqual([
      'weekday-brief  active',
      '  runs     brief · What our suppliers announced since yesterday, wit…',
      '  when     0 7 * * 1-5 (Europe/Berlin), overlap skip',
      '  next     Mon 2026-11-23 07:00 Europe/Berlin, in 2 d',
      '  last     completed, 1 d ago',
      '           weekday-brief-2026-11-20T06:00:00Z',
      '  count    3 started',
    ]);
  });

  test('shows a pause with its reason, and no next run', () => {
    const text = renderSchedule({ ...schedule, state: 'paused', nextAt: null, note: 'until Monday' }, view);
    expect(text).toContain('weekday-brief  paused');
    expect(text).toContain('  next     none while it is paused');
    expect(text).toContain('  note     until Monday');
  });

  test('shows intervals, what was left out and missed, and that nothing has run', () => {
    const at = { cron: null, everyMs: 21_600_000, timeZone: 'UTC', last: null, started: 0, skipped: 2, missed: 1, nextAt: null };
    const text = renderSchedule({ ...schedule, ...at }, view);
    expect(text).toContain('every 6h, overlap skip');
    expect(text).toContain('  next     none: its times are over');
    expect(text).toContain('  last     none yet');
    expect(text).toContain('  count    0 started, 2 left out as one was open, 1 missed');
  });

  test.each([
    ['2026-11-21T12:00:30Z', 'in less than 1 m'],
    ['2026-11-21T12:05:00Z', 'in 5 m'],
    ['2026-11-21T15:10:00Z', 'in 3 h'],
    ['2026-11-25T12:00:00Z', 'in 4 d'],
  ])('says of %s that it is %s', (at, words) => {
    expect(renderSchedule({ ...schedule, nextAt: new Date(at) }, view)).toContain(`Europe/Berlin, ${words}\n`);
  });

  test('says what did not work in a run that is completed', () => {
    const degraded = ['/data/in/a.csv', 'https://example.com/b.csv', 'c.csv'].map((step) => ({
      step,
      reason: `it answers with 404 ${'x'.repeat(80)}`,
      instead: 'no output',
    }));
    const { last } = schedule;
    const lines = renderSchedule({ ...schedule, last: last && { ...last, degraded } }, view).split('\n');
    const reason = (file: string) => expect.stringMatching(new RegExp(`^ {11}not all worked: ${file}: it answers with 404 x+…$`)) as string;
    expect(lines.slice(5, 9)).toEqual([
      '           weekday-brief-2026-11-20T06:00:00Z',
      reason('a.csv'),
      reason('b.csv'),
      '           … and 1 more: see its result',
    ]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('a run that is no longer kept is said so', () => {
    const last = { workflowId: 'old', startedAt: new Date('2026-09-01T06:00:00Z'), status: null, degraded: [], url: null };
    expect(renderSchedule({ ...schedule, last }, view)).toContain('  last     no longer kept, 81 d ago\n           old');
  });
});

describe('renderSchedules()', () => {
  test('keeps an empty line between two', () => {
    expect(renderSchedules([schedule, { ...schedule, name: 'other' }], view).split('\n\n')).toHaveLength(2);
  });
});

describe('timeIn()', () => {
  test.each([
    ['2026-07-01T05:00:00Z', 'Europe/Berlin', 'Wed 2026-07-01 07:00 Europe/Berlin'],
    ['2026-12-01T06:00:00Z', 'Europe/Berlin', 'Tue 2026-12-01 07:00 Europe/Berlin'],
    ['2026-12-31T23:30:00Z', 'Asia/Tokyo', 'Fri 2027-01-01 08:30 Asia/Tokyo'],
    ['2026-12-01T00:00:00Z', 'UTC', 'Tue 2026-12-01 00:00 UTC'],
  ])('shows %s on the clock of %s', (at, zone, text) => {
    expect(timeIn(new Date(at), zone)).toBe(text);
  });
});

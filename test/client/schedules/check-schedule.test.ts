import { checkSchedule, type ScheduleOptions } from '../../../client/schedules/check-schedule';
import { TroupeError } from '../../../common/troupe-error';

const WORK = { pipeline: 'brief', input: { topic: 'Idempotency keys' } };
const HOUR = 3_600_000;

const check = (options: ScheduleOptions, name = 'nightly') => checkSchedule(name, WORK, options);

/** The one line that a schedule is refused with. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(TroupeError);
    expect(error).toMatchObject({ code: 'invalid-input' });
    return (error as TroupeError).message;
  }
  throw new Error('nothing was refused');
}

describe('checkSchedule()', () => {
  test('hands cron and zone to the server as they are', () => {
    const { spec, overlap, catchUpMs, paused } = check({ cron: '0 7 * * 1-5', timeZone: 'Europe/Berlin' });
    expect(spec).toEqual({ cronExpressions: ['0 7 * * 1-5'], timezone: 'Europe/Berlin' });
    expect({ overlap, catchUpMs, paused }).toEqual({ overlap: 'skip', catchUpMs: HOUR, paused: false });
  });

  test('makes an interval of whole seconds', () => {
    expect(check({ everyMs: 6 * HOUR }).spec).toEqual({ intervals: [{ every: 6 * HOUR }] });
  });

  test('checks input and options of the run as a start does, and fills defaults', () => {
    const { run } = checkSchedule(
      'n',
      { pipeline: 'brief', input: { topic: '  Kettles ' } },
      { everyMs: HOUR, budgetUsd: 0.5, reuse: true },
    );
    expect(run).toMatchObject({ pipeline: 'brief', subject: 'Kettles', options: { budgetUsd: 0.5, reuse: true } });
    expect(run.options).toEqual({ budgetUsd: 0.5, reuse: true });
  });

  test.each<[string, ScheduleOptions, RegExp]>([
    ['no times', {}, /it says nowhere when to run; give cron, like --cron "0 7 \* \* 1-5"/],
    ['both kinds of times', { cron: '@daily', everyMs: HOUR }, /cron and an interval exclude each other/],
    [
      'a zone nobody knows',
      { cron: '@daily', timeZone: 'Europe/Berln' },
      /no such time zone as "Europe\/Berln" \(did you mean "Europe\/Berlin"\?\)/,
    ],
    ['a zone of an interval', { everyMs: HOUR, timeZone: 'UTC' }, /an interval has no time zone/],
    ['half a second', { everyMs: 500 }, /an interval of 500 ms is not possible; choose whole seconds/],
    ['a second and a half', { everyMs: 1_500 }, /an interval of 1500 ms is not possible/],
    ['NaN', { everyMs: Number.NaN }, /an interval of NaN ms is not possible/],
    ['three years', { everyMs: 1_100 * 24 * HOUR }, /is not possible; choose whole seconds, from 1s to 366d/],
    ['no time to catch up', { everyMs: HOUR, catchUpMs: 9_999 }, /9999 ms is no time to catch up within; choose from ten seconds/],
    ['a budget below nothing', { everyMs: HOUR, budgetUsd: -1 }, /^Cannot start "brief": options:/],
    ['an unknown option', { everyMs: HOUR, colour: 'red' } as ScheduleOptions, /^Cannot start "brief": options:/],
  ])('refuses %s', (_what, options, message) => {
    expect(refusal(() => check(options))).toMatch(message);
  });

  test.each(['', 'two words', '-dash', 'a/b', `it's`, 'x'.repeat(101)])('refuses the name %j', (name) => {
    expect(refusal(() => check({ everyMs: HOUR }, name))).toMatch(/^Cannot create schedule ".*": the name is not usable; begin with/);
  });

  test.each(['nightly', 'weekday_brief.v2', '7am', 'übersicht'])('takes the name %j', (name) => {
    expect(check({ everyMs: HOUR }, name).name).toBe(name);
  });

  test('refuses an unknown pipeline and an input that does not fit', () => {
    expect(refusal(() => checkSchedule('n', { pipeline: 'breif', input: {} }, { everyMs: HOUR }))).toMatch(/did you mean "brief"/);
    expect(refusal(() => checkSchedule('n', { pipeline: 'brief', input: { topic: ' ' } }, { everyMs: HOUR }))).toMatch(
      /"topic" must not be empty/,
    );
  });

  test('identity is that of work, times and policies; a pause is none of them', () => {
    const base = check({ cron: '@daily' }).hash;
    expect(check({ cron: '@daily', paused: true, overlap: 'skip', catchUpMs: HOUR }).hash).toBe(base);
    const others: ScheduleOptions[] = [
      { cron: '@weekly' },
      { everyMs: 24 * HOUR },
      { cron: '@daily', timeZone: 'Europe/Berlin' },
      { cron: '@daily', overlap: 'allow' },
      { cron: '@daily', catchUpMs: 2 * HOUR },
      { cron: '@daily', budgetUsd: 1 },
    ];
    expect(new Set([base, ...others.map((options) => check(options).hash)]).size).toBe(others.length + 1);
  });
});

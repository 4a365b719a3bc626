import { JOB_BLOWS, planJobBlows } from '../chaos/job-plan';
import { readChaosOptions } from '../chaos/options';
import { planOf } from '../chaos/plan';

describe('readChaosOptions()', () => {
  test('runs three rounds of every suite from seed 1 by default', () => {
    const suites = ['kills', 'faults', 'stack', 'jobs', 'caps'];
    expect(readChaosOptions([])).toEqual({ seed: 1, rounds: 3, suites, kills: 50, rows: 500 });
    const given = ['--only', 'jobs', '--seed', '9', '--rounds', '1', '--kills', '7', '--rows', '30'];
    expect(readChaosOptions(given)).toEqual({ seed: 9, rounds: 1, suites: ['jobs'], kills: 7, rows: 30 });
  });

  test('names what is wrong', () => {
    expect(() => readChaosOptions(['--only', 'floods'])).toThrow(
      'Cannot run "floods": no such suite; use one of kills, faults, stack, jobs, caps',
    );
    expect(() => readChaosOptions(['--rounds', '0'])).toThrow('Cannot read --rounds: "0" is not a whole number from 1; give one');
  });
});

describe('planOf()', () => {
  test('is decided by its seed, starts every article and strikes every part', () => {
    const plan = planOf(3, 20);
    expect(planOf(3, 20)).toEqual(plan);
    expect(planOf(4, 20)).not.toEqual(plan);
    expect(plan.filter(({ kind }) => kind === 'start')).toHaveLength(20);
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(['start', 'kill worker', 'failpoint', 'kill server', 'kill simulator']));
  });
});

describe('planJobBlows()', () => {
  test('is decided by its seed, kills as often as asked and everything alike', () => {
    const options = { seed: 3, kills: 10, jobs: 2, pauses: [5, 9] } as const;
    const plan = planJobBlows(options);
    expect(planJobBlows(options)).toEqual(plan);
    expect(planJobBlows({ ...options, seed: 4 })).not.toEqual(plan);
    expect(plan).toHaveLength(10);
    for (const kind of JOB_BLOWS) expect(plan.filter((blow) => blow.kind === kind).length).toBeGreaterThanOrEqual(2);
    expect(plan.every(({ kind, failpoint }) => (kind === 'collector') === (failpoint !== undefined))).toBe(true);
    expect(plan.every(({ afterMs, job }) => afterMs >= 5 && afterMs <= 9 && (job === 0 || job === 1))).toBe(true);
  });
});

import { readChaosOptions } from '../chaos/options';
import { planOf } from '../chaos/plan';

describe('readChaosOptions()', () => {
  test('runs three rounds of every suite from seed 1 by default', () => {
    expect(readChaosOptions([])).toEqual({ seed: 1, rounds: 3, suites: ['kills', 'faults', 'stack'] });
    expect(readChaosOptions(['--only', 'faults', '--seed', '9', '--rounds', '1'])).toEqual({ seed: 9, rounds: 1, suites: ['faults'] });
  });

  test('names what is wrong', () => {
    expect(() => readChaosOptions(['--only', 'floods'])).toThrow('Cannot run "floods": no such suite; use one of kills, faults, stack');
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

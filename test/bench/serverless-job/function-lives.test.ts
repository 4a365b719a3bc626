import { lifeIn, secondsWithin, secondsWithout } from '../../../bench/serverless-job/function-lives';
import { gateReport, lookersOf } from '../../../bench/serverless-job/report';

const life = (from: number, to: number, activities = 0) => ({ number: 1, from, to, reason: 'nothing to do', workflowTasks: 1, activities });

describe('lifeIn()', () => {
  test('reads the end of a function from a line of the stack, and nothing from its start', () => {
    expect(lifeIn('Function 12 ended after 4.4 s: nothing to do; workflow tasks 13, activities 3', 10_000)).toEqual({
      number: 12,
      from: 5_600,
      to: 10_000,
      reason: 'nothing to do',
      workflowTasks: 13,
      activities: 3,
    });
    expect(lifeIn('Function 2 died after 55.0 s', 60_000)).toMatchObject({ number: 2, from: 5_000, to: 60_000, reason: 'died' });
    expect(lifeIn('Function 2 started (build dev-1)', 0)).toBeUndefined();
  });
});

describe('seconds of functions', () => {
  const lives = [life(1_000, 3_000), life(2_000, 4_000), life(6_000, 9_000)];

  test('within a span count for each function', () => {
    expect(secondsWithin(lives, { from: 0, to: 10_000 })).toBe(7);
    expect(secondsWithin(lives, { from: 2_500, to: 7_000 })).toBe(3);
  });

  test('in which none lived count once', () => {
    expect(secondsWithout(lives, { from: 0, to: 10_000 })).toBe(4);
    expect(secondsWithout(lives, { from: 2_500, to: 7_000 })).toBe(2);
    expect(secondsWithout([], { from: 0, to: 5_000 })).toBe(5);
  });
});

test('lookersOf() finds those that did nothing but look, or nothing', () => {
  const [looked, worked, idle] = [life(0, 10, 1), life(20, 30, 2), life(40, 50, 0)];
  expect(lookersOf([looked, worked, idle], [5, 25])).toEqual([looked, idle]);
});

test('gateReport() tells functions that were there before from those that were woken', () => {
  const gate = { from: 10_000, to: 20_000 };
  const lives = [life(5_000, 13_000), life(15_000, 19_000), life(19_000, 24_000), life(21_000, 22_000)];
  expect(gateReport(lives, gate)).toEqual({ tailSeconds: 3, woken: 2, wokenSeconds: 5 });
});

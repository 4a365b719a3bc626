import { Memo } from '../../common/run';
import { statusOf } from '../../client/run-summary';
import { visibilityQuery } from '../../client/list-runs';

const described = (name: string, memo?: Record<string, unknown>) => ({ status: { code: 1, name }, memo }) as Parameters<typeof statusOf>[0];

describe('statusOf()', () => {
  test.each([
    ['RUNNING', 'running'],
    ['COMPLETED', 'completed'],
    ['CANCELLED', 'cancelled'],
    ['TERMINATED', 'failed'],
    ['TIMED_OUT', 'failed'],
  ])('of %s is %s', (name, expected) => {
    expect(statusOf(described(name))).toBe(expected);
  });

  test('finds a reached budget in the memo of a failed run', () => {
    expect(statusOf(described('FAILED', { [Memo.partial]: { ref: 'k', status: 'budget-reached' } }))).toBe('budget-reached');
    expect(statusOf(described('FAILED', { [Memo.partial]: { ref: 'k', status: 'failed' } }))).toBe('failed');
  });
});

describe('visibilityQuery()', () => {
  test('asks for every pipeline of the task queue', () => {
    expect(visibilityQuery({})).toMatch(/^TaskQueue = 'troupe' AND WorkflowType IN \('brief', .*'article'/);
  });

  test('narrows by pipeline and status', () => {
    expect(visibilityQuery({ pipeline: 'article', status: 'failed' })).toBe(
      "TaskQueue = 'troupe' AND WorkflowType IN ('article') AND ExecutionStatus IN ('Failed', 'Terminated', 'TimedOut') AND TroupeJob IS NULL",
    );
  });

  test('leaves the rows of jobs out, or shows those of one', () => {
    expect(visibilityQuery({})).toMatch(/ AND TroupeJob IS NULL$/);
    expect(visibilityQuery({ job: "shop's" })).toMatch(/ AND TroupeJob = 'shop''s'$/);
  });

  test('shows the runs of one schedule', () => {
    expect(visibilityQuery({ schedule: "it's" })).toMatch(/ AND TemporalScheduledById = 'it''s'$/);
    expect(visibilityQuery({})).not.toContain('TemporalScheduledById');
  });

  test('cannot be escaped by a quote', () => {
    expect(visibilityQuery({ pipeline: "x' OR 'a'='a" })).toContain("IN ('x'' OR ''a''=''a')");
  });
});

import type { OpenedRun } from '../../../common/run';
import { keepTaskTime, taskTime } from '../../../workflows/run/task-time';

type Activate = NonNullable<ReturnType<typeof keepTaskTime>['activate']>;
type Activation = Parameters<Activate>[0]['activation'];

const FIRST = 1_795_295_739_095;
const at = (ms: number, ...jobs: NonNullable<Activation['jobs']>): Activation => ({
  timestamp: { seconds: Math.floor(ms / 1_000) as never, nanos: (ms % 1_000) * 1e6 + 7 },
  jobs,
});
const started = at(FIRST, { initializeWorkflow: {} });
const local = { resolveActivity: { seq: 1, isLocal: true } };
const remote = { resolveActivity: { seq: 2, isLocal: false } };
const query = { queryWorkflow: { queryId: 'q', queryType: 'progress' } };

const newRun = { opened: { byTaskTime: true } as OpenedRun }; // the only field that is read
const timeAfter = (...activations: readonly Activation[]): number => {
  const guard = keepTaskTime();
  for (const activation of activations) guard.activate?.({ activation, batchIndex: 0 }, () => undefined);
  return taskTime(newRun);
};

describe('taskTime()', () => {
  test('is that of the task which brought something, whenever the result of a local activity is handed over', () => {
    // A query came while the local activity ran: its result comes with the next task. A replay has it in the first one.
    const live = timeAfter(started, at(FIRST, query), at(FIRST + 317, local));
    const replayed = timeAfter(started, at(FIRST + 70, local));
    expect([live, replayed]).toEqual([FIRST, FIRST]);
    expect(timeAfter(started, at(FIRST + 317, local), at(FIRST + 705, remote))).toBe(FIRST + 705);
    expect(timeAfter(started, at(FIRST + 705, local, remote), at(FIRST + 900, query))).toBe(FIRST + 705);
  });

  test('a run that an older build opened goes by the clock, as its history does', () => {
    timeAfter(started);
    const before = Date.now();
    expect(taskTime({ opened: {} as OpenedRun })).toBeGreaterThanOrEqual(before);
    expect(taskTime({ opened: null })).toBeGreaterThanOrEqual(before);
  });
});

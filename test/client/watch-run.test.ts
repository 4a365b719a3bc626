import type { WorkflowHandle } from '@temporalio/client';

import type { ClientContext } from '../../client/context';
import { watchRun, type WatchedRun } from '../../client/watch-run';

afterEach(() => jest.restoreAllMocks());

/** A run whose history has such a length at each look, and which has ended by the last one. */
function runOf(lengths: readonly number[], answers: (asked: number) => boolean = () => true) {
  let looks = 0;
  let asked = 0;
  let time = 0;
  let stepMs = 1;
  const handle = {
    workflowId: 'w',
    describe: () => {
      time += stepMs;
      const historyLength = lengths[looks];
      const closed = looks === lengths.length - 1;
      looks += 1;
      return Promise.resolve({
        workflowId: 'w',
        runId: 'r',
        type: 'brief',
        historyLength,
        status: { name: closed ? 'COMPLETED' : 'RUNNING', code: closed ? 2 : 1 },
        startTime: new Date(0),
        ...(closed && { closeTime: new Date(1_000) }),
        memo: {},
        typedSearchAttributes: { get: () => undefined },
        taskQueue: 'troupe',
        raw: {},
      });
    },
    query: () => {
      asked += 1;
      return answers(asked)
        ? Promise.resolve({ status: 'running', steps: [], stage: `answer ${asked}` })
        : Promise.reject(new Error('none'));
    },
    result: () => Promise.reject(new Error('not asked')),
  };
  const client = { withDeadline: (_: number, ask: () => Promise<unknown>) => ask(), options: {} };
  const context = { client, address: 'a', namespace: 'n', webUi: null } as unknown as ClientContext; // what is asked of it here
  jest.spyOn(Date, 'now').mockImplementation(() => time);
  const all = async (): Promise<WatchedRun[]> => {
    const seen: WatchedRun[] = [];
    for await (const look of watchRun(context, handle as unknown as WorkflowHandle, { intervalMs: 1 })) seen.push(look);
    return seen;
  };
  return { all, asked: () => asked, secondsALook: (seconds: number) => (stepMs = seconds * 1_000) };
}

describe('watchRun()', () => {
  test('asks a run again only when its history has grown', async () => {
    const { all, asked } = runOf([5, 5, 5, 9, 9, 12]);
    const seen = await all();
    expect(asked()).toBe(3);
    expect(seen.map(({ stage }) => stage)).toEqual(['answer 1', 'answer 1', 'answer 1', 'answer 2', 'answer 2', 'answer 3']);
    expect(seen.every(({ answering }) => answering)).toBe(true);
  });

  test('asks each time while nobody answers, and shows what was known', async () => {
    const { all, asked } = runOf([5, 6, 6, 6, 7], (number) => number === 1 || number === 4);
    const seen = await all();
    expect(seen.map(({ stage, answering }) => [stage, answering])).toEqual([
      ['answer 1', true],
      ['answer 1', false],
      ['answer 1', false],
      ['answer 4', true],
      ['answer 4', false],
    ]);
    expect(asked()).toBe(5);
  });

  test('asks every ten seconds all the same, to see whether a worker is still there', async () => {
    const { all, asked, secondsALook } = runOf([5, 5, 5, 5, 5]);
    secondsALook(4);
    await all();
    expect(asked()).toBe(2);
  });
});

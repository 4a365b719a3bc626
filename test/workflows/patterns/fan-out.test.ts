import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import fc from 'fast-check';

import { FailureType, failure } from '../../../common/failures';
import { fanOut } from '../../../workflows/patterns/fan-out';

/** Steps that a test finishes by hand, in any order. */
function controlledSteps() {
  const open = new Map<number, { resolve: (value: string) => void; reject: (error: unknown) => void }>();
  const started: number[] = [];
  let most = 0;
  const step = (item: number): Promise<string> =>
    new Promise((resolve, reject) => {
      started.push(item);
      open.set(item, { resolve, reject });
      most = Math.max(most, open.size);
    });
  const finish = async (item: number, error?: unknown): Promise<void> => {
    const handle = open.get(item);
    if (handle === undefined) throw new Error(`step ${item} is not open; open: ${[...open.keys()].join(', ')}`);
    open.delete(item);
    if (error === undefined) handle.resolve(`out ${item}`);
    else handle.reject(error);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { step, finish, started, open, mostOpen: () => most };
}

const broken = (text: string) => failure({ type: FailureType.OutputRejected, message: text });

describe('fanOut()', () => {
  it('returns results in input order whatever order they finish in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }).chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count })),
        async (finishOrder) => {
          const items = [...finishOrder].sort((a, b) => a - b);
          const steps = controlledSteps();
          const result = fanOut(items, steps.step);
          for (const item of finishOrder) await steps.finish(item);
          expect((await result).outputs).toEqual(items.map((item) => `out ${item}`));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps to its concurrency and starts the next as soon as one ends', async () => {
    const steps = controlledSteps();
    const result = fanOut([0, 1, 2, 3, 4], steps.step, { concurrency: 2 });
    expect(steps.started).toEqual([0, 1]);
    await steps.finish(1);
    await Promise.resolve();
    expect(steps.started).toEqual([0, 1, 2]);
    for (const item of [2, 3, 4, 0]) {
      await steps.finish(item);
      await Promise.resolve();
    }
    await result;
    expect(steps.mostOpen()).toBe(2);
  });

  it('succeeds with k of n and tells of each failed branch, at any split and in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }), fc.nat(10), async (succeeds, wanted) => {
        const atLeast = Math.min(wanted, succeeds.length);
        const told: number[] = [];
        const items = [...succeeds.keys()];
        const run = fanOut(items, async (item) => (succeeds[item] === true ? item : Promise.reject(broken(`no ${item}`))), {
          atLeast,
          onFailed: (item) => told.push(item),
        });
        const winners = items.filter((item) => succeeds[item]);
        if (winners.length < atLeast) {
          await expect(run).rejects.toBeInstanceOf(ApplicationFailure);
        } else {
          const { outputs, branches } = await run;
          expect(outputs).toEqual(winners);
          expect(told).toEqual(items.filter((item) => succeeds[item] !== true));
          expect(branches.map(({ item }) => item)).toEqual(items);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('fails with the failure of the one item when all are required, and cancels the rest', async () => {
    const steps = controlledSteps();
    const cancelRest = jest.fn(() => void steps.finish(1, new CancelledFailure('cancelled')));
    const result = fanOut([0, 1], steps.step, { cancelRest });
    const error = broken('no 0');
    await Promise.all([expect(result).rejects.toBe(error), steps.finish(0, error)]);
    expect(cancelRest).toHaveBeenCalledTimes(1);
  });

  it('names every failed branch when the quorum is out of reach', async () => {
    const result = fanOut(['red', 'green', 'blue'], async (item) => Promise.reject(broken(`no ${item}`)), { atLeast: 2 });
    await expect(result).rejects.toMatchObject({
      type: FailureType.QuorumNotReached,
      message: 'Cannot reach 2 of 3 branches: "red": no red; "green": no green',
    });
  });

  it('starts nothing more once the quorum is out of reach', async () => {
    const started: number[] = [];
    const step = async (item: number): Promise<never> => {
      started.push(item);
      throw broken('no');
    };
    await expect(fanOut([0, 1, 2, 3], step, { concurrency: 1 })).rejects.toThrow('no');
    expect(started).toEqual([0]);
  });

  it.each([
    ['a cancellation', new CancelledFailure('cancelled')],
    ['a wrong key', failure({ type: FailureType.Authentication, message: 'Cannot call Claude: key refused; check it' })],
  ])('does not tolerate %s as a failed branch', async (_, error) => {
    await expect(fanOut([0, 1, 2], async () => Promise.reject(error), { atLeast: 0 })).rejects.toBe(error);
  });

  it('lets open calls finish when the budget is reached', async () => {
    const steps = controlledSteps();
    const cancelRest = jest.fn();
    const result = fanOut([0, 1], steps.step, { atLeast: 1, cancelRest });
    const reached = failure({ type: FailureType.BudgetReached, message: 'Cannot call' });
    const finishing = steps.finish(0, reached).then(() => steps.finish(1));
    await expect(result).rejects.toBe(reached);
    await finishing;
    expect(cancelRest).not.toHaveBeenCalled();
  });

  it.each([
    [{ atLeast: 4 }, "'atLeast' must be a whole number from 0 to 3; current value is 4"],
    [{ concurrency: 0 }, "'concurrency' must be a whole number from 1"],
  ])('refuses %j', async (options, message) => {
    await expect(fanOut([1, 2, 3], async (item) => item, options)).rejects.toThrow(message);
  });

  it('returns nothing for no items', async () => {
    await expect(fanOut([], async () => 1)).resolves.toEqual({ branches: [], outputs: [] });
  });
});

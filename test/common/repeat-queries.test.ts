import { QueryNotRegisteredError, type WorkflowQueryInput } from '@temporalio/client';

import { repeatQueries } from '../../common/repeat-queries';
import { ASK_AGAIN } from '../../common/messages';

const connection = { withAbortSignal: async <Answer>(signal: AbortSignal, ask: () => Promise<Answer>) => (signals.push(signal), ask()) };
/** Of all queries so far. */
const signals: AbortSignal[] = [];
const input = { queryType: 'progress' } as WorkflowQueryInput; // handed on unread

/** Asks a run that fails so often before it answers. */
async function ask(failures: readonly Error[]): Promise<{ readonly answer: unknown; readonly asked: number }> {
  let asked = 0;
  const answer = await repeatQueries(connection).query?.(input, async () => {
    const failure = failures[asked];
    asked += 1;
    if (failure !== undefined) throw failure;
    return 'fine';
  });
  return { answer, asked };
}

const unlucky = new QueryNotRegisteredError(ASK_AGAIN, 3);

describe('repeatQueries', () => {
  test('asks again after an unlucky moment', async () => {
    expect(await ask([unlucky, unlucky])).toEqual({ answer: 'fine', asked: 3 });
  });

  test('hands on every other failure, and does not ask for ever', async () => {
    await expect(ask([new QueryNotRegisteredError('Workflow did not register a handler for x', 3)])).rejects.toThrow('did not register');
    await expect(ask(Array.from({ length: 20 }, () => unlucky))).rejects.toThrow('ask again');
  });

  describe('when no answer comes', () => {
    beforeEach(() => void jest.useFakeTimers());
    beforeEach(() => void signals.splice(0));
    afterEach(() => void jest.useRealTimers());

    /** Asks a run of which each query takes so long, and some are refused then; says how often it was asked by when. */
    async function askSlow(
      tookMs: readonly number[],
      refused: readonly number[] = [],
    ): Promise<{ readonly answer: unknown; readonly asked: number; readonly tookMs: number }> {
      const startedAt = Date.now();
      let asked = 0;
      const answer = repeatQueries(connection).query?.(input, async () => {
        const serial = asked++;
        await new Promise((resolve) => setTimeout(resolve, tookMs[serial]));
        if (refused.includes(serial)) throw new Error('Too many queries');
        return serial;
      });
      const ended = answer?.then((value) => ({ answer: value, asked, tookMs: Date.now() - startedAt }));
      await jest.advanceTimersByTimeAsync(60_000);
      return ended ?? Promise.reject(new Error('nothing was asked'));
    }

    test('asks once more, and takes the answer that comes first', async () => {
      expect(await askSlow([30_000, 20, 20])).toEqual({ answer: 1, asked: 2, tookMs: 1_020 });
      expect(await askSlow([30_000, 30_000, 20])).toEqual({ answer: 2, asked: 3, tookMs: 6_020 });
      expect(await askSlow([1_500, 1_500])).toEqual({ answer: 0, asked: 2, tookMs: 1_500 });
    });

    test('cancels the queries that nobody waits for any more', async () => {
      await askSlow([30_000, 30_000, 20]);
      expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    });

    test('does not fail because another one beside it is refused', async () => {
      expect(await askSlow([9_000, 20, 20], [1, 2])).toEqual({ answer: 0, asked: 3, tookMs: 9_000 });
    });

    test('asks a worker that is slow three times at most', async () => {
      expect(await askSlow([9_000, 9_000, 9_000])).toEqual({ answer: 0, asked: 3, tookMs: 9_000 });
      expect(await askSlow([900])).toEqual({ answer: 0, asked: 1, tookMs: 900 });
    });
  });
});

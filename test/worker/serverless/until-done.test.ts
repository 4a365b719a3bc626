import { untilDone, type EndReason, type Limits } from '../../../worker/serverless/until-done';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

interface Watched {
  readonly done: Promise<EndReason>;
  /** Sets the number of tasks in flight. */
  readonly set: (inFlight: number) => void;
  readonly end: () => void;
  readonly stop: () => void;
  readonly reason: () => EndReason | undefined;
  readonly isWatched: () => boolean;
}

function watch(limits: Partial<Limits> = {}): Watched {
  const controller = new AbortController();
  let listener: ((inFlight: number) => void) | undefined;
  let end: () => void = () => undefined;
  let reason: EndReason | undefined;
  const done = untilDone(
    {
      ended: new Promise<void>((resolve) => (end = resolve)),
      watch: (onChange) => {
        listener = onChange;
        onChange(0);
        return () => (listener = undefined);
      },
    },
    { idleMs: 3_000, pollMs: 20_000, stop: controller.signal, ...limits },
  );
  void done.then((found) => (reason = found));
  return {
    done,
    end,
    set: (inFlight) => listener?.(inFlight),
    stop: () => controller.abort(),
    reason: () => reason,
    isWatched: () => listener !== undefined,
  };
}

describe('untilDone()', () => {
  test('is idle after the idle time without a task', async () => {
    const { reason, isWatched } = watch();
    await jest.advanceTimersByTimeAsync(2_999);
    expect(reason()).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(reason()).toBe('idle');
    expect(isWatched()).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('a task of any length is work, and the idle time begins after the last one', async () => {
    const { set, reason } = watch();
    await jest.advanceTimersByTimeAsync(2_900);
    set(1);
    await jest.advanceTimersByTimeAsync(10_000);
    set(2);
    set(1);
    await jest.advanceTimersByTimeAsync(4_000);
    expect(reason()).toBeUndefined();
    set(0);
    await jest.advanceTimersByTimeAsync(2_999);
    expect(reason()).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(reason()).toBe('idle');
  });

  test('takes up nothing more once the window is over, whatever is in flight', async () => {
    const { set, reason } = watch();
    set(3);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(reason()).toBe('window');
    expect(jest.getTimerCount()).toBe(0);
  });

  test('stops when told, also when told before it began', async () => {
    const told = watch();
    told.set(1);
    told.stop();
    await expect(told.done).resolves.toBe('stopped');
    const before = watch({ stop: AbortSignal.abort() });
    await expect(before.done).resolves.toBe('stopped');
    expect(jest.getTimerCount()).toBe(0);
  });

  test('ends with a worker that ends by itself', async () => {
    const { end, done } = watch();
    end();
    await expect(done).resolves.toBe('ended');
    expect(jest.getTimerCount()).toBe(0);
  });
});

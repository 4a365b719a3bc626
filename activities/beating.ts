import { Context } from '@temporalio/activity';

import { BEAT_MS } from './call-site';

/**
 * Does something that may take long, with a beat a second: a worker that was killed is noticed, and cancellation reaches an activity
 * only through a beat. `onBeat` is called before each.
 */
export async function beating<Value>(body: () => Promise<Value>, onBeat?: () => void): Promise<Value> {
  const context = Context.current();
  const timer = setInterval(() => {
    onBeat?.();
    context.heartbeat();
  }, BEAT_MS);
  try {
    return await body();
  } finally {
    clearInterval(timer);
  }
}

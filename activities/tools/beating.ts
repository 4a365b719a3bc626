import { Context } from '@temporalio/activity';

const BEAT_MS = 1_000;

/** Beats once a second while `body` runs: cancellation reaches an activity only through a beat. */
export async function beating<Value>(body: () => Promise<Value>): Promise<Value> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await body();
  } finally {
    clearInterval(timer);
  }
}

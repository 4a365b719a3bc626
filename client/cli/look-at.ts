import type { RunHandle } from '../run-handle';
import type { WatchedRun } from '../watch-run';

/** One look at a run. */
export async function lookAt(run: RunHandle): Promise<WatchedRun> {
  for await (const look of run.watch()) return look;
  throw new Error('Cannot look at the run: the watching ended before it began; this is a bug');
}

import { Context } from '@temporalio/activity';

import { failure, FailureType } from '../../common/failures';
import { BEAT_MS, watchBeats } from '../call-site';

/** Something that beats for as long as it is done. */
export interface Beating {
  /**
   * Temporal gives up an attempt that went without a beat for too long, and another one may be doing the same by now.
   * @throws WorkerFault when that may be so
   */
  refuseAfterStandstill(): void;
}

/** Does something that may take long, with a beat a second: a worker that was killed is noticed. */
export async function beating<Value>(now: () => number, body: (beat: Beating) => Promise<Value>): Promise<Value> {
  const context = Context.current();
  const { beaten, silentMs } = watchBeats(context.info.heartbeatTimeoutMs, now);
  const timer = setInterval(() => {
    beaten();
    context.heartbeat();
  }, BEAT_MS);
  try {
    return await body({
      refuseAfterStandstill: () => {
        const silent = silentMs();
        if (silent === 0) return;
        const message = `Cannot send a batch: its worker stood still for ${silent} ms; give the worker more processor time`;
        throw failure({ type: FailureType.WorkerFault, message, retryable: true });
      },
    });
  } finally {
    clearInterval(timer);
  }
}

/** Does the same to many things, so many at the same time. */
export async function eachOf<Item>(items: readonly Item[], atOnce: number, body: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await body(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}

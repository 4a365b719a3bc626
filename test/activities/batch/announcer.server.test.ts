import { setTimeout as delay } from 'node:timers/promises';

import { defaultPayloadConverter } from '@temporalio/common';

import { createAnnouncer } from '../../../activities/batch/announcer';
import type { SubmitBatchInput } from '../../../activities/batch/submit-batch';
import { collectorId } from '../../../common/batch';
import { QUICK_PACE } from '../../helpers/lane-rig';
import { until } from '../../helpers/until';
import { withRig } from '../../pipelines/with-rig';

const WORKERS = 3;
const EACH = 1_000;
/** What a worker with a hundred calls at once brings forth in a moment. */
const AT_ONCE = 10;
const AT_LEAST_A_SECOND = 150;
/** What a collector takes in at least; a signal for each turn would hold it to this. */
const SIGNALS_A_SECOND = 23;

describe('announcers', () => {
  const rig = withRig({ maxCachedWorkflows: 100 });

  test(`of ${WORKERS} workers hand ${WORKERS * EACH} turns to one collector, in so few signals that it can take ${AT_LEAST_A_SECOND} a second, none lost and none doubled`, async () => {
    const pace = { ...QUICK_PACE, maxRequests: 500, eventsPerRun: 60 };
    const to = { client: rig.client, storeId: rig.store.id, taskQueue: rig.taskQueue };
    const startedAt = Date.now();
    await Promise.all(
      Array.from({ length: WORKERS }, async (_worker, worker) => {
        const announcer = createAnnouncer(pace);
        const heard: Array<Promise<void>> = [];
        for (let at = 0; at < EACH; at += 1) {
          heard.push(announcer.announce(to, { ticket: `${worker}-${at}`, bytes: 4_000 }));
          if (at % AT_ONCE === AT_ONCE - 1) await delay(5);
        }
        await Promise.all(heard);
      }),
    );
    await until(async () => (await collected()).tickets.length >= WORKERS * EACH);
    const perSecond = (WORKERS * EACH * 1_000) / (Date.now() - startedAt);
    process.stderr.write(`announced, taken in and put into batches: ${Math.round(perSecond)} turns a second\n`);
    const all = Array.from({ length: WORKERS * EACH }, (_, at) => `${Math.floor(at / EACH)}-${at % EACH}`);
    const { tickets, signals } = await collected();
    expect([...tickets].sort()).toEqual(all.sort());
    // Of the time that the machine took nothing is asked: it may be busy.
    expect(signals).toBeLessThanOrEqual(((WORKERS * EACH) / AT_LEAST_A_SECOND) * SIGNALS_A_SECOND);
  }, 120_000);

  /** Turns that the collector has put into batches, and signals that it got, in all its runs: it goes on as new, and it ends when nothing is left. */
  async function collected(): Promise<{ readonly tickets: readonly string[]; readonly signals: number }> {
    const tickets: string[] = [];
    let signals = 0;
    const workflowId = collectorId(rig.store.id);
    for await (const { runId } of rig.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
      const { events } = await rig.client.workflow.getHandle(workflowId, runId).fetchHistory();
      for (const { activityTaskScheduledEventAttributes: scheduled, workflowExecutionSignaledEventAttributes: signaled } of events ?? []) {
        if (signaled) signals += 1;
        const [input] = scheduled?.activityType?.name === 'submitBatch' ? (scheduled.input?.payloads ?? []) : [];
        if (input) tickets.push(...defaultPayloadConverter.fromPayload<SubmitBatchInput>(input).tickets);
      }
    }
    return { tickets, signals };
  }
});

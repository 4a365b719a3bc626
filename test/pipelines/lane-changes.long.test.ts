import { Worker } from '@temporalio/worker';

import { collectorId } from '../../common/batch';
import { LANES } from '../../common/call';
import { changeJobUpdate, pauseUpdate, resumeUpdate } from '../../common/messages';
import { randomFrom } from '../../simulator/random';
import { bundleWorkflows } from '../../worker/bundle-workflows';
import { atPace, chargedSince, leftovers, sumUsd } from '../helpers/lane-rig';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

const ROWS = 40;
const CHANGES = 60;

describe('a job whose lane is changed again and again, and that is paused meanwhile', () => {
  const rig = withRig({ simulator: { batchMs: 150, latencyMs: 40 }, deps: atPace({ lingerMs: 150 }), maxCachedWorkflows: 200 });

  test.each([1, 2, 3])(
    'does every row once and pays for no turn twice, and its runs can be replayed (seed %i)',
    async (seed) => {
      const since = rig.simulator.requests().length;
      const random = randomFrom(`lanes ${seed}`);
      const rows = Array.from({ length: ROWS }, (_, at) => ({ topic: `Lighthouse ${seed} of coast ${at}` }));
      const run = await rig.start('batchJob', { pipeline: 'brief', rows, concurrency: 20, rowsPerRun: 15 }, { lane: 'batch' });
      const job = rig.client.workflow.getHandle(run.handle.workflowId);
      const goesOn = async (): Promise<boolean> => (await job.describe()).status.name === 'RUNNING';
      for (let changes = 0; changes < CHANGES && (await goesOn()); changes += 1) {
        const lane = LANES[Math.floor(random.next() * LANES.length)] ?? 'batch';
        const pauseOrResume = random.next() < 0.3 ? pauseUpdate : resumeUpdate;
        // It may end, or go on as new, at any time.
        await job.executeUpdate(changeJobUpdate, { args: [{ lane }] }).catch(() => undefined);
        await job.executeUpdate(pauseOrResume).catch(() => undefined);
        const before = Date.now();
        await until(() => Date.now() - before > random.next() * 200);
      }
      await until(async () => !(await goesOn()) || (await job.executeUpdate(resumeUpdate).catch(() => undefined)) !== undefined);
      const { result, ledger } = await run.outcome();
      expect(result).toMatchObject({ done: ROWS, failed: 0 });
      const bill = chargedSince(rig, since);
      expect(bill).toHaveLength(2 * ROWS);
      expect(ledger).toMatchObject({ costUsd: sumUsd(bill), uncertainUsd: 0 });
      expect(rig.simulator.stats().duplicatesPaid).toBe(0);
      expect(new Set(bill.map(({ batchId }) => batchId !== undefined)).size).toBe(2);
      await until(async () => (await leftovers(rig)).length === 0);

      const ids = Array.from({ length: ROWS }, (_, at) => `${run.handle.workflowId}/${at + 1}`);
      const workflowBundle = await bundleWorkflows();
      const histories = [...ids, run.handle.workflowId, collectorId(rig.store.id)].map(async (workflowId) => ({
        workflowId,
        history: await rig.client.workflow.getHandle(workflowId).fetchHistory(),
      }));
      const replayed = Worker.runReplayHistories({ workflowBundle, replayName: `lanes-${seed}` }, await Promise.all(histories));
      for await (const { error } of replayed) expect(error).toBeUndefined();
    },
    180_000,
  );
});

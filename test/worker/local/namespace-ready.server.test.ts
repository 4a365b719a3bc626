import { collectorId } from '../../../common/batch';
import { createOpenRunCounter } from '../../../worker/local/namespace-ready';
import { atPace, QUICK_PACE } from '../../helpers/lane-rig';
import { startRig } from '../../helpers/rig';
import { SHARED_SERVER, startOwnTestServer } from '../../helpers/temporal';
import { until } from '../../helpers/until';

describe('createOpenRunCounter', () => {
  test('counts runs and not the collector of Message Batches', async () => {
    const server = await startOwnTestServer();
    const before = process.env[SHARED_SERVER];
    process.env[SHARED_SERVER] = server.address;
    const rig = await startRig({ deps: atPace({ ...QUICK_PACE, lingerMs: 60_000 }) });
    try {
      const count = await createOpenRunCounter(server.address, server.namespace);
      const run = await rig.start('brief', { topic: 'Counting' }, { lane: 'batch' });
      const collector = rig.client.workflow.getHandle(collectorId(rig.store.id));
      await until(async () => (await collector.describe()).status.name === 'RUNNING');
      await until(async () => (await rig.client.workflowService.countWorkflowExecutions({ namespace: 'default' })).count.toNumber() === 2);
      expect(await count()).toBe(1);
      await run.handle.cancel();
      await run.outcome().catch(() => undefined);
      await until(async () => (await count()) === 0);
      // Nothing is left for it.
      await until(async () => (await collector.describe()).status.name === 'COMPLETED');
    } finally {
      if (before === undefined) delete process.env[SHARED_SERVER];
      else process.env[SHARED_SERVER] = before;
      await rig.close();
      await server.close();
    }
  }, 60_000);
});

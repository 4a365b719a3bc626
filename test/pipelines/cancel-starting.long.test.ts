import { WorkflowFailedError } from '@temporalio/client';

import { atPace, leftovers } from '../helpers/lane-rig';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

const ROWS = 60;
const HOUR = 3_600_000;

describe('a job that is cancelled while its rows are being started', () => {
  const rig = withRig({ deps: atPace({ lingerMs: HOUR, askAgainMs: HOUR }), maxCachedWorkflows: 200 });

  // A cancellation that comes to a row before the row is there is dropped by Temporal: the job would wait for what its batch brings.
  test('ends, and none of its rows goes on, is sent or is charged', async () => {
    const rows = Array.from({ length: ROWS }, (_, at) => ({ topic: `Pier ${at + 1}` }));
    const run = await rig.start('batchJob', { pipeline: 'brief', rows, concurrency: ROWS }, { lane: 'batch' });
    await until(async () => ((await run.handle.describe()).raw.pendingChildren ?? []).length > 0);
    await run.handle.cancel();
    await expect(run.outcome()).rejects.toThrow(WorkflowFailedError);
    const open = await rig.client.workflow.count(`TroupeJob = '${run.handle.workflowId}' AND ExecutionStatus = 'Running'`);
    expect(open.count).toBe(0);
    expect(rig.simulator.batches()).toEqual([]);
    await until(async () => (await leftovers(rig)).length === 0);
  }, 180_000);
});

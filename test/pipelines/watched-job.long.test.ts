import { progressQuery } from '../../common/messages';
import { withRig } from './with-rig';

const ROWS = 240;
/** Queries under way at any time. */
const WATCHERS = 4;

describe('a job that is watched all the time', () => {
  const rig = withRig({ maxCachedWorkflows: 500 });

  // A query that comes while a local activity runs makes the worker end the task early; the rig replays the job when it closes.
  test('does all its rows, and its history replays', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'title', probability: 0.2 }]);
    const rows = Array.from({ length: ROWS }, (_, at) => ({ agent: 'title', input: { topic: `Pier ${at + 1}`, draft: 'Stone' } }));
    const run = await rig.start('batchJob', { pipeline: 'oneAgent', rows, concurrency: 20, rowsPerRun: 100 });
    const handle = rig.client.workflow.getHandle(run.handle.workflowId);
    let answers = 0;
    let ended = false;
    const watch = async (): Promise<void> => {
      while (!ended) {
        const answer = await handle.query(progressQuery).catch(() => undefined);
        if (answer !== undefined) answers += 1;
      }
    };
    const watching = Array.from({ length: WATCHERS }, watch);
    const { result } = await run.outcome();
    ended = true;
    await Promise.all(watching);
    expect(result.done + result.failed).toBe(ROWS);
    expect(result.failed).toBeGreaterThan(0);
    expect(answers).toBeGreaterThan(WATCHERS);
  }, 180_000);
});

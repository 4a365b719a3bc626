import type { ActivityDeps } from '../../../activities/deps';
import type { FaultRule } from '../../../simulator/faults';
import { startSimulator, type Simulator } from '../../../simulator/index';
import { startActivityRig, type ActivityRig } from '../activity-rig';
import { closeRigs, failed, track } from '../scripted-rig';
import { attempt, waitingTurn } from './batch-rig';

afterEach(closeRigs);

async function rigWith(faults: readonly FaultRule[], options: Partial<ActivityDeps> = {}): Promise<ActivityRig & { simulator: Simulator }> {
  const simulator = track(await startSimulator({ batchMs: 50, faults }));
  return { ...track(await startActivityRig(simulator.url, options)), simulator };
}

const submission = async (rig: ActivityRig) => ({
  key: 'k',
  tickets: [await waitingTurn(rig, 1), await waitingTurn(rig, 2)],
  ruledOut: [],
});

describe('submitBatch()', () => {
  it.each(['wrong_content_type', 'empty_body', 'truncated_json', 'charge_then_drop'])(
    'looks for its batch when Claude has taken it and said so with %s',
    async (kind) => {
      const rig = await rigWith([{ kind, on: 'batch_create', nth: 1 }]);
      const input = await submission(rig);
      expect((await failed(attempt(rig.activities.submitBatch, input))).nonRetryable).not.toBe(true);
      const [made] = rig.simulator.batches();
      expect(await attempt(rig.activities.submitBatch, input)).toEqual({ kind: 'unclear', candidates: [made?.id] });
      expect(rig.simulator.batches()).toHaveLength(1);
    },
  );

  it('looks for its batch when it could not write down that it was sent', async () => {
    const { store } = await rigWith([]).then(({ deps }) => deps);
    let full = true;
    const put: typeof store.put = (key, ...rest) => {
      if (!full || !key.startsWith('batch/sent/')) return store.put(key, ...rest);
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    };
    const rig = await rigWith([], { store: { ...store, put } });
    const input = await submission(rig);
    expect((await failed(attempt(rig.activities.submitBatch, input))).nonRetryable).not.toBe(true);
    full = false;
    const [made] = rig.simulator.batches();
    expect(await attempt(rig.activities.submitBatch, input)).toEqual({ kind: 'unclear', candidates: [made?.id] });
  });

  it.each(['wrong_content_type', 'empty_body', 'truncated_json'])(
    'does not take it for no batch when the list of batches comes as %s',
    async (kind) => {
      const rig = await rigWith([
        { kind: 'create_then_fail', nth: 1 },
        { kind, on: 'batch_list', nth: 1 },
      ]);
      const input = await submission(rig);
      await failed(attempt(rig.activities.submitBatch, input));
      await attempt(rig.activities.submitBatch, input).catch(() => undefined);
      expect(await attempt(rig.activities.submitBatch, input)).toMatchObject({ kind: 'unclear' });
      expect(rig.simulator.batches()).toHaveLength(1);
    },
  );
});

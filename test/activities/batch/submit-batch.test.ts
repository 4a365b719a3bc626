import Anthropic from '@anthropic-ai/sdk';

import type { ActivityDeps } from '../../../activities/deps';
import { FailureType } from '../../../common/failures';
import type { FaultRule } from '../../../simulator/faults';
import { startSimulator, type Simulator } from '../../../simulator/index';
import { startActivityRig, type ActivityRig } from '../activity-rig';
import { closeRigs, failed, track } from '../scripted-rig';
import { attempt, waitingTurn } from './batch-rig';

afterEach(closeRigs);

const HOUR = 3_600_000;

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
      expect((await failed(attempt(rig, rig.activities.submitBatch, { input }))).nonRetryable).not.toBe(true);
      const [made] = rig.simulator.batches();
      expect(await attempt(rig, rig.activities.submitBatch, { input })).toEqual({ kind: 'unclear', candidates: [made?.id] });
      expect(rig.simulator.batches()).toHaveLength(1);
    },
  );

  it('leaves a batch that may have been sent to a worker that has the same Claude', async () => {
    const rig = await rigWith([{ kind: 'charge_then_drop', on: 'batch_create', nth: 1 }]);
    const input = await submission(rig);
    await failed(attempt(rig, rig.activities.submitBatch, { input }));
    const other = await rigWith([], { store: rig.deps.store, simulated: false });
    const refusal = await failed(attempt(other, other.activities.submitBatch, { input }));
    expect([refusal.nonRetryable, refusal.message]).toEqual([false, expect.stringContaining('this worker has Claude')]);
    const [made] = rig.simulator.batches();
    expect(await attempt(rig, rig.activities.submitBatch, { input })).toEqual({ kind: 'unclear', candidates: [made?.id] });
  });

  it('looks for its batch when it could not write down that it was sent', async () => {
    const { store } = await rigWith([]).then(({ deps }) => deps);
    let full = true;
    const put: typeof store.put = (key, ...rest) => {
      if (!full || !key.startsWith('batch/sent/')) return store.put(key, ...rest);
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    };
    const rig = await rigWith([], { store: { ...store, put } });
    const input = await submission(rig);
    expect((await failed(attempt(rig, rig.activities.submitBatch, { input }))).nonRetryable).not.toBe(true);
    full = false;
    const [made] = rig.simulator.batches();
    expect(await attempt(rig, rig.activities.submitBatch, { input })).toEqual({ kind: 'unclear', candidates: [made?.id] });
  });

  it.each(['wrong_content_type', 'empty_body', 'truncated_json'])(
    'does not take it for no batch when the list of batches comes as %s',
    async (kind) => {
      const rig = await rigWith([
        { kind: 'create_then_fail', nth: 1 },
        { kind, on: 'batch_list', nth: 2 },
      ]);
      const input = await submission(rig);
      await failed(attempt(rig, rig.activities.submitBatch, { input }));
      await attempt(rig, rig.activities.submitBatch, { input }).catch(() => undefined);
      expect(await attempt(rig, rig.activities.submitBatch, { input })).toMatchObject({ kind: 'unclear' });
      expect(rig.simulator.batches()).toHaveLength(1);
    },
  );

  it.each([-HOUR, HOUR])('finds its batch when the clock of the worker is wrong by %i ms, and none that was made before', async (wrong) => {
    const rig = await rigWith([{ kind: 'create_then_fail', nth: 2 }], { now: () => Date.now() + wrong });
    const claude = new Anthropic({ apiKey: 'test', baseURL: rig.simulator.url, maxRetries: 0 });
    const params = { model: 'claude-haiku-5-5', max_tokens: 20, messages: [{ role: 'user' as const, content: 'Not ours' }] };
    await claude.messages.batches.create({ requests: ['a', 'b'].map((custom_id) => ({ custom_id, params })) });
    const input = await submission(rig);
    await failed(attempt(rig, rig.activities.submitBatch, { input }));
    const { data: made } = await claude.messages.batches.list();
    expect(made).toHaveLength(2);
    expect(await attempt(rig, rig.activities.submitBatch, { input })).toEqual({ kind: 'unclear', candidates: [made[0]?.id] });
  });

  it('sends though the list of batches cannot be had before', async () => {
    const rig = await rigWith([{ kind: '404', on: 'batch_list', nth: 1 }]);
    expect(await attempt(rig, rig.activities.submitBatch, { input: await submission(rig) })).toMatchObject({ kind: 'sent' });
  });

  it('sends only what waits for its Claude, and nothing of the collector of another store', async () => {
    const rig = await rigWith([]);
    const input = await submission(rig);
    const real = await waitingTurn(rig, 3, false);
    const { type, nonRetryable } = await failed(attempt(rig, rig.activities.submitBatch, { input, storeId: 'another-store' }));
    expect({ type, nonRetryable }).toEqual({ type: FailureType.StoreMismatch, nonRetryable: false });
    expect(rig.simulator.batches()).toEqual([]);
    const all = { ...input, tickets: [...input.tickets, real] };
    expect(await attempt(rig, rig.activities.submitBatch, { input: all })).toMatchObject({ kind: 'sent' });
    const sizes = rig.simulator.batches().map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0));
    expect(sizes).toEqual([2]);
  });
});

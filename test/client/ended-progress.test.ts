import { endedProgress } from '../../client/ended-progress';
import type { ClientContext } from '../../client/context';
import { NO_USAGE } from '../../common/pricing';
import { Memo } from '../../common/run';

const ledger = { costUsd: 0.5, uncertainUsd: 0.1, requests: 3, usage: NO_USAGE, byAgent: [] };
const steps = [{ step: 'writer', agent: 'writer', state: 'done' }];
const kept = { blackboard: { artifacts: [], steps, degraded: [], errors: [] }, ledger: {} };

function contextWith(blobs: Readonly<Record<string, unknown>> | undefined): ClientContext {
  const get = (key: string) => Promise.resolve(blobs?.[key] === undefined ? undefined : Buffer.from(JSON.stringify(blobs[key])));
  const client = { withDeadline: (_: number, ask: () => Promise<unknown>) => ask() };
  const openStore = () => (blobs === undefined ? Promise.reject(new Error('no such bucket')) : Promise.resolve({ get }));
  return { client, openStore } as unknown as ClientContext; // of both only what is asked here
}

type Described = Parameters<typeof endedProgress>[2];
const ended = (name: string, memo: object = {}) => ({ status: { name, code: 0 }, memo }) as Described;
const failed = ended('FAILED', { [Memo.partial]: { ref: 'k', ledger, status: 'failed', simulated: true } });
const noResult = { result: () => Promise.reject(new Error('it has none')) };

describe('endedProgress()', () => {
  test('of a completed run: what its result says', async () => {
    const result = () => Promise.resolve({ result: {}, ledger, degraded: [{ step: 's' }], simulated: true });
    expect(await endedProgress(contextWith({}), { result }, ended('COMPLETED'))).toEqual({
      costUsd: 0.5,
      uncertainUsd: 0.1,
      degraded: [{ step: 's' }],
      simulated: true,
    });
  });

  test('of a failed run: what memo and store say', async () => {
    const found = await endedProgress(contextWith({ k: kept }), noResult, failed);
    expect(found).toEqual({ costUsd: 0.5, uncertainUsd: 0.1, simulated: true, steps, degraded: [] });
  });

  test('of a failed run whose store is elsewhere or cannot be read: what the memo says', async () => {
    const spent = { costUsd: 0.5, uncertainUsd: 0.1, simulated: true };
    expect(await endedProgress(contextWith({}), noResult, failed)).toEqual(spent);
    expect(await endedProgress(contextWith(undefined), noResult, failed)).toEqual(spent);
  });

  test('of a run that was terminated, or whose result does not come: nothing', async () => {
    expect(await endedProgress(contextWith({}), noResult, ended('TERMINATED'))).toEqual({});
    expect(await endedProgress(contextWith({}), noResult, ended('COMPLETED'))).toEqual({});
  });
});

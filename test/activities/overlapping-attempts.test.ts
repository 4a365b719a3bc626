import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CancelledFailure } from '@temporalio/common';

import { currentCallSite } from '../../activities/call-site';
import { openCall } from '../../claude/journal';
import type { IntentRecord } from '../../claude/journal-records';
import { openFileStore } from '../../storage/file-store';
import type { Store } from '../../storage/store';
import { eventsOf, openStream, sendEvent, type Script } from '../claude/scripted-server';
import { quietEnvironment } from './activity-rig';
import { closeRigs, detailsOf, failed, GOOD, rigFor, type ScriptedRig } from './scripted-rig';

afterEach(closeRigs);

const INTENT: IntentRecord = { turn: 0, model: 'm', requestHash: 'h', worstPico: 1_234, worstTokens: 5, sentAt: 1 };

/** What an attempt does that was thought dead and wakes up: it sends. */
async function otherAttemptSends(store: Store): Promise<void> {
  const call = { namespace: 'test', workflowId: 'test', firstRunId: 'first-run', step: 'echo', generation: 0 };
  await (await openCall(store, call)).intend(INTENT);
}

/** The real activities; another attempt of the same call sends while the first request waits for `script`. */
async function overlapping(script: Script): Promise<ScriptedRig> {
  const opened: ScriptedRig = await rigFor(() => ({
    raw: (response) =>
      void otherAttemptSends(opened.rig.deps.store).then(() => {
        if ('raw' in script) script.raw(response, undefined as never);
        else if ('answer' in script) {
          openStream(response);
          for (const event of eventsOf(script)) sendEvent(response, event);
          response.end();
        } else response.writeHead(script.status, { 'content-type': 'application/json' }).end('{}');
      }),
  }));
  return opened;
}

describe('callAgent() beside an attempt that was thought dead', () => {
  const uncertain = { uncertainPico: INTENT.worstPico, uncertainTokens: INTENT.worstTokens, uncertainRequests: 1 };

  it('reports with its answer what the other one may have spent meanwhile', async () => {
    const { rig } = await overlapping(GOOD);
    expect(await rig.attempt()).toMatchObject({ kind: 'answered', spend: { settled: [{ requests: 1 }], ...uncertain } });
  });

  it('reports it with its failure', async () => {
    const { rig } = await overlapping({ status: 400 });
    const error = await failed(rig.attempt());
    expect(error.type).toBe('InvalidRequest');
    expect(detailsOf(error).spend).toMatchObject({ settled: [], ...uncertain });
  });

  it('reports it when it is cancelled', async () => {
    const environment = quietEnvironment();
    const { rig } = await overlapping({ raw: () => environment.cancel('CANCELLED') });
    const run = environment.run(rig.echo, { word: 'hello' }, rig.context());
    const error = (await run.catch((thrown: unknown) => thrown)) as CancelledFailure;
    expect(error.details).toEqual([{ spend: expect.objectContaining({ uncertainRequests: 2 }) }]);
  });

  it('leaves the spend to be asked for when the journal cannot be read at the end', async () => {
    const store = await openFileStore(mkdtempSync(join(tmpdir(), 'troupe-overlap-')));
    let broken = false;
    const list = (prefix: string) => (broken ? Promise.reject(new Error('EIO')) : store.list(prefix));
    const { rig } = await rigFor(
      () => {
        broken = true;
        return { status: 400 };
      },
      { store: { ...store, list } },
    );
    const error = await failed(rig.attempt());
    rmSync(store.location, { recursive: true });
    expect(error.type).toBe('InvalidRequest');
    expect(detailsOf(error)).not.toHaveProperty('spend');
  });
});

describe('callAgent() after a standstill', () => {
  it('sends nothing once its beats have been missing for the heartbeat timeout', async () => {
    let clock = 1_000_000;
    const failpoints = { hit: (name: string) => void (name === 'after-lookup' && (clock += 6_000)) };
    const { rig, server } = await rigFor([], { now: () => clock, failpoints });
    const error = await failed(rig.attempt(undefined, {}, { heartbeatTimeoutMs: 5_000 }));
    expect(error).toMatchObject({ type: 'WorkerFault', nonRetryable: false, message: expect.stringContaining('stood still for 6000 ms') });
    expect(server.seen).toHaveLength(0);
    expect(detailsOf(error).spend).toMatchObject({ settled: [], uncertainRequests: 0 });
  });

  it('sends when the beats came in time', async () => {
    let clock = 1_000_000;
    const failpoints = { hit: (name: string) => void (name === 'after-lookup' && (clock += 2_000)) };
    const { rig } = await rigFor([GOOD], { now: () => clock, failpoints });
    expect(await rig.attempt(undefined, {}, { heartbeatTimeoutMs: 5_000 })).toMatchObject({ kind: 'answered' });
  });
});

describe('callAgent() on a host that was cut off', () => {
  it('sends nothing when another attempt has the answer by the time that its intent is written', async () => {
    const store = await openFileStore(mkdtempSync(join(tmpdir(), 'troupe-cut-')));
    let clock = 1_000_000;
    let cut = true;
    const put: Store['put'] = async (key, bytes, options) => {
      if (cut && key.includes('.intent')) {
        cut = false;
        await opened.rig.attempt();
        clock += 6_000;
      }
      await store.put(key, bytes, options);
    };
    const opened = await rigFor([GOOD, GOOD], { store: { ...store, put }, now: () => clock });
    const outcome = await opened.rig.attempt();
    rmSync(store.location, { recursive: true });
    expect(outcome).toMatchObject({ kind: 'answered', spend: { settled: [{ requests: 1 }], uncertainRequests: 0 } });
    expect(opened.server.seen).toHaveLength(1);
  });
});

describe('currentCallSite()', () => {
  it('remembers a silence that was too long, also after the next beat', async () => {
    let clock = 0;
    const silent = await quietEnvironment({ heartbeatTimeoutMs: 5_000 }).run(async () => {
      const site = currentCallSite(() => clock);
      const beat = () => site.heartbeat({ model: '', characters: 0, outputTokens: 0, turn: 0, tail: '' });
      const seen = [site.silentMs()];
      for (const step of [3_000, 4_000, 7_000, 1_000]) {
        clock += step;
        beat();
        seen.push(site.silentMs());
      }
      return seen;
    });
    expect(silent).toEqual([0, 0, 0, 7_000, 7_000]);
  });
});

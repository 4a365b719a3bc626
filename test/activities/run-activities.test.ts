import type { ApplicationFailure } from '@temporalio/common';

import { createActivities } from '../../activities';
import { openRows } from '../../activities/open-run';
import type { CallOutcome } from '../../common/call';
import { EMPTY_LEDGER } from '../../common/ledger';
import { parseInput } from '../../common/pipelines/parse-input';
import { getBlob } from '../../storage/blobs';
import { startScriptedServer, type ScriptedServer } from '../claude/scripted-server';
import { echo, echoPipeline, quietEnvironment, startActivityRig, type ActivityRig } from './activity-rig';

let server: ScriptedServer;
let rig: ActivityRig;
beforeEach(async () => {
  server = await startScriptedServer(() => ({ answer: '{"said":"hello"}' }));
  rig = await startActivityRig(server.url);
});
afterEach(async () => {
  await rig.close();
  await server.close();
});

const failed = (promise: Promise<unknown>): Promise<ApplicationFailure> =>
  promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: ApplicationFailure) => error,
  );

describe('openRun()', () => {
  it('fills defaults and records store, simulation and the rates of the tiers', async () => {
    const opened = await rig.activities.openRun({ pipeline: 'echoRun', args: [{ word: ' hi ' }, { budgetUsd: 2 }] });
    expect(opened).toEqual({
      input: { word: 'hi', times: 3 },
      options: { budgetUsd: 2 },
      storeId: rig.deps.store.id,
      simulated: true,
      stageLater: true,
      byTaskTime: true,
      byEvents: true,
      rateCard: {
        fast: { model: 'claude-haiku-5-5', rates: expect.objectContaining({ output: 500_000 }) },
        balanced: { model: 'claude-sonnet-5-5', rates: expect.objectContaining({ output: 10_000_000 }) },
        best: { model: 'claude-opus-5-5', rates: expect.objectContaining({ output: 20_000_000 }) },
      },
    });
  });

  it('fails a wrong input with the very line that a client prints', async () => {
    const error = await failed(rig.activities.openRun({ pipeline: 'echoRun', args: [{ word: '' }] }));
    const parsed = parseInput('echoRun', echoPipeline.input, { word: '' });
    expect(error).toMatchObject({ type: 'InvalidInput', nonRetryable: true, message: parsed.ok ? '' : parsed.message });
  });

  it.each([
    ['no input', [], /^Cannot start "echoRun": the value is missing/],
    ['wrong options', [{ word: 'x' }, { budgetUsd: -1 }], /^Cannot start "echoRun": options: "budgetUsd" must be above 0;/],
    ['unknown options', [{ word: 'x' }, { speed: 9 }], /^Cannot start "echoRun": options: .*speed/],
    [
      'a third argument',
      [{ word: 'x' }, {}, 1],
      /^Cannot start "echoRun": it was given 3 arguments; give its input and, if need be, options$/,
    ],
  ])('refuses %s', async (_what, args, message) => {
    const error = await failed(rig.activities.openRun({ pipeline: 'echoRun', args }));
    expect(error).toMatchObject({ type: 'InvalidInput', nonRetryable: true, message: expect.stringMatching(message) });
  });

  it('names the pipelines there are', async () => {
    const error = await failed(rig.activities.openRun({ pipeline: 'nope', args: [{}] }));
    expect(error.message).toBe('Cannot start "nope": there is no such pipeline; use one of echoRun');
  });
});

describe('openRows()', () => {
  it('finds out for rows what each of their runs would', async () => {
    const {
      options: _options,
      byEvents: _byEvents,
      input,
      ...run
    } = await rig.activities.openRun({ pipeline: 'echoRun', args: [{ word: ' hi ' }] });
    expect(await openRows(rig.deps, 'echoRun', [{ word: ' hi ' }])).toEqual({ run, inputs: [{ input }] });
  });

  it('leaves long inputs and those that do not fit to their runs', async () => {
    const long = { word: 'ü'.repeat(500) };
    const { inputs } = await openRows(rig.deps, 'echoRun', [long, { word: '' }, { word: 'short' }]);
    expect(inputs).toEqual([null, null, { input: { word: 'short', times: 3 } }]);
  });

  it('takes no text of a row for a reference to what belongs to another run', async () => {
    const word = `<<troupe: 5 characters at blobs/ab/${'a'.repeat(64)}>>`;
    const { inputs } = await openRows(rig.deps, 'echoRun', [{ word }]);
    const kept = JSON.stringify(inputs);
    expect(kept).not.toContain(word);
    expect(await getBlob(rig.deps.store, /blobs\/[0-9a-f]{2}\/[0-9a-f]{64}/.exec(kept)?.[0] ?? '')).toBe(word);
  });
});

describe('keepWork()', () => {
  it('returns the key of what it kept', async () => {
    const work = { blackboard: { artifacts: [], steps: [], degraded: [], errors: [] }, ledger: EMPTY_LEDGER };
    expect(await getBlob(rig.deps.store, await rig.activities.keepWork(work))).toEqual(work);
  });
});

describe('settleCall()', () => {
  it('knows what a call has spent that never reported', async () => {
    const outcome = (await rig.attempt()) as CallOutcome;
    const call = { workflowId: 'test', firstRunId: 'first-run', step: 'echo', generation: 0 };
    expect(await quietEnvironment().run(rig.activities.settleCall, call)).toEqual(outcome.spend);
    const unknown = await quietEnvironment().run(rig.activities.settleCall, { ...call, step: 'other' });
    expect(unknown).toEqual({ settled: [], uncertainPico: 0, uncertainTokens: 0, uncertainRequests: 0 });
  });
});

describe('the activities that close a run', () => {
  const work = { blackboard: { artifacts: [], steps: [], degraded: [], errors: [] }, ledger: EMPTY_LEDGER };
  const call = { workflowId: 'test', firstRunId: 'first-run', step: 'echo', generation: 0 };
  const closing: ReadonlyArray<[string, (place: { storeId: string }) => Promise<unknown>]> = [
    ['settleCall()', (place) => quietEnvironment().run(rig.activities.settleCall, { ...call, ...place })],
    ['keepWork()', (place) => rig.activities.keepWork(work, place)],
    ['keepResult()', (place) => rig.activities.keepResult('x', place)],
  ];

  it.each(closing)('%s refuses in another store than the run’s, for another worker to do it', async (_name, close) => {
    expect(await failed(close({ storeId: 'elsewhere' }))).toMatchObject({
      type: 'StoreMismatch',
      nonRetryable: false,
      message: expect.stringMatching(/^Cannot (settle|keep) .*"elsewhere".*TROUPE_STORE/),
    });
    expect(await rig.deps.store.list('')).toEqual([]);
    await expect(close({ storeId: rig.deps.store.id })).resolves.toBeDefined();
  });
});

describe('createActivities()', () => {
  it('registers one Activity Type an agent, the dynamic one and those of runs, jobs, files and Message Batches', () => {
    const ofRun = ['keepResult', 'keepWork', 'openRun', 'settleCall', 'settleChild'];
    const ofJobs = ['keepOutcomes', 'keepRow', 'loadJobPage', 'lookAtRows', 'openJob', 'sampleRows', 'settleRow'];
    const ofFiles = ['listSource', 'takeFile', 'writeOutput'];
    const ofBatches = ['collectBatch', 'failTickets', 'lookAtBatch', 'submitBatch', 'withdrawTickets'];
    expect(Object.keys(rig.activities).sort()).toEqual(['agent', 'echo', ...ofRun, ...ofJobs, ...ofFiles, ...ofBatches, 'mcpTool'].sort());
  });

  it.each(['openRun', 'agent', 'mcpTool'])('refuses an agent that is called %s', (name) => {
    expect(() => createActivities({ ...rig.deps, agents: { x: { ...echo, name } } })).toThrow(
      `Cannot register agent "${name}": the name is taken`,
    );
  });
});

describe('the agent activity', () => {
  const role = { name: 'poet', system: 'You write verse.', maxTokens: 200 };
  const call = (input: unknown, grantPico?: number): Promise<unknown> => {
    const { agent } = rig.activities;
    if (agent === undefined) throw new Error('not registered');
    return quietEnvironment().run(agent, input, rig.context({ step: 'poet', ...(grantPico === undefined ? {} : { grantPico }) }));
  };

  it('plays a role that comes with the call and returns free text', async () => {
    expect(await call({ role: { ...role, tier: 'balanced' }, prompt: 'On rain' })).toMatchObject({
      kind: 'answered',
      output: { text: '{"said":"hello"}' },
    });
    expect(server.request(0).body).toMatchObject({
      model: 'claude-sonnet-5-5',
      system: role.system,
      messages: [{ role: 'user', content: 'On rain' }],
    });
    expect(server.request(0).body['output_config']).toEqual({ effort: 'low' });
    expect(rig.log[0]).toMatchObject({ agent: 'poet' });
  });

  it('refuses a role that does not fit', async () => {
    expect((await failed(call({ role: { ...role, tier: 'huge' }, prompt: 'x' }))).message).toMatch(
      /^Cannot call "agent": its input does not fit: "role\.tier": /,
    );
  });

  it('refuses a model without a known price under a budget, and takes it without one', async () => {
    const input = { role: { ...role, model: 'claude-unlisted' }, prompt: 'x' };
    expect(await failed(call(input, 1e12))).toMatchObject({
      type: 'PriceUnknown',
      nonRetryable: true,
      message: expect.stringContaining('"claude-unlisted"'),
    });
    expect(server.seen).toHaveLength(0);
    expect(await call(input)).toMatchObject({ kind: 'answered' });
  });
});

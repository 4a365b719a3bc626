import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

import type { Plan } from './conversation-workflows';
import { INTERCEPTOR_MODULES } from '../../../worker/bundle-workflows';
import { DIGGING, diggerDigs } from '../../helpers/digging';
import { startRig, type Rig } from '../../helpers/rig';

/** Calls of a tool in one conversation; `TROUPE_TEST_CALLS=100,300,1000` measures longer ones. */
const CALLS = (process.env['TROUPE_TEST_CALLS'] ?? '20,60,200').split(',').map(Number);
const RESULT_CHARACTERS = 5 * 1_024;
const TEN_MB = 10 * 1_024 * 1_024;

interface Growth {
  readonly calls: number;
  readonly events: number;
  readonly bytes: number;
}

describe('history of a conversation', () => {
  let rig: Rig;
  const measured: Growth[] = [];
  beforeAll(async () => {
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('./conversation-workflows'),
      workflowInterceptorModules: INTERCEPTOR_MODULES,
      logger: new DefaultLogger('ERROR'),
    });
    // A thousand results of 5 kB are more than a model takes; here it is the history that matters.
    rig = await startRig({ workflowBundle, maxCachedWorkflows: 100, deps: DIGGING, simulator: { contextWindow: 10_000_000 } });
  }, 120_000);
  afterAll(() => rig.close());

  it.each(CALLS)(
    '%d calls with results of 5 kB stay under 10 MB in one run',
    async (calls) => {
      rig.simulator.setRules(diggerDigs(calls, RESULT_CHARACTERS));
      const plan: Plan = { do: 'converse', task: 'Dig on', maxTurns: calls + 1 };
      const run = await rig.start('brief', { topic: JSON.stringify(plan) });
      expect((await run.outcome()).result).toMatchObject({ status: 'answered', toolCalls: calls });
      const { historyLength: events, historySize: bytes = 0 } = await run.handle.describe();
      measured.push({ calls, events, bytes });
      expect(bytes).toBeLessThan(TEN_MB);
      // One event type at a time: three of a turn, three of a tool, three of each workflow task between them.
      expect(events).toBeLessThanOrEqual(12 * calls + 40);
    },
    900_000,
  );

  it('grows with the number of calls, not with its square', () => {
    if (process.env['TROUPE_TEST_CALLS'] !== undefined) process.stderr.write(`${JSON.stringify(measured)}\n`);
    const [first, ...others] = measured.map(({ calls, bytes, events }) => ({ bytes: bytes / calls, events: events / calls }));
    if (first === undefined) throw new Error('nothing was measured');
    for (const { bytes, events } of others) {
      expect(bytes).toBeLessThan(first.bytes * 1.05);
      expect(events).toBeLessThan(first.events * 1.05);
    }
  });
});

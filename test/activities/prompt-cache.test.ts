import { JOB_PRIORITY } from '../../common/job';
import { startSimulator, type Simulator } from '../../simulator/index';
import { echo, startActivityRig, type ActivityRig } from './activity-rig';

const LONG = { ...echo, system: `${echo.system} ${'Speak up, and mind those who listen. '.repeat(80)}` };

describe('calls of an agent whose prompt is long enough to be cached', () => {
  let simulator: Simulator;
  let rig: ActivityRig;
  beforeEach(async () => {
    // The first byte comes after a quarter of it: time for all of them to arrive.
    simulator = await startSimulator({ latencyMs: 3_000 });
    rig = await startActivityRig(simulator.url, { agents: { echo: LONG } });
  });
  afterEach(async () => {
    await rig.close();
    await simulator.close();
  });

  const WORDS = ['tea', 'mug', 'pot', 'cup'];

  /** Tokens that each of four calls, begun together, wrote to the prompt cache and read from it. */
  async function askTogether(priorityKey: number | undefined): Promise<{ writes: number; reads: number }> {
    const info = priorityKey === undefined ? {} : { priority: { priorityKey } };
    await Promise.all(WORDS.map((word) => rig.attempt({ word }, { step: `echo/${word}` }, info)));
    const usages = simulator.requests().map(({ usage }) => usage);
    return {
      writes: usages.filter((usage) => usage.cache_creation_input_tokens > 0).length,
      reads: usages.filter((usage) => usage.cache_read_input_tokens > 0).length,
    };
  }

  it('wait in a row of a job until one of them has written it, and read it', async () => {
    expect(await askTogether(JOB_PRIORITY)).toEqual({ writes: 1, reads: 3 });
  });

  it.each([undefined, 2])('do not wait where a person does: with priority %p each of them writes', async (priority) => {
    expect(await askTogether(priority)).toEqual({ writes: 4, reads: 0 });
  });

  it('go on when the one that was to write is refused', async () => {
    simulator.configure({ latencyMs: 0 });
    simulator.setFaults([{ kind: '400', firstAttempts: 1, nth: 1, message: 'not this one' }]);
    const info = { priority: { priorityKey: JOB_PRIORITY } };
    const ends = await Promise.allSettled(WORDS.map((word) => rig.attempt({ word }, { step: `echo/${word}` }, info)));
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(4);
    expect(simulator.requests().filter(({ usage }) => usage.cache_creation_input_tokens > 0)).toHaveLength(1);
  });
});

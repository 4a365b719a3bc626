import { measureGrowth, startGrowthRig, type Growth } from '../../helpers/conversation-growth';
import type { Rig } from '../../helpers/rig';

/** Calls of a tool in one conversation; `npm run bench -- --only conversation` measures a thousand. */
const CALLS = [15, 60];
const TEN_MB = 10 * 1_024 * 1_024;

describe('history of a conversation', () => {
  let rig: Rig;
  const measured: Growth[] = [];
  beforeAll(async () => {
    rig = await startGrowthRig();
  }, 120_000);
  afterAll(() => rig.close());

  it.each(CALLS)('%d calls with results of 5 kB stay under 10 MB in one run', async (calls) => {
    const growth = await measureGrowth(rig, calls);
    measured.push(growth);
    expect(growth.bytes).toBeLessThan(TEN_MB);
    // One event type at a time: three of a turn, three of a tool, three of each workflow task between them.
    expect(growth.events).toBeLessThanOrEqual(12 * calls + 40);
  });

  it('grows with the number of calls, not with its square', () => {
    const [first, ...others] = measured.map(({ calls, bytes, events }) => ({ bytes: bytes / calls, events: events / calls }));
    if (first === undefined) throw new Error('nothing was measured');
    for (const { bytes, events } of others) {
      expect(bytes).toBeLessThan(first.bytes * 1.05);
      expect(events).toBeLessThan(first.events * 1.05);
    }
  });
});

import { agents } from '../../agents/index';
import type { RunOptions } from '../../common/run';
import type { BillRecord } from '../../simulator/bill-record';
import { atPace, chargedSince, sumUsd } from '../helpers/lane-rig';
import { until } from '../helpers/until';
import { withRig } from './with-rig';

/** Both of them are long enough to be cached. */
const HOUSE_STYLE = Array.from({ length: 60 }, (_, at) => `Rule ${at + 1}: say what a reader can use, in plain words.`).join('\n');
const { researcher, briefWriter } = agents;
const longAgents = {
  researcher: { ...researcher, system: `${researcher.system}\n${HOUSE_STYLE}` },
  briefWriter: { ...briefWriter, system: `${briefWriter.system}\n${HOUSE_STYLE}` },
};

const ROWS = 24;
const HOUR = 3_600_000;
let topics = 0;

describe('calls that begin alike', () => {
  const rig = withRig({
    simulator: { batchMs: 100 },
    // Each of the two batches leaves when every row is in it; who asks again would be counted twice.
    deps: { ...atPace({ lingerMs: 60_000, maxRequests: ROWS, askAgainMs: HOUR }), agents: { ...agents, ...longAgents } },
    maxCachedWorkflows: 200,
  });

  async function billOf(concurrency: number, options?: RunOptions): Promise<readonly BillRecord[]> {
    const since = rig.simulator.requests().length;
    const rows = Array.from({ length: ROWS }, () => ({ topic: `Harbour ${++topics}` }));
    const run = await rig.start('batchJob', { pipeline: 'brief', rows, concurrency }, options);
    const { result, ledger } = await run.outcome();
    expect(result).toMatchObject({ done: ROWS, failed: 0 });
    const bill = chargedSince(rig, since);
    expect(bill).toHaveLength(2 * ROWS);
    expect(ledger.costUsd).toBe(sumUsd(bill));
    return bill;
  }

  const writes = (bill: readonly BillRecord[]): number => bill.filter(({ usage }) => usage.cache_creation_input_tokens > 0).length;
  const reads = (bill: readonly BillRecord[]): number => bill.filter(({ usage }) => usage.cache_read_input_tokens > 0).length;

  it('interactive rows of a job let one write to the prompt cache, and the others read it', async () => {
    // Long enough for all that begin together to be there before the first is answered.
    rig.simulator.configure({ latencyMs: 1_500 });
    const job = billOf(20);
    await until(() => rig.simulator.requests().some(({ charged }) => charged));
    rig.simulator.configure({ latencyMs: 200 });
    const bill = await job;
    rig.simulator.configure({ latencyMs: null });
    // Or the next test would find the cache warm.
    rig.simulator.reset();
    // One for each agent.
    expect(writes(bill)).toBe(2);
    expect(reads(bill)).toBe(2 * ROWS - 2);
  });

  it('rows in Message Batches go with their like, so that few write', async () => {
    const bill = await billOf(ROWS, { lane: 'batch' });
    expect(bill.every(({ batchId }) => batchId !== undefined)).toBe(true);
    expect(writes(bill)).toBeLessThanOrEqual(16);
    expect(reads(bill)).toBe(2 * ROWS - writes(bill));
  });
});

import { toUsd } from '../../../common/money';
import type { FaultRule } from '../../../simulator';
import { withRig } from '../../pipelines/with-rig';

const INPUT = {
  agent: 'competitorResearcher',
  input: { market: 'Project tools for agencies', audience: 'agency owners', competitor: { name: 'Taskly' } },
} as const;

interface Study {
  readonly sources: ReadonlyArray<{ readonly url: string }>;
}

describe('a run of an agent that searches the web', () => {
  const rig = withRig();
  const research = async (faults: readonly FaultRule[] = [], budgetUsd?: number) => {
    rig.simulator.setFaults(faults);
    const run = await rig.start('oneAgent', INPUT, budgetUsd === undefined ? {} : { budgetUsd });
    const bill = () => run.bill().filter(({ charged }) => charged);
    const billed = () => toUsd(bill().reduce((sum, { costPico }) => sum + costPico, 0));
    return { run, bill, billed };
  };

  it('has its searches in the ledger, which is the bill', async () => {
    const { run, bill, billed } = await research([], 2);
    const { result, ledger } = await run.outcome();
    const searches = bill().reduce((sum, { usage }) => sum + (usage.web_search_requests ?? 0), 0);
    expect(searches).toBeGreaterThan(0);
    expect(ledger).toMatchObject({ costUsd: billed(), uncertainUsd: 0, usage: { web_search_requests: searches } });
    expect((result as unknown as { output: Study }).output.sources.length).toBeGreaterThan(0);
  }, 60_000);

  it('is granted what its searches may cost before the first request, and does not come back for more', async () => {
    const { run } = await research([], 2);
    await run.outcome();
    const scheduled = ((await run.handle.fetchHistory()).events ?? []).map(
      ({ activityTaskScheduledEventAttributes: activity }) => activity?.activityType?.name,
    );
    expect(scheduled.filter((name) => name === 'competitorResearcher')).toHaveLength(1);
  }, 60_000);

  it('survives lost answers and pauses within the bounds of its ledger', async () => {
    // Each rule counts what the rules before it have let through.
    const { run, bill, billed } = await research([
      { kind: 'charge_then_drop', nth: 1 },
      { kind: 'pause_turn', nth: 1 },
      { kind: 'bad_schema_output', nth: 1 },
    ]);
    const { ledger } = await run.outcome();
    expect(bill()).toHaveLength(4);
    expect(ledger.costUsd).toBeLessThan(billed());
    expect(ledger.costUsd + ledger.uncertainUsd).toBeGreaterThanOrEqual(billed());
  }, 60_000);

  it('ends unsent when the budget does not cover what its searches may cost', async () => {
    const { run, bill } = await research([], 0.05);
    await expect(run.outcome()).rejects.toMatchObject({ cause: { type: 'BudgetReached' } });
    expect(bill()).toHaveLength(0);
  }, 60_000);
});

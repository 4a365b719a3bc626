import { COLLECTOR } from '../../common/batch';
import { toUsd } from '../../common/money';
import { isLargeOutput, type LargeOutput } from '../../common/large-output';
import { pipelines, type PipelineName } from '../../common/pipelines/index';
import { getBlob } from '../../storage/blobs';
import * as workflows from '../../workflows/index';
import { withRig } from './with-rig';

const examples = Object.fromEntries(
  Object.keys(pipelines).map((name) => [name, require(`../../examples/${name}.json`) as never]), // checked by the pipeline's schema
) as Record<PipelineName, never>;

describe('every pipeline', () => {
  const rig = withRig();
  // Its longest answers may outlast a function.
  beforeAll(() => rig.servePool());

  it('is exported as a Workflow Type of its name; beside them there is only the collector of Message Batches', () => {
    expect(Object.keys(workflows).sort()).toEqual([...Object.keys(pipelines), COLLECTOR].sort());
  });

  // `batchFiles` needs a file that nobody has done yet: see batch-files.server.test.ts.
  it.each((Object.keys(pipelines) as PipelineName[]).filter((name) => name !== 'batchFiles'))(
    '%s returns a result of its published schema, and its ledger is the bill',
    async (name) => {
      const run = await rig.start(name, examples[name]);
      const { result, ledger, degraded } = await run.outcome();
      expect(pipelines[name].result.parse(result)).toEqual(result);
      expect(degraded).toEqual([]);
      const bill = run.bill();
      expect(bill.length).toBeGreaterThan(0);
      expect(ledger.requests).toBe(bill.length);
      expect(ledger.costUsd).toBe(toUsd(bill.reduce((sum, { costPico }) => sum + costPico, 0)));
    },
  );

  it('parallelResearch goes on without a viewpoint when enough others succeed, and says so', async () => {
    rig.simulator.setFaults([{ kind: 'refusal', agent: 'researcher', nth: 1 }]);
    const run = await rig.start('parallelResearch', { topic: 'Edge databases', viewpoints: ['cost', 'risk', 'operations'], atLeast: 2 });
    const { result, degraded } = await run.outcome();
    rig.simulator.setFaults([]);
    expect(result.reports).toHaveLength(2);
    expect(degraded).toEqual([
      expect.objectContaining({ step: expect.stringMatching(/^researcher\//) as string, instead: 'a synthesis without this viewpoint' }),
    ]);
  });

  it('a result over one MiB goes to the store, with a preview in its place', async () => {
    const text = 'All work and no play. '.repeat(9_000);
    rig.simulator.setRules([{ match: { system: 'big talker' }, reply: { text } }]);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const stages = names.map((name) => ({ name, system: 'You are a big talker.', max_tokens: 64_000 }));
    const run = await rig.start('stages', { topic: 'Size', stages });
    const { result, ledger } = await run.outcome();
    rig.simulator.setRules([]);
    expect(isLargeOutput(result)).toBe(true);
    const { ref, preview } = result as unknown as LargeOutput; // checked above
    expect(preview.startsWith('{"text":"All work')).toBe(true);
    expect(await getBlob(rig.store, ref)).toEqual({ text, stages: names.map((name) => ({ name, status: 'done', text })) });
    expect(ledger.requests).toBe(5);
  });

  it('an answer over 256 KiB arrives whole in the next stage and in the result', async () => {
    // Every character takes two bytes of JSON, and the simulator counts tokens of plain bytes.
    const text = `${'"\n'.repeat(70_000)}THE END`;
    rig.simulator.setRules([
      { match: { system: 'big talker' }, reply: { text } },
      {
        match: { system: 'reader', user: '^<topic>\\nSize\\n</topic>\\n\\n<previous>\\n("\\n){70000}THE END\\n</previous>$' },
        reply: { text: 'read it all' },
      },
    ]);
    const stage = (name: string) => ({ name, system: `You are a ${name}.`, max_tokens: 64_000 });
    const run = await rig.start('stages', { topic: 'Size', stages: [stage('big talker'), stage('reader')] });
    const { result } = await run.outcome();
    rig.simulator.setRules([]);
    const { ref } = result as unknown as LargeOutput; // a run's result that cannot travel
    expect(await getBlob(rig.store, ref)).toEqual({
      text: 'read it all',
      stages: [
        { name: 'big talker', status: 'done', text },
        { name: 'reader', status: 'done', text: 'read it all' },
      ],
    });
  });

  it('stages skips a failed stage that is not critical and names a failed one that is', async () => {
    const stage = (name: string, critical: boolean) => ({ name, critical, system: `You are the ${name}.`, max_tokens: 200 });
    rig.simulator.setFaults([{ kind: 'refusal', nth: 2 }]);
    const skipped = await rig.start('stages', { topic: 'Tea', stages: [stage('one', true), stage('two', false), stage('three', true)] });
    const { result, ledger } = await skipped.outcome();
    expect(ledger.byAgent.map(({ model }) => model)).toEqual(['claude-sonnet-5-5']); // the balanced tier, as the help says
    expect(result.stages.map(({ status }) => status)).toEqual(['done', 'skipped', 'done']);

    rig.simulator.setFaults([{ kind: 'refusal', nth: 2 }]);
    const failed = await rig.start('stages', { topic: 'Coffee', stages: [stage('one', true), stage('two', true)] });
    await expect(failed.outcome()).rejects.toMatchObject({
      cause: { type: 'Refused', message: expect.stringMatching(/^Cannot finish stage "two": /) as string },
    });
    rig.simulator.setFaults([]);
  });
});

import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { until } from '../../helpers/until';
import { startBackend, type Backend } from '../../helpers/backend';
import { troupe, type CommandEnd } from '../../helpers/troupe-command';
import type { RehearsedEstimate } from '../../../client/cli/rehearse';
import { endOf } from '../../../worker/local/rehearsed-run';

// The built program as a client of a server with former runs: `npm run build` first, as `npm test` does.
const TOPICS = ['Tide tables', 'Harbour pilots', 'Dry docks', 'Buoys', 'Ship bells', 'Knots'];
const QUERY = {
  query: 'Is the kettle in stock?',
  catalog: [{ id: 'kettle-1', name: 'Kettle', price: 49.9, inStock: true }],
  minConfidence: 1,
};

describe('troupe estimate', () => {
  let backend: Backend;
  let serial = 0;
  beforeAll(async () => {
    backend = await startBackend('estimate');
    await backend.startWorker();
    writeFileSync(file('topics.csv'), ['topic', ...TOPICS].join('\n'));
  });
  afterAll(() => backend.close());

  const file = (name: string): string => path.join(backend.folder, name);
  const command = (...args: readonly string[]): Promise<CommandEnd> => troupe(['estimate', ...args], file('no-data'), backend.env);
  const parsed = ({ stdout }: CommandEnd) => JSON.parse(stdout) as RehearsedEstimate;
  const start = (pipeline: string, input: unknown) =>
    backend.client.workflow.start(pipeline, { args: [input], taskQueue: 'troupe', workflowId: `${pipeline}-${++serial}` });
  const brief = async (topic: string): Promise<unknown> => (await start('brief', { topic })).result();
  const bill = (): number => backend.simulator.stats().costPico / 1e12;

  it('has the bill of a job within its range before anything is asked, and knows a run by former ones', async () => {
    const end = await command('brief', '--input', file('topics.csv'), '--sample', '2', '--json');
    expect(end.code).toBe(0);
    expect(backend.simulator.requests()).toEqual([]);
    expect(existsSync(file('no-data'))).toBe(false);
    const ofJob = parsed(end);
    expect(ofJob).toMatchObject({ pipeline: 'brief', rows: 6, sample: 2, lane: 'interactive', simulated: false, notes: [] });
    expect(ofJob.basis).toMatchObject({ incomplete: 0, formerRuns: 0 });
    expect(ofJob.steps.map(({ step, calls }) => [step, calls.expected])).toContainEqual(['briefWriter', 1]);

    await brief(TOPICS[0] ?? '');
    const ofOne = bill();
    await Promise.all(TOPICS.slice(1).map(brief));
    expect(bill()).toBeGreaterThan(ofJob.costUsd.low);
    expect(bill()).toBeLessThan(ofJob.costUsd.high);

    // The list of runs, where it finds former ones, knows of an end a moment later.
    const former = "WorkflowType = 'brief' AND ExecutionStatus = 'Completed'";
    await until(async () => (await backend.client.workflow.count(former)).count === TOPICS.length);
    const asked = backend.simulator.requests().length;
    const ofRun = parsed(await command('brief', TOPICS[0] ?? '', '--lane', 'batch', '--json'));
    expect(ofRun).toMatchObject({ rows: null, sample: null, rowUsd: null, simulated: true, basis: { rehearsed: 1, formerRuns: 6 } });
    // The same requests to a simulator of the same seed, at half the price.
    expect(ofRun.costUsd.expected).toBeCloseTo(ofOne / 2, 6);
    expect(ofRun.costUsd.high / ofRun.costUsd.low).toBeLessThan(1.5);
    expect(backend.simulator.requests()).toHaveLength(asked);
  }, 180_000);

  it('endOf() passes the gates of a run that would wait for a person, and says why one failed', async () => {
    const [passed, failed] = await Promise.all([
      endOf(backend.client, await start('customerQuery', QUERY)),
      endOf(backend.client, await start('brief', { topik: 'Tides' })),
    ]);
    expect(passed).toMatchObject({ end: 'completed', reason: null });
    expect(passed.ledger.requests).toBeGreaterThan(1);
    expect(failed).toMatchObject({ end: 'failed', ledger: { requests: 0 } });
    expect(failed.reason).toMatch(/^Cannot start "brief": /);
  }, 120_000);
});

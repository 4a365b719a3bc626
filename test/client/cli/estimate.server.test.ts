import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { startBackend, type Backend } from '../../helpers/backend';
import { troupe, type CommandEnd } from '../../helpers/troupe-command';
import type { RehearsedEstimate } from '../../../client/cli/rehearse';

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
    writeFileSync(file('query.json'), JSON.stringify(QUERY));
  });
  afterAll(() => backend.close());

  const file = (name: string): string => path.join(backend.folder, name);
  const command = (...args: readonly string[]): Promise<CommandEnd> => troupe(['estimate', ...args], file('no-data'), backend.env);
  const parsed = ({ stdout }: CommandEnd) => JSON.parse(stdout) as RehearsedEstimate;
  const brief = (topic: string): Promise<unknown> =>
    backend.client.workflow.execute('brief', { args: [{ topic }], taskQueue: 'troupe', workflowId: `brief-${++serial}` });
  const bill = (): number => backend.simulator.stats().costPico / 1e12;

  it('has the bill of a job within its range before anything is asked, and is surer of it after former runs', async () => {
    const [job, run, query] = await Promise.all([
      command('brief', '--input', file('topics.csv'), '--sample', '2', '--json'),
      command('brief', TOPICS[0] ?? '', '--json'),
      command('customerQuery', '--input', file('query.json')),
    ]);
    expect([job.code, run.code, query.code]).toEqual([0, 0, 0]);
    expect(backend.simulator.requests()).toEqual([]);
    expect(existsSync(file('no-data'))).toBe(false);
    const ofJob = parsed(job);
    const ofRun = parsed(run);
    expect(ofJob).toMatchObject({ pipeline: 'brief', rows: 6, sample: 2, lane: 'interactive', simulated: false, notes: [] });
    expect(ofJob.basis).toMatchObject({ incomplete: 0, formerRuns: 0 });
    expect(ofRun).toMatchObject({ rows: null, sample: null, rowUsd: null, basis: { rehearsed: 1, incomplete: 0, formerRuns: 0 } });
    expect(ofRun.steps.map(({ step, calls }) => [step, calls.expected])).toContainEqual(['briefWriter', 1]);
    // A person is waited for, and passed.
    expect(query.stdout).toMatch(/^Estimate for a run of customerQuery\n\nstep +calls +tokens in +cached +out +cost\nqueryClassifier/);
    expect(query.stdout).toContain('Start it with: npx troupe run customerQuery --input');
    expect(query.stdout).not.toContain('did not come to an end');

    await brief(TOPICS[0] ?? '');
    // The same requests to a simulator of the same seed.
    expect(ofRun.costUsd.expected).toBeCloseTo(bill(), 6);
    await Promise.all(TOPICS.slice(1).map(brief));
    expect(bill()).toBeGreaterThan(ofJob.costUsd.low);
    expect(bill()).toBeLessThan(ofJob.costUsd.high);

    const asked = backend.simulator.requests().length;
    const after = parsed(await command('brief', TOPICS[0] ?? '', '--lane', 'batch', '--json'));
    expect(after.simulated).toBe(true);
    expect(after.basis.formerRuns).toBeGreaterThan(0);
    expect(after.costUsd.expected).toBeCloseTo(ofRun.costUsd.expected / 2, 6);
    expect(after.costUsd.high / after.costUsd.low).toBeLessThan(ofRun.costUsd.high / ofRun.costUsd.low);
    expect(backend.simulator.requests()).toHaveLength(asked);
  });
});

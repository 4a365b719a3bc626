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
  const run = (topic: string): Promise<unknown> =>
    backend.client.workflow.execute('brief', { args: [{ topic }], taskQueue: 'troupe', workflowId: `brief-${++serial}` });
  const bill = (): number => backend.simulator.stats().costPico / 1e12;

  it('has the bill of a job within its range before anything is asked, and is surer of it after former runs', async () => {
    const [before, query] = await Promise.all([
      command('brief', '--input', file('topics.csv'), '--sample', '2', '--json'),
      command('customerQuery', '--input', file('query.json')),
    ]);
    expect(before.code).toBe(0);
    expect(backend.simulator.requests()).toEqual([]);
    expect(existsSync(file('no-data'))).toBe(false);
    const first = parsed(before);
    expect(first).toMatchObject({
      pipeline: 'brief',
      rows: 6,
      sample: 2,
      lane: 'interactive',
      simulated: false,
      steps: [{ step: 'briefWriter', calls: { expected: 1 } }],
      basis: { rehearsed: 6, incomplete: 0, formerRuns: 0 },
      notes: [],
    });
    // A person is waited for, and passed.
    expect(query.code).toBe(0);
    expect(query.stdout).toMatch(/^Estimate for a run of customerQuery\n\nstep +calls +tokens in +cached +out +cost\nqueryClassifier/);
    expect(query.stdout).toContain('Start it with: npx troupe run customerQuery --input');
    expect(query.stdout).not.toContain('did not come to an end');

    await Promise.all(TOPICS.map(run));
    const { low, expected, high } = first.costUsd;
    expect(bill()).toBeGreaterThan(low);
    expect(bill()).toBeLessThan(high);
    // The same requests to a simulator of the same seed.
    expect(expected).toBeCloseTo(bill(), 6);

    const asked = backend.simulator.requests().length;
    const after = parsed(await command('brief', '--input', file('topics.csv'), '--lane', 'batch', '--json'));
    expect(after).toMatchObject({ simulated: true, basis: { rehearsed: 6, formerRuns: 6 } });
    expect(after.costUsd.expected).toBeCloseTo(bill() / 2, 6);
    expect(after.costUsd.high / after.costUsd.low).toBeLessThan(high / low);
    expect(backend.simulator.requests()).toHaveLength(asked);
  });

  it.each([
    [['brief'], /^Cannot start "brief": no topic is given/],
    [['breif', 'Tides'], /no such pipeline \(did you mean "brief"\?\)/],
    [['brief', 'Tides', '--sample', '3'], /^Cannot estimate "brief": --sample is for rows; add --input with a \.csv or \.jsonl file/],
    [['brief', 'Tides', '--input', 'rows.csv'], /^Cannot estimate "brief": "Tides" is given beside a file of rows; leave one out/],
    [['brief', '--input', '/no/such.csv'], /^Cannot read input "\/no\/such\.csv": no such file/],
  ])('refuses %j with exit code 2', async (args, message) => {
    const end = await command(...args);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toMatch(message);
  });
});

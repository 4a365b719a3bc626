import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { killStack, processesOf } from '../../chaos/stack';
import type { CommandEnd } from '../../helpers/troupe-command';
import { troupe } from '../../helpers/troupe-command';

// These run the built program on a local stack: `npm run build` first, as `npm test` does.
let folder: string;
let dataDir: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-review-'));
  dataDir = join(folder, 'data');
  writeFileSync(join(folder, 'query.json'), JSON.stringify(query));
  writeFileSync(join(folder, 'answer.txt'), 'Yes, the kettle is in stock.\n');
});
afterAll(async () => {
  // A run may be open when a test has failed.
  await killStack(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

/** No classifier is ever quite sure, so a person decides. */
const query = {
  query: 'Is the kettle in stock?',
  catalog: [{ id: 'kettle-1', name: 'Gooseneck kettle', price: 49.9, inStock: true }],
  minConfidence: 1,
};

const command = (...args: readonly string[]): Promise<CommandEnd> => troupe(args, dataDir);
const parsed = (end: CommandEnd): unknown => JSON.parse(end.stdout);

describe('troupe review', () => {
  it('run ends with exit code 6 while a person is waited for, and says how to answer; the run stays open', async () => {
    const end = await command('run', 'customerQuery', '--input', join(folder, 'query.json'), '--id', 'first', '--json');
    expect(end.code).toBe(6);
    expect(parsed(end)).toMatchObject({
      workflowId: 'first',
      status: 'waiting',
      result: null,
      simulated: true,
      reviews: [{ name: 'answer', onDeadline: 'edit' }],
    });
    expect(end.stderr).toMatch(/Run "first" waits for a person:\n- answer: Send this answer to "Is the kettle in stock\?"/);
    expect(end.stderr).toContain('Answer with:  npx troupe review first --approve   or   --reject "why"   or   --edit FILE');
    expect(end.stderr).toContain('The local stack stays up for 1 open run');

    for (const again of [await command('watch', 'first'), await command('result', 'first')]) {
      expect(again).toMatchObject({ code: 6, stdout: '' });
      expect(again.stderr).toContain('waits for a person');
    }
  }, 180_000);

  it('shows the open gate with its proposal, for people and as JSON, with exit code 6', async () => {
    const [shown, json] = await Promise.all([command('review', 'first'), command('review', 'first', '--json')]);
    expect([shown.code, json.code]).toEqual([6, 6]);
    const { reviews } = parsed(json) as { reviews: Array<{ proposal: string; state: string }> };
    expect(reviews).toEqual([expect.objectContaining({ name: 'answer', state: 'open' })]);
    expect(shown.stdout).toContain(reviews[0]?.proposal ?? 'nothing');
    expect(shown.stderr).toMatch(/answer: without an answer in 2\d h \d\d m a stand-in is used|answer: without an answer in 23 h/);
  }, 60_000);

  it('neither showing it nor status nor list stops a stack that was up: the deadline of the gate goes on', async () => {
    for (const args of [['status', 'first'], ['list'], ['review', 'first']]) {
      await command(...args);
      expect(processesOf(dataDir)).not.toEqual([]);
    }
  }, 60_000);

  it.each([
    [['--approve', '--reject', 'no'], /more than one decision is given; choose one of --approve, --reject, --edit/],
    [['--reject', ' '], /a rejection needs a reason/],
    [['--approve', '--by', ''], /the name after --by is empty/],
    [['--approve', '--gate', 'nosuch'], /"first" has no open gate "nosuch"; open: "answer"/],
    [['--edit', '/no/such/file'], /Cannot read "\/no\/such\/file"/],
  ])(
    'refuses %j with exit code 2',
    async (flags, message) => {
      const end = await command('review', 'first', ...flags);
      expect(end.code).toBe(2);
      expect(end.stderr).toMatch(message);
    },
    60_000,
  );

  it('takes an edited text, and the result says who and how', async () => {
    const answered = await command('review', 'first', '--edit', join(folder, 'answer.txt'), '--by', 'Ines', '--json');
    expect(answered.code).toBe(0);
    expect(parsed(answered)).toMatchObject({
      workflowId: 'first',
      review: { gate: 'answer', decision: 'edit', by: 'Ines', byDeadline: false },
    });
    const result = await command('result', 'first', '--json');
    expect(result.code).toBe(0);
    expect(parsed(result)).toMatchObject({
      status: 'completed',
      result: { status: 'answered', answeredBy: 'person', answer: 'Yes, the kettle is in stock.\n' },
      reviews: [{ gate: 'answer', decision: 'edit', by: 'Ines' }],
    });
    const late = await command('review', 'first', '--approve');
    expect(late).toMatchObject({ code: 2, stdout: '' });
    expect(await command('review', 'first')).toMatchObject({ code: 0, stdout: '' });
  }, 120_000);

  it('answers a run whose stack was killed while it waited; rejects with a reason, under the name of the user', async () => {
    expect((await command('run', 'customerQuery', '--input', join(folder, 'query.json'), '--id', 'second')).code).toBe(6);
    expect(processesOf(dataDir)).not.toEqual([]);
    expect(await killStack(dataDir)).toEqual([]);
    const rejected = await command('review', 'second', '--gate', 'answer', '--reject', 'spam');
    expect(rejected.code).toBe(0);
    expect(rejected.stderr).toContain('Rejected "answer". Go on with: npx troupe watch second');
    const result = await command('result', 'second', '--json');
    expect(parsed(result)).toMatchObject({
      result: { status: 'rejected', answer: null },
      reviews: [{ decision: 'reject', reason: 'spam' }],
    });
  }, 120_000);
});

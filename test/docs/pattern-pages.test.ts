import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { failure, FailureType } from '../../common/failures';
import { bestTitle } from './patterns/best-of';
import { release } from './patterns/crew';
import { reviewed } from './patterns/debate';
import { research } from './patterns/fan-out';
import { untilItPasses } from './patterns/graph';
import { meeting } from './patterns/group-chat';
import { synthesis } from './patterns/merge';
import { solve } from './patterns/orchestrate';
import { desk } from './patterns/route';
import { polish } from './patterns/sequence';
import { lookUp } from './patterns/tool-loop';
import { isComplaint } from './patterns/vote';

const EXAMPLES = join(__dirname, 'patterns');
const names = readdirSync(EXAMPLES).map((file) => file.replace(/\.ts$/, ''));
const broken = failure({ type: FailureType.Refused, message: 'Cannot use the answer: Claude declined; reword it' });

describe('docs/patterns', () => {
  const page = (name: string): string => readFileSync(join(__dirname, '..', '..', 'docs', 'patterns', `${name}.md`), 'utf8');

  test.each(names)('%s.md shows the code that is tested here, as a pipeline would import it', (name) => {
    const code = readFileSync(join(EXAMPLES, `${name}.ts`), 'utf8').replaceAll('../../../workflows/', '../');
    expect(page(name)).toContain(`\`\`\`ts\n${code}\`\`\`\n`);
  });

  test.each(names)('%s.md has a diagram and says when to use it, when one agent is enough, and what the result holds', (name) => {
    expect(page(name)).toMatch(
      /^# .+\n\n[^#]+```\n[^]+?```\n\n## When to use it\n\n[^]+\n## When one agent is enough\n\n[^]+\n## Code\n\n[^]+\n## What the result holds\n\n[^]+/,
    );
  });
});

describe('the code of docs/patterns', () => {
  const same = async (text: string): Promise<string> => `${text}.`;

  test('sequence.md skips a stage that is not critical', async () => {
    const check = async () => Promise.reject(broken);
    await expect(polish('a', { shorten: same, translate: same, check })).resolves.toEqual({ text: 'a..', skipped: ['check'] });
  });

  test('fan-out.md goes on without one angle', async () => {
    const researcher = async (angle: string) => (angle === 'law' ? Promise.reject(broken) : `on ${angle}`);
    await expect(research(['cost', 'law', 'risk'], researcher)).resolves.toEqual({ findings: ['on cost', 'on risk'], missing: ['law'] });
  });

  test('best-of.md picks one of four titles', async () => {
    const result = await bestTitle(
      async ({ instruction, sample }) => `${instruction} ${sample}`,
      async (titles) => ({ index: titles.length - 1, reason: 'It is the last.' }),
    );
    expect(result).toEqual({ title: 'Name the problem. 1', asked: 'Name the problem.', reason: 'It is the last.' });
  });

  test('vote.md counts what is left', async () => {
    const result = await isComplaint(async ({ index }) => ({ choice: ['complaint', 'complaint', 'praise'][index] ?? '', because: 'So.' }));
    expect(result).toEqual({
      winner: 'complaint',
      decidedBy: 'majority',
      distribution: [
        { choice: 'complaint', votes: 2 },
        { choice: 'question', votes: 0 },
      ],
    });
  });

  test('merge.md asks again when a conflict names nobody', async () => {
    const conflict = { between: ['cost', 'risk'], about: 'the price', settled: 'The newer one counts.' };
    const reports = ['cost', 'risk'].map((name) => ({ name, content: name }));
    const result = await synthesis(reports, async (_, problems) => ({
      text: 'T',
      conflicts: [problems.length === 0 ? { ...conflict, between: ['cost', 'law'] } : conflict],
    }));
    expect(result).toEqual({ text: 'T', conflicts: [conflict], sources: ['cost', 'risk'] });
  });

  test('debate.md says what nobody has looked at again', async () => {
    const write = async (): Promise<string> => 'a';
    const good = await reviewed({ write, review: async (draft) => ({ blocking: draft === 'a' ? ['short'] : [] }), rewrite: same });
    expect(good).toEqual({ text: 'a.', check: [] });
    const bad = await reviewed({ write, review: async () => ({ blocking: ['short'] }), rewrite: same });
    expect(bad).toEqual({ text: 'a..', check: ['short'] });
  });

  test('tool-loop.md answers from what its tools returned, refusals among them', async () => {
    const model = async (said: readonly string[]) =>
      said.length === 0 ? { calls: ['find', 'delete'].map((tool) => ({ tool, query: `${tool} it` })) } : { answer: said.join(' and ') };
    await expect(lookUp(model, async (query) => `found: ${query}`)).resolves.toBe('found: find it and refused: reading only');
    await expect(
      lookUp(
        async () => ({ calls: [] }),
        async () => '',
      ),
    ).resolves.toBe('no answer after 5 turns');
  });

  test('route.md sends what is in doubt to the generalist', async () => {
    const pool = { code: async () => 'C', general: async () => 'G' };
    const classify = (confidence: number) => async () => ({ choice: 'code', confidence });
    await expect(desk(classify(0.9), pool)).resolves.toEqual({ answer: 'C', by: 'code', why: 'chosen' });
    await expect(desk(classify(0.5), pool)).resolves.toEqual({ answer: 'G', by: 'general', why: 'low confidence' });
  });

  test('graph.md revises until the check passes', async () => {
    const result = await untilItPasses({
      write: async (text) => ({ ...text, draft: 'a' }),
      check: async (text) => ({ ...text, problems: text.draft.length < 2 ? ['short'] : [] }),
      revise: async (text) => ({ ...text, draft: `${text.draft}b` }),
    });
    expect(result).toEqual({ text: 'ab', passed: true, visits: ['write', 'check', 'revise', 'check'] });
  });

  test('orchestrate.md sends a plan back, works along the dependencies and says what is missing', async () => {
    const part = (id: string, worker: string, ...needs: string[]) => ({ id, worker, instruction: `Do ${id}.`, depends_on: needs });
    const result = await solve({
      planner: async ({ problems }) =>
        problems.length === 0 ? [part('a', 'ghost')] : [part('a', 'search'), part('b', 'search'), part('c', 'analyse', 'a')],
      worker: async ({ id }, material) => (id === 'b' ? Promise.reject(broken) : `${id}(${material.join()})`),
      writer: async (texts) => texts.join(' '),
    });
    expect(result).toEqual({ answer: 'a() c(a())', plans: 2, missing: ['b'] });
  });

  test('group-chat.md lets the moderator pick and stops when they agree', async () => {
    const order = ['architect', 'person', 'tester', 'architect'];
    const result = await meeting(
      {
        architect: async (turns) => (turns.length === 0 ? 'One service.' : 'AGREED.'),
        tester: async () => Promise.reject(broken),
        person: async () => 'Two.',
      },
      async () => ({ next: order.shift() ?? null, reason: 'It is their matter.' }),
    );
    expect(result).toEqual({
      status: 'stopped',
      said: ['architect: One service.', 'person: Two.', 'tester: (passes)', 'architect: AGREED.'],
    });
  });

  test('crew.md hands the first output to the second task', async () => {
    const result = await release({ tester: async () => 'RISKS', writer: async (prompt) => prompt.replace('\n', ' | ') });
    expect(result).toEqual({ notes: 'RISKS | Make release notes of 100 words.', by: ['risks: tester', 'notes: writer'] });
  });
});

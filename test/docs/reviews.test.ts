import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildProgram } from '../../client/cli/program';
import type { ReviewCommand } from '../../common/review';
import { checkReview, type Gate } from '../../workflows/run/review-state';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'reviews.md'), 'utf8');

const gate = (name: string): [string, Gate] => [
  name,
  {
    name,
    title: 'Send it?',
    proposal: 'Dear customer',
    shown: 'Dear customer',
    refuses: () => undefined,
    openedAt: 0,
    deadlineAt: null,
    onDeadline: null,
    remindedAt: null,
    state: 'open',
    answer: null,
  },
];

describe('docs/reviews.md', () => {
  test('every flag of troupe review is shown, and no other', () => {
    const review = buildProgram('0', async () => undefined).commands.find((command) => command.name() === 'review');
    const flags = (review?.options ?? []).map(({ long }) => long);
    for (const flag of flags) expect(page).toContain(flag ?? '');
    const lines = page.split('\n').filter((line) => line.startsWith('troupe review'));
    expect(lines.length).toBeGreaterThan(3);
    for (const used of lines.flatMap((line) => line.match(/--[a-z]+/g) ?? [])) expect(flags).toContain(used);
  });

  test.each([
    [JSON.parse(/--name review[^]*?--input '(.+)'/.exec(page)?.[1] ?? '{}')],
    [{ gate: 'answer', decision: 'reject', reason: 'the price is wrong', by: 'Ines' }],
  ] as Array<[ReviewCommand]>)('the update %j is one that a run accepts', (command) => {
    expect(() => checkReview(new Map([gate('answer')]), command)).not.toThrow();
  });

  test('explains every option of a gate', () => {
    const source = readFileSync(join(ROOT, 'workflows', 'run', 'gates.ts'), 'utf8');
    const body = /export interface ReviewGateOptions<Value> \{([^]+?)\n\}/.exec(source)?.[1] ?? '';
    const options = [...body.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name);
    expect(options.length).toBe(7);
    for (const option of options) expect(page).toContain(`| \`${option}\` |`);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

import type { Command } from 'commander';

import { buildProgram } from '../../client/cli/program';
import { checkSchedule } from '../../client/schedules/check-schedule';
import { OVERLAPS } from '../../client/schedules/overlaps';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'schedules.md'), 'utf8');
const schedule = buildProgram('0', async () => undefined).commands.find((command) => command.name() === 'schedule');
const commands: readonly Command[] = schedule?.commands ?? [];
const lines = page.split('\n').filter((line) => line.startsWith('troupe schedule '));

describe('docs/schedules.md', () => {
  test.each(commands.map((command) => [command.name(), command] as const))('shows troupe schedule %s and its flags', (name, command) => {
    expect(lines.some((line) => line.startsWith(`troupe schedule ${name}`))).toBe(true);
    for (const { long } of command.options) expect(page).toContain(long ?? '');
  });

  test('uses no command and no flag that does not exist', () => {
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) {
      const [, , name] = line.split(' ');
      const command = commands.find((known) => known.name() === name);
      const flags = (command?.options ?? []).map(({ long }) => long);
      expect(command).toBeDefined();
      for (const used of line.match(/--[a-z-]+/g) ?? []) expect(flags).toContain(used);
    }
  });

  test('explains every rule for runs that overlap', () => {
    const row = page.split('\n').find((line) => line.startsWith('| `--overlap` |'));
    for (const overlap of OVERLAPS) expect(row).toContain(`\`${overlap}\``);
  });

  test('shows an example from a program that passes the checks', () => {
    const work = { pipeline: 'brief', input: { topic: "What changed in our suppliers' prices" } };
    const options = { cron: '0 7 * * 1-5', timeZone: 'Europe/Berlin', budgetUsd: 0.5 };
    const written = [work, options].map((value) => inspect(value, { breakLength: Infinity }));
    expect(page).toContain(`schedules.create(\n  'morning-brief',\n  ${written.join(',\n  ')},\n);`);
    expect(checkSchedule('morning-brief', work, options)).toMatchObject({ run: { options: { budgetUsd: 0.5 } } });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Command } from 'commander';

import { buildProgram } from '../../client/cli/program';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'serverless.md'), 'utf8');
const deploy = buildProgram('0', async () => undefined).commands.find((command) => command.name() === 'deploy');
const commands: readonly Command[] = deploy?.commands ?? [];
const lines = page.split('\n').filter((line) => line.startsWith('npx troupe deploy '));

describe('docs/serverless.md', () => {
  test.each(commands.map((command) => [command.name(), command] as const))('shows troupe deploy %s and its flags', (name, command) => {
    expect(lines.some((line) => line.startsWith(`npx troupe deploy ${name}`))).toBe(true);
    for (const { long } of command.options) expect(page).toContain(long ?? '');
  });

  test('uses no command and no flag that does not exist', () => {
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) {
      const command = commands.find((known) => known.name() === line.split(' ')[3]);
      const flags = (command?.options ?? []).map(({ long }) => long);
      expect(command).toBeDefined();
      for (const used of line.match(/(?<= )--[a-z-]+/g) ?? []) expect(flags).toContain(used);
    }
  });
});

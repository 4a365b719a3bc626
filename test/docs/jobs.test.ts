import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildProgram } from '../../client/cli/program';
import { checkRows } from '../../rows/check-rows';
import { batchJob } from '../../common/pipelines/batch-job';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'jobs.md'), 'utf8');
const commands = buildProgram('0', async () => undefined).commands;
const batch = commands.find((command) => command.name() === 'batch');
const retry = batch?.commands.find((command) => command.name() === 'retry');

describe('docs/jobs.md', () => {
  const flags = [...(batch?.options ?? []), ...(retry?.options ?? [])].filter(({ hidden }) => !hidden).map(({ long }) => long ?? '');

  test.each([...new Set(flags)])('explains %s', (flag) => {
    expect(page).toContain(flag);
  });

  test('uses no flag that does not exist', () => {
    const known = new Set(
      commands.flatMap((command) => [command, ...command.commands]).flatMap(({ options }) => options.map(({ long }) => long)),
    );
    const used = [...page.matchAll(/--[a-z][a-z-]+/g)].map(([flag]) => flag);
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter((flag) => !known.has(flag))).toEqual([]);
  });

  test('begins with a file whose rows all fit', async () => {
    const [, pipeline, file] = /^troupe batch (\w+) --input (\S+)/m.exec(page) ?? [];
    expect(pipeline).toBe('brief');
    await expect(checkRows({ file: join(ROOT, file ?? ''), pipeline: 'brief' })).resolves.toEqual({ good: 4, bad: [], unused: [] });
  });

  test('says the true defaults', () => {
    const { concurrency, rowsPerRun } = batchJob.input.parse({ pipeline: 'brief', rows: [{}] });
    expect(page).toContain(`${concurrency} unless given`);
    expect(page).toContain(`continues as new every ${rowsPerRun} rows`);
  });
});

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { troupe, type CommandEnd } from '../../helpers/troupe-command';

// These run the built program: `npm run build` first, as `npm test` and `npm run check` do.
const TOPICS = join(__dirname, '..', '..', '..', 'examples', 'topics.csv');
let folder: string;
let dataDir: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-main-'));
  dataDir = join(folder, 'data');
});
afterAll(() => rmSync(folder, { recursive: true }));

function expectRefusal(end: CommandEnd, code: number, message: RegExp): void {
  expect(end.stderr).toMatch(message);
  expect(end.stderr.trimEnd()).not.toContain('\n');
  expect(end).toMatchObject({ code, stdout: '' });
  // Nothing was started: not even the folder of a local stack is there.
  expect(existsSync(dataDir)).toBe(false);
}

describe('troupe', () => {
  test.concurrent.each([
    [['runn'], 2, /unknown command "runn"/],
    [['run', 'article', 'T', '--budgt', '1'], 2, /unknown option "--budgt"/],
    [['run', 'article', ' ', '--json'], 2, /^Cannot start "article": "topic" must not be empty/],
    [['run', 'article', 'T', '--budget-usd', '-5'], 2, /^Cannot read --budget-usd "-5"/],
    [['simulator', '--state-dir', '/proc/x'], 2, /^Cannot keep the simulator's bill in "\/proc\/x": .+ with --state-dir$/m],
    [['schedule', 'create', 'n', 'brief', 'T'], 2, /^Cannot create schedule "n": it says nowhere when to run/],
    [['schedule', 'delete', 'nosuch'], 3, /^Cannot delete schedule "nosuch"/],
    [['batch', 'brief', '--input', '-'], 2, /^Cannot read input "-": rows are read twice, and from a pipe or a device only once/],
    [['batch', 'brief', '--input', TOPICS, '--concurrency', '1e9'], 2, /"concurrency" must be at most 1000/],
    [['batch', 'brief', '--input', TOPICS, '--id', 'a\nb'], 2, /the id "a\\nb" is not usable/],
    [['estimate', 'brief', '--input', TOPICS, '--concurrency', '1001'], 2, /"concurrency" must be at most 1000/],
    [['batch', 'brief', '--input', TOPICS, '--out', '/dev/null/x.csv'], 2, /^Cannot write "\/dev\/null\/x.csv": there is no folder/],
    [['status', 'nosuch'], 3, /^Cannot find the run "nosuch"/],
  ])('%j ends with exit code %i and one line, nothing started', async (args, code, message) => {
    expectRefusal(await troupe(args, dataDir), code, message);
  });

  test.concurrent('says what is wrong with the environment', async () => {
    expectRefusal(
      await troupe(['run', 'article', 'T'], dataDir, { TROUPE_MAX_CALLS: 'many' }),
      2,
      /^Cannot read the environment: TROUPE_MAX_CALLS/,
    );
  });

  test.concurrent('ends with exit code 4 when Temporal does not answer', async () => {
    const end = await troupe(['list'], dataDir, { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expectRefusal(end, 4, /^Cannot connect: Temporal at "127.0.0.1:1" does not answer/);
  });

  test.concurrent('ends with exit code 4 when Claude does not answer', async () => {
    const end = await troupe(['run', 'brief', 'T'], dataDir, { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' });
    expectRefusal(end, 4, /^Cannot start the run: Claude at "http:\/\/127.0.0.1:1" does not answer/);
  });

  test.concurrent.each([[['help']], [['help', 'run']], [['--help']]])('%j shows help and ends with exit code 0', async (args) => {
    const end = await troupe(args, dataDir);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toMatch(/^Usage: npx troupe/);
    expect(end.stdout).not.toMatch(/--serverless/);
  });

  test.concurrent('refuses a data folder that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expectRefusal(await troupe(['list'], dataDir, { TROUPE_DATA: file }), 2, /^Cannot use the data folder ".*file": it is a file/);
  });

  test.concurrent('prints data alone on stdout', async () => {
    const [list, pipelines] = await Promise.all([troupe(['list', '--json'], dataDir), troupe(['pipelines', '--json'], dataDir)]);
    expect(list).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
    expect(pipelines.stderr).toBe('');
    expect(JSON.parse(pipelines.stdout)).toContainEqual(expect.objectContaining({ name: 'article' }));
  });
});

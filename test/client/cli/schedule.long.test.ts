import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { killStack, processesOf } from '../../chaos/stack';
import { troupe, type CommandEnd } from '../../helpers/troupe-command';
import { until } from '../../helpers/until';

// These run the built program on a local stack: `npm run build` first, as `npm test` does.
let folder: string;
let dataDir: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'troupe-schedule-'));
  dataDir = join(folder, 'data');
});
afterAll(async () => {
  await killStack(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

const schedule = (...args: readonly string[]): Promise<CommandEnd> => troupe(['schedule', ...args], dataDir);
const parsed = (end: CommandEnd): unknown => JSON.parse(end.stdout);

describe('troupe schedule', () => {
  it('without a data folder lists nothing, finds nothing, and makes no folder', async () => {
    const [list, pause] = await Promise.all([schedule('list', '--json'), schedule('pause', 'nightly')]);
    expect(list).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(pause).toMatchObject({ code: 3, stdout: '' });
    expect(pause.stderr).toMatch(/^Cannot pause schedule "nightly": ".*data" holds no schedules; set TEMPORAL_ADDRESS or TROUPE_DATA/);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('create says that the local stack has stopped and the schedule fires when one is up', async () => {
    const end = await schedule(
      'create',
      'nightly',
      'brief',
      'Kettles',
      '--cron',
      '0 3 1 1 *',
      '--time-zone',
      'Europe/Berlin',
      '--budget-usd',
      '0.5',
    );
    expect(end.code).toBe(0);
    expect(end.stdout).toMatch(/^nightly {2}active\n {2}runs {5}brief · Kettles\n/);
    expect(end.stdout).toMatch(/ {2}next {5}\w{3} \d{4}-01-01 03:00 Europe\/Berlin, in \d+ d\n/);
    expect(end.stderr).toContain('Created schedule "nightly"');
    expect(end.stderr).toContain('The local stack has stopped: the schedule fires when one is up again.\nKeep one up with: npx troupe dev');
    await until(() => processesOf(dataDir).length === 0);
  }, 120_000);

  it('run starts a run that outlives the command, on a schedule that outlived the stack', async () => {
    const end = await schedule('run', 'nightly', '--json');
    expect(end.code).toBe(0);
    const { workflowId } = parsed(end) as { workflowId: string };
    expect(workflowId).toMatch(/^nightly-\d{4}-/);
    const watched = await troupe(['watch', workflowId, '--json'], dataDir);
    expect(watched.code).toBe(0);
    expect(parsed(watched)).toMatchObject({ workflowId, status: 'completed', simulated: true });

    const runs = await troupe(['list', '--schedule', 'nightly', '--json'], dataDir);
    expect(parsed(runs)).toMatchObject([{ workflowId, pipeline: 'brief', subject: 'Kettles' }]);
  }, 180_000);

  it('pause keeps its reason for the list, and delete says what remains', async () => {
    const paused = await schedule('pause', 'nightly', '--reason', 'until Monday');
    expect(paused).toMatchObject({ code: 0, stdout: '' });
    expect(paused.stderr).toContain('Resume it with: npx troupe schedule resume nightly');
    const list = await schedule('list');
    expect(list.stdout).toMatch(/^nightly {2}paused\n/);
    expect(list.stdout).toMatch(
      / {2}last {5}completed, just now\n {11}nightly-\d{4}-.*\n {2}count {4}1 started\n {2}note {5}until Monday\n$/,
    );

    const again = await schedule('create', 'nightly', 'brief', 'Teapots', '--every', '6h');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('delete it first with "npx troupe schedule delete nightly"');

    const deleted = await schedule('delete', 'nightly', '--json');
    expect(parsed(deleted)).toEqual({ name: 'nightly', deleted: true, openRuns: [] });
    const gone = await schedule('run', 'nightly');
    expect(gone.code).toBe(3);
    expect(gone.stderr).toContain('Cannot run schedule "nightly": there is none');
  }, 240_000);
});

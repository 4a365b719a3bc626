import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { GuardedProcess } from '../../../worker/local/guarded-process';
import { startBackend, type Backend } from '../../helpers/backend';
import { troupe, type CommandEnd } from '../../helpers/troupe-command';
import { until } from '../../helpers/until';

// These run the built program: `npm run build` first, as `npm test` does.
describe('the commands that steer a run', () => {
  let backend: Backend;
  const workers: GuardedProcess[] = [];
  beforeAll(async () => {
    backend = await startBackend('steering');
    workers.push(await backend.startWorker());
  }, 120_000);
  afterAll(() => backend.close());

  const command = (...args: readonly string[]): Promise<CommandEnd> => troupe(args, join(backend.folder, 'data'), backend.env);

  /** A run whose second call takes until the test is over. */
  async function startSlow(id: string): Promise<void> {
    backend.simulator.configure({ latencyMs: 20_000 });
    expect(await command('run', 'brief', 'Slow', '--id', id, '--detach')).toMatchObject({ code: 0, stdout: `${id}\n` });
    await until(() => backend.simulator.requests({ workflow: id }).length > 0);
    backend.simulator.configure({ latencyMs: null });
  }

  test('pause and resume say what they found, also when there was nothing to do', async () => {
    await startSlow('slow');
    const ends: CommandEnd[] = [];
    for (const name of ['pause', 'pause', 'resume', 'resume']) ends.push(await command(name, 'slow'));
    expect(ends).toEqual([
      done('Paused "slow": calls in flight finish and none starts; go on with: npx troupe resume slow'),
      done('"slow" is paused already; go on with: npx troupe resume slow'),
      done('Resumed "slow"; watch it with: npx troupe watch slow'),
      done('"slow" is not paused; it is running; watch it with: npx troupe watch slow'),
    ]);
    const paused = await command('pause', 'slow', '--json');
    expect(JSON.parse(paused.stdout)).toEqual({ workflowId: 'slow', runId: expect.any(String) as string, status: 'paused' });
    expect((await command('status', 'slow')).stdout).toMatch(/^paused · research · /m);
    expect(await command('cancel', 'slow')).toEqual(done('Cancelled "slow"; what was done is kept: npx troupe result slow'));
  }, 60_000);

  test.each(['pause', 'resume', 'cancel'])('%s refuses a run that has ended, with exit code 2', async (name) => {
    await command('run', 'brief', 'Ended', '--id', 'ended');
    const stderr = `Cannot ${name} the run: "ended" is already completed; see "npx troupe result ended"\n`;
    expect(await command(name, 'ended')).toEqual({ code: 2, stdout: '', stderr });
  });

  test.each(['status', 'watch', 'result', 'pause', 'resume', 'cancel', 'review'])(
    '%s of an unknown id ends with exit code 3',
    async (name) => {
      const end = await command(name, 'nosuch');
      expect(end).toMatchObject({ code: 3, stdout: '' });
      expect(end.stderr).toMatch(/^Cannot find the run: no run "nosuch" on ".+", namespace "steering-\d+"; see "npx troupe list"\n$/);
    },
  );

  test('run and result with --out say that a run without a result has written nothing', async () => {
    const file = join(backend.folder, 'capped.md');
    const first = await command('run', 'brief', 'Capped', '--budget-usd', '0.0001', '--id', 'capped', '--out', file);
    for (const end of [first, await command('result', 'capped', '--out', file)]) {
      expect(end).toMatchObject({ code: 5, stdout: '' });
      expect(end.stderr).toContain(`Nothing written to "${file}": the run reached its budget before its result\n`);
    }
    expect(existsSync(file)).toBe(false);
    expect((await command('status', 'capped')).stdout).toMatch(/^- researcher: Cannot call "researcher" within the budget: it may cost /m);
  });

  test('a second start with the same id prints the stored result; with another input it is refused', async () => {
    const first = await command('run', 'brief', 'One', '--id', 'one');
    const charged = backend.simulator.requests().length;
    const again = await command('run', 'brief', 'One', '--id', 'one');
    expect(again).toMatchObject({ code: 0, stdout: first.stdout });
    expect(again.stderr).toMatch(/^one has already completed; its stored result:\n/);
    const other = await command('run', 'brief', 'Two', '--id', 'one');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toBe(
      'Cannot start "brief": the id "one" belongs to a completed "brief" run with another input or other options; ' +
        'choose another id, or see "npx troupe status one"\n',
    );
    expect(backend.simulator.requests()).toHaveLength(charged);
  });

  test('status and resume answer without a worker, from what the server knows', async () => {
    await startSlow('alone');
    for (const worker of workers.splice(0)) {
      worker.kill();
      await worker.ended;
    }
    const status = await command('status', 'alone');
    const resumed = await command('resume', 'alone');
    workers.push(await backend.startWorker());
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.stdout).toMatch(/^no worker answers right now; the run goes on as soon as one does$/m);
    // Nobody knows whether it was paused.
    expect(resumed).toEqual(done('Resumed "alone"; watch it with: npx troupe watch alone'));
    await command('cancel', 'alone');
  }, 60_000);
});

const done = (sentence: string): CommandEnd => ({ code: 0, stdout: '', stderr: `${sentence}\n` });

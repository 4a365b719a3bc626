import { gone } from '../../helpers/processes';
import { makeStackRig, type ServerlessStack, type StackRig } from '../../helpers/serverless-stack';
import { until } from '../../helpers/until';

jest.setTimeout(120_000);

/** Idle for three seconds, then gone. */
const EXIT_MS = 30_000;

let rig: StackRig;
let serverless: ServerlessStack;

beforeAll(async () => {
  rig = makeStackRig();
  serverless = await rig.start();
});

afterAll(() => rig.close());

const running = () => serverless.info().functions?.running ?? [];
const atZero = (limitMs?: number) => until(() => running().length === 0, { limitMs, what: 'no function should run' });

async function article(topic: string) {
  const startedAt = new Date();
  const run = await serverless.troupe.start('article', { topic });
  const { result } = await run.result();
  return { result, startedAt };
}

describe('a stack without a worker', () => {
  test('from zero to done: the server wakes a function, which ends once there is nothing to do; and again', async () => {
    await atZero();
    expect(serverless.info()).toMatchObject({ processes: { worker: null }, serverless: expect.stringMatching(/^dev-/) });
    const { started = 0 } = serverless.info().functions ?? {};

    const first = await article('Zero to done');
    const pids = running();
    await Promise.all(pids.map((pid) => gone(pid, EXIT_MS)));
    await atZero();
    expect(first.result.title).not.toBe('');
    expect((await serverless.wakings()).some((at) => at >= first.startedAt)).toBe(true);

    const second = await article('Zero again');
    expect(second.result.title).not.toBe('');
    expect(running().filter((pid) => pids.includes(pid))).toEqual([]);
    expect(serverless.info().functions?.started).toBeGreaterThanOrEqual(started + 2);
    expect(serverless.lines).toContainEqual(
      expect.stringMatching(/^Function \d+ ended after \d+\.\d s: nothing to do; workflow tasks [1-9]/),
    );
  });

  test('stops with its functions', async () => {
    const run = await serverless.troupe.start('article', { topic: 'Left alone' });
    await until(() => running().length > 0, { what: 'a function should run' });
    const pids = running();
    await serverless.stop();
    await Promise.all(pids.map((pid) => gone(pid)));
    expect(run.workflowId).toMatch(/^article-/);
  });
});

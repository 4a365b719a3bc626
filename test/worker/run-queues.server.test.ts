import path from 'node:path';

import { Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

import { poolOf, TASK_QUEUE, type Serves } from '../../common/task-queues';
import { packageRoot } from '../../worker/local/package-root';
import { runQueues } from '../../worker/run-queues';
import { makeNamespaces } from '../helpers/namespaces';
import { startTestServer, type TestServer } from '../helpers/temporal';
import { until } from '../helpers/until';

const WORKFLOWS = 1;
const ACTIVITIES = 2;

describe('runQueues()', () => {
  let server: TestServer;
  let native: NativeConnection;
  let connection: Connection;
  const namespaces = (['all', 'main', 'pool'] as const).map((serves) => `queues-${serves}-${process.pid}`);
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
    server = await startTestServer();
    [native, connection] = await Promise.all([
      NativeConnection.connect({ address: server.address }),
      Connection.connect({ address: server.address }),
    ]);
    await makeNamespaces(connection, namespaces);
  });
  afterAll(async () => {
    await Promise.all([native.close(), connection.close()]);
    await server.close();
  });

  async function pollers(namespace: string, name: string, taskQueueType: number): Promise<number> {
    const queue = await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType });
    return queue.pollers.length;
  }

  const polled = async (namespace: string): Promise<boolean[]> => {
    const counts = [
      await pollers(namespace, TASK_QUEUE, WORKFLOWS),
      await pollers(namespace, TASK_QUEUE, ACTIVITIES),
      await pollers(namespace, poolOf(TASK_QUEUE), WORKFLOWS),
      await pollers(namespace, poolOf(TASK_QUEUE), ACTIVITIES),
    ];
    return counts.map((count) => count > 0);
  };

  it.each<[Serves, boolean[]]>([
    ['all', [true, true, false, true]],
    ['main', [true, true, false, false]],
    ['pool', [false, false, false, true]],
  ])('that serves %s polls just these queues, and ends when told to', async (serves, expected) => {
    const namespace = `queues-${serves}-${process.pid}`;
    const stop = new AbortController();
    const workflows = serves === 'pool' ? {} : { workflowBundle: { codePath: path.join(packageRoot(), 'dist', 'workflow-bundle.js') } };
    const options = { connection: native, namespace, activities: { idle: () => Promise.resolve() }, serves, ...workflows };
    let ready = false;
    const running = runQueues(options, stop.signal, () => (ready = true));
    await until(async () => JSON.stringify(await polled(namespace)) === JSON.stringify(expected));
    expect(ready).toBe(true);
    stop.abort();
    await expect(running).resolves.toBeUndefined();
  });

  it('fails when the namespace does not exist', async () => {
    const options = { connection: native, namespace: 'nowhere', activities: { idle: () => Promise.resolve() }, serves: 'pool' } as const;
    await expect(runQueues(options, new AbortController().signal)).rejects.toThrow(/nowhere/);
  });
});

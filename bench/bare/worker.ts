import Anthropic from '@anthropic-ai/sdk';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import { workerOptions } from '../../worker/options';
import { createBareActivities } from './activities';
import { BARE_TASK_QUEUE } from './task-queue';

/**
 * Process entry: the bare app's worker, with the options of Troupe's own. Takes the file of the workflow bundle, reports on
 * stdout when it polls, ends on SIGTERM.
 */
async function main(): Promise<void> {
  const [codePath = ''] = process.argv.slice(2);
  const { ANTHROPIC_BASE_URL: baseURL, TEMPORAL_ADDRESS: address } = process.env;
  if (baseURL === undefined || address === undefined)
    throw new Error('Cannot start: TEMPORAL_ADDRESS or ANTHROPIC_BASE_URL is not set; set both');
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const claude = new Anthropic({ apiKey: 'simulated', authToken: null, baseURL, maxRetries: 0 });
  const connection = await NativeConnection.connect({ address });
  const activities = createBareActivities(claude);
  const workflowBundle = { codePath };
  const worker = await Worker.create(
    workerOptions({ connection, namespace: 'default', activities, workflowBundle, taskQueue: BARE_TASK_QUEUE }),
  );
  const running = worker.run();
  stop.signal.addEventListener('abort', () => worker.shutdown(), { once: true });
  process.stdout.write('{"ready":true}\n');
  await running;
  await connection.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);

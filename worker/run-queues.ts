import { Worker } from '@temporalio/worker';

import { poolOf, TASK_QUEUE, type Serves } from '../common/task-queues';
import { workerOptions, type TroupeWorkerOptions } from './options';

export interface QueuesOptions extends Omit<TroupeWorkerOptions, 'taskQueue'> {
  readonly serves: Serves;
}

/**
 * Polls the queues of a process over one connection until `stop`; open calls may finish then. The pool's queue has activities only:
 * no workflow is loaded for it.
 * @param onReady Called when every queue is polled.
 * @throws what ended one of the pollers; the others have stopped by then
 */
export async function runQueues(options: QueuesOptions, stop: AbortSignal, onReady?: () => void): Promise<void> {
  const { serves, workflowBundle, ...shared } = options;
  const wanted: TroupeWorkerOptions[] = [
    ...(serves === 'pool' ? [] : [{ ...shared, ...(workflowBundle !== undefined && { workflowBundle }), taskQueue: TASK_QUEUE }]),
    ...(serves === 'main' ? [] : [{ ...shared, taskQueue: poolOf(TASK_QUEUE) }]),
  ];
  const workers = await createAll(wanted);
  const shutDown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const running = workers.map((worker) => worker.run().finally(shutDown));
  if (stop.aborted) shutDown();
  else stop.addEventListener('abort', shutDown, { once: true });
  onReady?.();
  const ended = await Promise.allSettled(running);
  stop.removeEventListener('abort', shutDown);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** One after the other: a worker that is there already must not keep the connection when the next one cannot be made. */
async function createAll(wanted: readonly TroupeWorkerOptions[]): Promise<Worker[]> {
  const workers: Worker[] = [];
  try {
    for (const one of wanted) workers.push(await Worker.create(workerOptions(one)));
    return workers;
  } catch (error) {
    await Promise.allSettled(workers.map(discard));
    throw error;
  }
}

/** Only one that has run lets go of its connection. */
async function discard(worker: Worker): Promise<void> {
  const running = worker.run();
  worker.shutdown();
  await running;
}

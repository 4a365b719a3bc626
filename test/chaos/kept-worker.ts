import { setTimeout as delay } from 'node:timers/promises';

import type { GuardedProcess } from '../../worker/local/guarded-process';
import { startWorkerProcess, type WorkerPlace } from '../helpers/worker-process';

const RESTART_MS = 200;
const START_LIMIT_MS = 60_000;

/** A worker that is started again whenever it dies. A class, because it is one changing state with callers that may overlap. */
export class KeptWorker {
  /** How each process ended. */
  readonly deaths: string[] = [];
  #current: GuardedProcess | undefined;
  #closed = false;
  /** Starts and kills take place one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly place: WorkerPlace) {}

  /** Kills the worker and starts another, which may carry the seed of its own death. Resolves when that one polls. */
  replace(failpoint?: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#kill();
      await this.#start(failpoint);
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#inTurn(() => this.#kill());
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #kill(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    current.kill();
    this.deaths.push(await current.ended);
  }

  /** One with a failpoint may be dead before it could say that it lives; then one without takes its place. */
  async #start(failpoint?: string): Promise<void> {
    let next = failpoint;
    for (const end = Date.now() + START_LIMIT_MS; !this.#closed; next = undefined) {
      try {
        const worker = await startWorkerProcess({ ...this.place, failpoint: next });
        this.#current = worker;
        void worker.ended.then((how) => this.#onDeath(worker, how));
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        this.deaths.push(error instanceof Error && error.message.includes('SIGKILL') ? 'SIGKILL' : String(error));
        await delay(RESTART_MS);
      }
    }
  }

  #onDeath(worker: GuardedProcess, how: string): void {
    if (this.#current !== worker) return;
    this.#current = undefined;
    this.deaths.push(how);
    this.#inTurn(async () => {
      if (this.#current === undefined) await this.#start();
    }).catch(() => undefined);
  }
}

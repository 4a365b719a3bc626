import path from 'node:path';

import type { Environment } from '../../worker/local/cache-dir';
import { startGuarded, type GuardedProcess } from '../../worker/local/guarded-process';
import { packageRoot } from '../../worker/local/package-root';

export interface CommandPlace {
  readonly args: readonly string[];
  /** Exactly what it sees of the environment. */
  readonly env: Environment;
  /** Takes what it says. */
  readonly logFile: string;
}

/** A `troupe` command that is begun again until it ends by itself with code 0. A class, because it is one changing state. */
export class KeptCommand {
  /** How each of its processes ended that was not killed here. */
  readonly failures: string[] = [];
  readonly done: Promise<void>;
  #isDone = false;
  #closed = false;
  #child: GuardedProcess | undefined;
  #resolve: () => void = () => undefined;

  constructor(private readonly place: CommandPlace) {
    this.done = new Promise((resolve) => (this.#resolve = resolve));
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  async start(): Promise<void> {
    if (this.#isDone || this.#closed) return;
    const { args, env, logFile } = this.place;
    const program = path.join(packageRoot(), 'dist', 'client', 'cli', 'main.js');
    const child = await startGuarded({ command: [process.execPath, program, ...args], env, logFile });
    this.#child = child;
    void child.ended.then((how) => this.#onEnd(child, how));
  }

  /** Kills it where it stands; it has to be started again. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
    await child?.ended;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.kill();
  }

  #onEnd(child: GuardedProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (how === 'code 0') {
      this.#isDone = true;
      this.#resolve();
      return;
    }
    this.failures.push(how);
    void this.start();
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';

import type { Environment } from '../../worker/local/cache-dir';
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
  #child: ChildProcess | undefined;
  #resolve: () => void = () => undefined;

  constructor(private readonly place: CommandPlace) {
    this.done = new Promise((resolve) => (this.#resolve = resolve));
    this.start();
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Kills it where it stands; it has to be started again. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  start(): void {
    if (this.#isDone || this.#closed) return;
    const log = openSync(this.place.logFile, 'a');
    const command = [path.join(packageRoot(), 'dist', 'client', 'cli', 'main.js'), ...this.place.args];
    const child = spawn(process.execPath, command, { env: { ...this.place.env }, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      if (code === 0) {
        this.#isDone = true;
        this.#resolve();
        return;
      }
      this.failures.push(signal ?? `code ${code}`);
      this.start();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.kill();
  }
}

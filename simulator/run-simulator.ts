import type { SimulatorOptions } from './options';
import { startSimulator } from './start-simulator';

export interface RunSimulatorOptions extends SimulatorOptions {
  /** Print the address as `{"url":…}`. @default false */
  readonly json?: boolean;
  /** Also stop when stdin ends: a process started through a pipe then dies with the one that started it. @default false */
  readonly exitWithStdin?: boolean;
}

/** Runs a simulator until SIGTERM or SIGINT; prints one line on stdout when it listens, and resolves once it is closed. */
export async function runSimulator({ json = false, exitWithStdin = false, ...options }: RunSimulatorOptions): Promise<void> {
  const simulator = await startSimulator(options);
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    if (exitWithStdin) {
      process.stdin.once('end', () => resolve());
      process.stdin.once('close', () => resolve());
      process.stdin.once('error', () => resolve());
      process.stdin.resume();
    }
  });
  process.stdout.write(json ? `${JSON.stringify({ url: simulator.url })}\n` : `Claude simulator listening on ${simulator.url}\n`);
  await stopped;
  await simulator.close();
}

import { parseConfig } from './stack-config';
import { Supervisor } from './supervise';

/** Process entry of a local stack's supervisor. Its one argument is the configuration; keys come by environment. */
async function main(): Promise<boolean> {
  const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const supervisor = new Supervisor(parseConfig(process.argv[2]), process.env, { log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void supervisor.interrupt(signal));
  await supervisor.run();
  return supervisor.finished;
}

main().then(
  (inOrder) => process.exit(inOrder ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);

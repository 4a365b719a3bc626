import { runWorker } from './run-worker';

/** Process entry of the long-running worker. One JSON line on stdout when it polls; one for each finished call on stderr. */
async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  if (process.argv.includes('--exit-with-stdin')) process.stdin.on('end', () => stop.abort()).resume();
  await runWorker({
    env: process.env,
    stop: stop.signal,
    onReady: () => process.stdout.write('{"ready":true}\n'),
    log: (line) => process.stderr.write(`${JSON.stringify(line)}\n`),
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

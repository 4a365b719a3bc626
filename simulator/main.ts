import { parseArgs } from 'node:util';

import { runSimulator, type RunSimulatorOptions } from './run-simulator';

const USAGE =
  'Usage: simulator [--port N] [--host NAME] [--state DIR] [--seed N] [--latency SCALE] [--latency-ms N] [--tokens-per-second N]\n' +
  '                 [--limits off|start|build|scale] [--variability 0..1] [--batch-ms N] [--json] [--exit-with-stdin]\n';

/**
 * Reads the command line.
 * @throws Error for an unknown flag or a value that is not a number.
 */
export function readArguments(args: readonly string[]): RunSimulatorOptions | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      host: text,
      state: text,
      seed: text,
      latency: text,
      'latency-ms': text,
      'tokens-per-second': text,
      limits: text,
      variability: text,
      'batch-ms': text,
      json: flag,
      'exit-with-stdin': flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  const number = (
    name: 'port' | 'seed' | 'latency' | 'latency-ms' | 'tokens-per-second' | 'variability' | 'batch-ms',
  ): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (value.trim() === '' || !Number.isFinite(Number(value)))
      throw new Error(`Cannot read --${name}: "${value}" is not a number; give a number`);
    return Number(value);
  };
  const given = {
    port: number('port'),
    host: values.host,
    stateDir: values.state,
    seed: number('seed'),
    latency: number('latency'),
    latencyMs: number('latency-ms'),
    tokensPerSecond: number('tokens-per-second'),
    limits: values.limits,
    variability: number('variability'),
    batchMs: number('batch-ms'),
    json: values.json,
    exitWithStdin: values['exit-with-stdin'],
  };
  // Values are checked by name and range when the simulator starts; here only their types are known.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as RunSimulatorOptions;
}

async function main(): Promise<void> {
  try {
    const options = readArguments(process.argv.slice(2));
    if (options === 'help') process.stdout.write(USAGE);
    else await runSimulator(options);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

if (require.main === module) void main();

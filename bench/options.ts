import { Command, InvalidArgumentError } from 'commander';

export const PARTS = [
  'latency',
  'throughput',
  'newsroom',
  'jobs',
  'start-up',
  'serverless',
  'serverless-job',
  'conversation',
  'scale-out',
  'sizing',
] as const;
export type Part = (typeof PARTS)[number];

/** What takes minutes, or compares nothing, is measured when it is asked for. */
const ASKED_FOR: readonly Part[] = ['serverless', 'serverless-job', 'conversation', 'scale-out', 'sizing'];
const DEFAULT_PARTS: readonly Part[] = PARTS.filter((part) => !ASKED_FOR.includes(part));

/** How much a part measures unless told otherwise. */
export const ROWS = { throughput: 300, jobs: 600, scaleOut: 100, sizing: 100, serverlessJob: 500 } as const;

export interface BenchOptions {
  readonly only: readonly Part[];
  /** Articles of each app in the throughput part, rows of each in the jobs part, and so on. @default ROWS */
  readonly rows?: number;
  /** Articles or rows open at once in these parts. */
  readonly concurrency: number;
  /** Measured articles of each app in the latency part; of the newsroom at most 10. */
  readonly runs: number;
  /** In the serverless-job part a person and the collector take the time that they take, ten minutes and more, not a tenth of it. */
  readonly realTime?: true;
  /** Where to write the figures as JSON. */
  readonly json?: string;
  /** Folder for CPU profiles of both workers and the simulator. Profiling slows them down. */
  readonly profile?: string;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return value;
}

function parts(text: string): readonly Part[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !PARTS.includes(name as Part));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is no part; choose from ${PARTS.join(', ')}.`);
  return PARTS.filter((part) => names.includes(part));
}

/** Reads the command line; prints usage and ends the process for `--help` and for what it cannot read. */
export function readOptions(args: readonly string[]): BenchOptions {
  const command = new Command('bench')
    .description('Compares Troupe with a bare Temporal app that makes the same seven calls')
    .option('--only <parts>', `parts to run, of ${PARTS.join(', ')}`, parts, DEFAULT_PARTS)
    .option(
      '--rows <n>',
      `articles of each app in the throughput part (${ROWS.throughput}), rows of each in the jobs part (${ROWS.jobs}), articles a step of scale-out, rows of the job of sizing (${ROWS.sizing}) and of serverless-job (${ROWS.serverlessJob})`,
      count,
    )
    .option('--concurrency <n>', 'articles or rows open at once in these parts', count, 50)
    .option('--runs <n>', 'measured articles of each app in the latency part; of the newsroom at most 10', count, 30)
    .option('--real-time', 'serverless-job with a person who takes ten minutes and batches at the pace of the real API; most of an hour')
    .option('--json <file>', 'write all figures to a file')
    .option('--profile <folder>', 'write CPU profiles of workers and simulator; slows them down')
    .parse([...args], { from: 'user' });
  return command.opts<BenchOptions>();
}

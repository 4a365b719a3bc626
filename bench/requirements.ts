import type { JobsReport } from './jobs';
import type { LatencyReport } from './latency';
import type { ThroughputReport } from './throughput';

/** Something that the figures must show. */
export interface Requirement {
  readonly name: string;
  readonly value: string;
  readonly required: string;
  readonly met: boolean;
}

const MOST_OVERHEAD = 1.3;
const LEAST_RATE = 0.7;
const LEAST_JOB_RATE = 0.8;
const MOST_EVENTS = 10_000;
const MIB = 1_024 * 1_024;
const MOST_HISTORY_MIB = 10;
const MOST_WORKER_MIB = 600;
const HUNDREDTHS = 2;

export function overheadRequirement({ ratio }: LatencyReport): Requirement {
  return {
    name: 'overhead of one warm article',
    value: `${ratio.toFixed(HUNDREDTHS)} times that of bare Temporal`,
    required: `at most ${MOST_OVERHEAD} times`,
    met: ratio <= MOST_OVERHEAD,
  };
}

export function rateRequirement({ ratio, concurrency }: ThroughputReport): Requirement {
  return {
    name: `articles a second at concurrency ${concurrency}`,
    value: `${(ratio * 100).toFixed(0)} % of bare Temporal's`,
    required: `at least ${LEAST_RATE * 100} %`,
    met: ratio >= LEAST_RATE,
  };
}

/** What a job must hold to, however many rows it has. */
export function jobRequirements({ rows, concurrency, ratio, longestRun, peakMiB }: JobsReport): Requirement[] {
  return [
    {
      name: `rows a second of a job of ${rows} at concurrency ${concurrency}`,
      value: `${(ratio * 100).toFixed(0)} % of bare child workflows'`,
      required: `at least ${LEAST_JOB_RATE * 100} %`,
      met: ratio >= LEAST_JOB_RATE,
    },
    {
      name: 'longest history of the job',
      value: `${longestRun.events} events and ${(longestRun.bytes / MIB).toFixed(1)} MiB`,
      required: `fewer than ${MOST_EVENTS} and ${MOST_HISTORY_MIB}`,
      met: longestRun.events < MOST_EVENTS && longestRun.bytes < MOST_HISTORY_MIB * MIB,
    },
    ...(peakMiB === null ? [] : [memoryRequirement(peakMiB)]),
  ];
}

function memoryRequirement(peakMiB: number): Requirement {
  return {
    name: 'most memory of the worker during the job',
    value: `${peakMiB.toFixed(0)} MiB`,
    required: `under ${MOST_WORKER_MIB}`,
    met: peakMiB < MOST_WORKER_MIB,
  };
}

export function requirementLine({ name, value, required, met }: Requirement): string {
  return `${met ? 'PASS' : 'FALLS SHORT'} ${name}: ${value} (required ${required})`;
}

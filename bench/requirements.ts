import type { ConversationReport } from './conversation';
import type { JobsReport } from './jobs';
import type { LatencyReport } from './latency';
import type { NewsroomReport } from './newsroom';
import type { ServerlessReport } from './serverless';
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
const MOST_OF_CRITICAL_PATH = 1.15;
const MOST_HISTORY_MB = 10;
const MOST_GROWTH = 1.05;
const LEAST_JOB_RATE = 0.8;
const MOST_EVENTS = 10_000;
const MOST_WORKER_MIB = 600;
const MOST_FROM_ZERO_MS = 1_500;
const MOST_EXIT_MS = 5_000;
const BYTES_PER_MB = 1_024 * 1_024;
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

export function newsroomRequirement({ ratio, shareOfAll, calls, criticalCalls }: NewsroomReport): Requirement {
  return {
    name: `wall time of a newsroom article of ${calls} calls`,
    value: `${ratio.toFixed(HUNDREDTHS)} times its ${criticalCalls} calls that wait for each other, ${(shareOfAll * 100).toFixed(0)} % of all in a row`,
    required: `at most ${MOST_OF_CRITICAL_PATH} times`,
    met: ratio <= MOST_OF_CRITICAL_PATH,
  };
}

export function historyRequirement({ growth }: ConversationReport): Requirement {
  const longest = growth.at(-1);
  const megabytes = (longest?.bytes ?? NaN) / BYTES_PER_MB;
  return {
    name: `history of a conversation of ${longest?.calls ?? 0} calls of a tool`,
    value: `${megabytes.toFixed(HUNDREDTHS)} MB in one run`,
    required: `under ${MOST_HISTORY_MB} MB`,
    met: megabytes < MOST_HISTORY_MB,
  };
}

export function growthRequirement({ growth, ratio }: ConversationReport): Requirement {
  return {
    name: 'history a call, longest conversation over shortest',
    value: `${ratio.toFixed(HUNDREDTHS)} times (${growth.map(({ calls }) => calls).join(', ')} calls)`,
    required: `at most ${MOST_GROWTH} times: growth is linear`,
    met: ratio <= MOST_GROWTH,
  };
}

/** From zero to done, and to zero again. */
export function serverlessRequirements({ starts, latencyMs, criticalCalls, durationMs, exitMs }: ServerlessReport): Requirement[] {
  const mostMs = MOST_FROM_ZERO_MS + criticalCalls * latencyMs;
  return [
    {
      name: `article from zero functions, median of ${starts}`,
      value: `${durationMs.median.toFixed(0)} ms`,
      required: `under ${mostMs}: ${MOST_FROM_ZERO_MS} and ${criticalCalls} times the model's latency of ${latencyMs}`,
      met: durationMs.median < mostMs,
    },
    {
      name: 'last task to the end of the function, longest',
      value: `${exitMs.max.toFixed(0)} ms`,
      required: `under ${MOST_EXIT_MS}`,
      met: exitMs.max < MOST_EXIT_MS,
    },
  ];
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
      value: `${longestRun.events} events and ${(longestRun.bytes / BYTES_PER_MB).toFixed(1)} MiB`,
      required: `fewer than ${MOST_EVENTS} and ${MOST_HISTORY_MB}`,
      met: longestRun.events < MOST_EVENTS && longestRun.bytes < MOST_HISTORY_MB * BYTES_PER_MB,
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

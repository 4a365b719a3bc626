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

export function requirementLine({ name, value, required, met }: Requirement): string {
  return `${met ? 'PASS' : 'FALLS SHORT'} ${name}: ${value} (required ${required})`;
}

import type { Lane } from '../../common/call';
import type { Range } from '../../common/estimate';
import { BATCH_FACTOR } from '../../common/price-list';
import { calibrated, type Calibration } from './calibrate';
import { scaled, UNCHANGED, withCacheMisses, type RunUse } from './step-use';

/** What a bound of the range takes for granted. */
export interface Assumption {
  /** Tokens of prompts against those that were rehearsed: they quote what other agents wrote. */
  readonly input: number;
  /** Tokens of answers, thinking included, against those that were rehearsed. */
  readonly output: number;
  /** Part of what the rehearsal read from the prompt cache that is written anew. */
  readonly cacheMisses: number;
  /** Part of the list price. */
  readonly laneFactor: number;
}

export type Assumptions = { readonly [bound in keyof Range]: Assumption };

/** Claude answers at another length than the simulator; by how much is not known before it has. */
const UNSEEN = { low: { input: 0.9, output: 0.5 }, expected: { input: 1, output: 1 }, high: { input: 1.5, output: 3 } } as const;
const SEEN = { input: 1, output: 1 } as const;

/** Entries live five minutes and a batch may take hours: hits are luck there. */
const MISSES = {
  interactive: { low: 0, expected: 0, high: 0.2 },
  batch: { low: 0, expected: 0.5, high: 1 },
} as const;

/** A batch is given this long; see docs/lanes.md. */
const BATCH_MS = 25 * 3_600_000;

interface Circumstances {
  readonly lane: Lane;
  readonly deadlineMs?: number | undefined;
  readonly simulated: boolean;
  readonly calibration: Calibration | undefined;
}

/** The three cases of an estimate. */
export function assumptionsFor({ lane, deadlineMs = Infinity, simulated, calibration }: Circumstances): Assumptions {
  const known = simulated || calibration !== undefined;
  const batched = lane === 'batch' || (lane === 'auto' && deadlineMs > BATCH_MS);
  // With a deadline, `auto` sends interactively what would come too late.
  const late = lane === 'auto' && deadlineMs !== Infinity;
  const of = (bound: keyof Range): Assumption => ({
    ...(known ? SEEN : UNSEEN[bound]),
    cacheMisses: MISSES[batched ? 'batch' : 'interactive'][bound],
    laneFactor: batched && !(late && bound === 'high') ? BATCH_FACTOR : 1,
  });
  return { low: of('low'), expected: of('expected'), high: of('high') };
}

/** A rehearsed run as it would be. */
export function assumed(run: RunUse, { input, output, cacheMisses }: Assumption, calibration: Calibration | undefined): RunUse {
  const known = calibration === undefined ? run : calibrated(run, calibration);
  return known.map((use) => withCacheMisses(scaled(use, { ...UNCHANGED, input, output }), cacheMisses));
}

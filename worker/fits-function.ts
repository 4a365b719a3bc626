import { CALL_OPTIONS, DYNAMIC_AGENT } from '../common/call-options';
import { FUNCTION_LIFE_MS, FUNCTION_WINDOW_MS, needsPool, windowOf, type Placement } from '../common/routing';
import { TOOL_OPTIONS } from '../common/tool-options';

/** An activity whose attempts may last longer than a function that takes it last. */
export interface Misfit {
  readonly name: string;
  /** Limit of one attempt. */
  readonly needsMs: number;
}

const MAIN_QUEUE: Readonly<Record<string, Placement>> = {
  ...CALL_OPTIONS,
  ...TOOL_OPTIONS,
  // Roles made at run time stay on the main queue up to this.
  [DYNAMIC_AGENT]: { startToCloseMs: FUNCTION_WINDOW_MS },
};

/**
 * Activities of the main queue that a function could not finish if it took them last, longest first.
 * @param lifeMs Milliseconds after which the function is ended; of AWS Lambda its `Timeout`.
 */
export function misfitsOf(lifeMs: number, placements: Readonly<Record<string, Placement>> = MAIN_QUEUE): Misfit[] {
  return Object.entries(placements)
    .filter(([, placement]) => !needsPool(placement) && placement.startToCloseMs > windowOf(lifeMs).lastMs)
    .map(([name, { startToCloseMs }]) => ({ name, needsMs: startToCloseMs }))
    .toSorted((a, b) => b.needsMs - a.needsMs);
}

const SHOWN = 3;
/** What is needed is rounded up, what there is down: rounded, too, the one is more than the other. */
const atMost = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;
const atLeast = (ms: number): string => `${Math.floor(ms / 1_000)} s`;

/**
 * For the start of a worker that lives in a function and serves the main queue.
 * @throws Error `Cannot serve from a function of …` when a call may not fit; it names the longest
 */
export function refuseMisfits(lifeMs: number, placements?: Readonly<Record<string, Placement>>): void {
  const misfits = misfitsOf(lifeMs, placements);
  if (misfits.length === 0) return;
  const named = misfits.slice(0, SHOWN).map(({ name, needsMs }) => `"${name}" (${atMost(needsMs)})`);
  const more = misfits.length > SHOWN ? ` and ${misfits.length - SHOWN} more` : '';
  throw new Error(
    `Cannot serve from a function of ${atLeast(lifeMs)}: a call that it takes last has ${atLeast(windowOf(lifeMs).lastMs)}, and these may need longer: ` +
      `${named.join(', ')}${more}; let the function live ${atLeast(FUNCTION_LIFE_MS)}`,
  );
}

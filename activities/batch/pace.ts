import type { Pace } from '../../common/batch';

/** Of the real API: most batches end within an hour, and asking every half a minute costs nothing. */
const REAL: Pace = { lingerMs: 60_000, maxRequests: 10_000, firstLookMs: 30_000, longestLookMs: 5 * 60_000, askAgainMs: 10 * 60_000 };

/** The simulator's batches take moments. */
const SIMULATED: Pace = { lingerMs: 500, maxRequests: 10_000, firstLookMs: 500, longestLookMs: 5_000, askAgainMs: 15_000 };

/** How the collector of this worker's calls goes about it. */
export const paceFor = (simulated: boolean): Pace => (simulated ? SIMULATED : REAL);

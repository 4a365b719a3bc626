import type { Forecast } from '../../common/estimate';
import type { RowsOptions } from '../../rows/check-rows';
import { pickRows } from '../../rows/pick-rows';
import { FORMER_RUNS, type Known } from './former';
import { err, say } from './output';
import { MOST_ROWS, rehearsedEstimate, type ToEstimate } from './rehearse';
import { estimateLine } from './render-estimate';
import type { Session } from './session';
import { wrapText } from './wrap-text';

/** What of a job's flags its cost depends on. */
export interface CostFlags extends Pick<ToEstimate, 'lane' | 'sample' | 'concurrency'> {
  readonly deadline?: number;
}

/** Says what a job will come to before it starts, and returns that when it has a sample. Without an estimate it starts all the same. */
export async function sayEstimate(
  session: Session,
  rows: RowsOptions,
  { lane, sample, concurrency, deadline }: CostFlags,
): Promise<Forecast | undefined> {
  const { signal } = session;
  try {
    const picked = await pickRows(rows, MOST_ROWS);
    const about = { pipeline: rows.pipeline, lane, sample, concurrency, deadlineMs: deadline, signal };
    const estimated = await rehearsedEstimate({ ...picked, ...about, known: knownIn(session, rows) });
    say(wrapText(estimateLine(estimated), err.within().within ?? Infinity));
    const { sample: first, sampleUsd, costUsd } = estimated;
    return first === null || sampleUsd === null ? undefined : { sample: first, sampleUsd, allUsd: costUsd };
  } catch (error) {
    if (signal.aborted) return undefined;
    say(err.colors.dim(`No estimate: ${error instanceof Error ? error.message : String(error)}`));
    return undefined;
  }
}

async function knownIn({ troupe, local }: Session, { pipeline }: RowsOptions): Promise<Known> {
  const former = await troupe.formerRuns(pipeline, FORMER_RUNS).catch(() => []);
  return { former, simulated: local?.addresses.simulated };
}

import type { LedgerView } from '../../common/ledger';
import type { TokenUsage } from '../../common/pricing';
import type { OpenReview, ReviewRecord } from '../../common/review';
import type { Artifact, Degradation } from '../../common/run';
import type { RunHandle } from '../run-handle';
import type { RunStatus, RunSummary } from '../run-summary';
import { TroupeError, type FailureLink, type TroupeErrorCode } from '../../common/troupe-error';

/** The one object that `run --json`, `watch --json` and `result --json` print. */
export interface RunReport {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: RunStatus | 'waiting';
  /** Null unless the run completed. */
  readonly result: unknown;
  /** Claude's own usage fields, summed; null when nobody knows. */
  readonly usage: TokenUsage | null;
  readonly costUsd: number | null;
  readonly simulated: boolean | null;
  readonly url: string | null;
  readonly ledger?: LedgerView | null;
  readonly degraded?: readonly Degradation[];
  /** Of a completed run: who answered which gate. Of one that waits: the gates that are open. */
  readonly reviews?: ReadonlyArray<ReviewRecord | OpenReview>;
  readonly error?: { readonly code: TroupeErrorCode; readonly message: string; readonly chain: readonly FailureLink[] };
  /** What a run that did not complete had produced. */
  readonly partial?: readonly Artifact[];
}

/** A run's end, for people and programs. */
export interface RunEnd {
  readonly pipeline: string;
  readonly report: RunReport;
  /** Why it did not complete. */
  readonly error: TroupeError | null;
}

const ENDS = { 'run-failed': 'failed', cancelled: 'cancelled', 'budget-reached': 'budget-reached' } as const;

const isEnd = (error: unknown): error is TroupeError & { code: keyof typeof ENDS } => error instanceof TroupeError && error.code in ENDS;

/** The report of a run that was only started. */
export function reportOfStart(run: RunHandle, described: RunSummary): RunReport {
  const { workflowId, runId, url } = run;
  const { status, simulated } = described;
  return { workflowId, runId, status, result: null, usage: null, costUsd: null, simulated, url };
}

/** Waits for a run's end. Failures of the run are part of the report; anything else is thrown. */
export async function waitForEnd(run: RunHandle): Promise<RunEnd> {
  const { workflowId, runId, url } = run;
  try {
    const { result, ledger, degraded, simulated, reviews = [] } = await run.result();
    const { pipeline } = await run.describe();
    const { usage, costUsd } = ledger;
    return {
      pipeline,
      error: null,
      report: { workflowId, runId, status: 'completed', result, usage, costUsd, simulated, url, ledger, degraded, reviews },
    };
  } catch (error) {
    if (!isEnd(error)) throw error;
    const described = await run.describe();
    const ledger = error.unfinished?.ledger ?? null;
    const work = error.unfinished?.blackboard;
    const report: RunReport = {
      workflowId,
      runId,
      status: ENDS[error.code],
      result: null,
      usage: ledger?.usage ?? null,
      costUsd: ledger?.costUsd ?? null,
      simulated: described.simulated,
      url,
      ledger,
      degraded: work?.degraded ?? [],
      error: { code: error.code, message: error.message, chain: error.chain },
      partial: work?.artifacts ?? [],
    };
    return { pipeline: described.pipeline, error, report };
  }
}

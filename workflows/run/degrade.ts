import { endsRun } from '../../common/cancellation';
import { applicationFailureOf, lastWords } from '../../common/failures';
import { currentRun, updateStep } from './run';

/** Notes in the result that a step failed and what stands in for it. */
export function degrade(step: string, error: unknown, instead: string): void {
  const run = currentRun();
  const reason = applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
  run.degraded.push({ step, reason: lastWords(reason), instead });
  updateStep(run, step, { state: 'degraded' });
}

/** What stands in for an optional step that failed. */
export interface Fallback<Output> {
  readonly value: Output;
  /** In words, for the result: `the topic`. */
  readonly instead: string;
}

/**
 * An optional step: when it fails for good the run goes on with the fallback and says so in its result.
 * @throws what concerns the whole run: cancellation, a reached budget, a wrong key
 */
export async function optional<Output>(step: string, body: () => Promise<Output>, fallback: () => Fallback<Output>): Promise<Output> {
  try {
    return await body();
  } catch (error) {
    if (endsRun(error)) throw error;
    const { value, instead } = fallback();
    degrade(step, error, instead);
    return value;
  }
}

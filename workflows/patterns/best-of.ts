import { endsRun } from '../../common/cancellation';
import { FailureType, failure } from '../../common/failures';
import { fanOut, type Branch } from './fan-out';
import type { Variant } from './variants';

/**
 * Best of N: several candidates for one task, of which a judge picks one by its index.
 *
 *   variant 1 → candidate ─┐
 *   variant 2 → candidate ─┼─→ judge → index, reason → that candidate, untouched
 *   variant n → candidate ─┘
 */
export interface BestOfSteps<Output> {
  /** Makes one candidate. `variant.sample` belongs into the call's options, so that reuse keeps equal tries apart. */
  readonly propose: (variant: Variant) => Promise<Output>;
  /** Picks from the candidates that succeeded, in the order of their variants. */
  readonly judge: (candidates: readonly Output[]) => Promise<Judgement>;
}

/** A judge never retypes a candidate: it points at one. */
export interface Judgement {
  /** Index of the best in the list that the judge got, from 0. */
  readonly index: number;
  /** One sentence. */
  readonly reason: string;
}

export interface BestOfOptions {
  /** How many candidates must succeed; at least 1. @default 1 */
  readonly atLeast?: number;
  /** How many are made at once. @default all */
  readonly concurrency?: number;
  /** When the judge fails or points at no candidate: fail, or take the first candidate. @default 'fail' */
  readonly ifJudgeFails?: 'fail' | 'first';
  /** Hears of each candidate that failed while enough are left. */
  readonly onFailed?: (variant: Variant, error: unknown) => void;
  /** Hears why the judge's word did not count; only with `ifJudgeFails: 'first'`. */
  readonly onJudgeFailed?: (error: unknown) => void;
  /** Ends the candidates still open when too many have failed. Without it they run to their end. */
  readonly cancelRest?: () => void;
}

export interface BestOfResult<Output> {
  /** The chosen candidate, the very value that its step returned. */
  readonly winner: Output;
  /** The try that made it. */
  readonly variant: Variant;
  readonly decidedBy: 'judge' | 'only candidate' | 'first candidate';
  /** The judge's sentence; null when no judge decided. */
  readonly reason: string | null;
  /** Every try and what became of it, in the order of the variants. */
  readonly candidates: ReadonlyArray<Branch<Variant, Output>>;
}

/**
 * Makes a candidate for each variant and returns the one that the judge points at. A single remaining candidate needs no judge.
 * @throws QuorumNotReached, or the one failure when all are required, when fewer than `atLeast` candidates succeed
 * @throws the judge's failure, or StepFailed when its index is out of range, unless `ifJudgeFails` says otherwise
 * @throws RangeError when `atLeast` or `concurrency` cannot hold
 */
export async function bestOf<Output>(
  variants: readonly Variant[],
  { propose, judge }: BestOfSteps<Output>,
  { atLeast = 1, ifJudgeFails = 'fail', onJudgeFailed, ...branching }: BestOfOptions = {},
): Promise<BestOfResult<Output>> {
  if (atLeast < 1) throw new RangeError(`Cannot pick the best: 'atLeast' must be 1 or more; current value is ${atLeast}`);
  const { branches: candidates } = await fanOut(variants, propose, { ...branching, atLeast });
  const made = candidates.filter((candidate) => candidate.status === 'done');
  const chosen = (index: number, how: Pick<BestOfResult<Output>, 'decidedBy' | 'reason'>): BestOfResult<Output> => {
    const candidate = made[index];
    if (candidate === undefined) throw outOfRange(index, made.length);
    return { winner: candidate.output, variant: candidate.item, ...how, candidates };
  };
  if (made.length === 1) return chosen(0, { decidedBy: 'only candidate', reason: null });
  try {
    const { index, reason } = await judge(made.map(({ output }) => output));
    return chosen(index, { decidedBy: 'judge', reason });
  } catch (error) {
    if (endsRun(error) || ifJudgeFails === 'fail') throw error;
    onJudgeFailed?.(error);
    return chosen(0, { decidedBy: 'first candidate', reason: null });
  }
}

function outOfRange(index: number, count: number): Error {
  return failure({
    type: FailureType.StepFailed,
    message: `Cannot pick the best: the judge points at index ${index} of ${count} candidates; it must be a whole number from 0 to ${count - 1}`,
  });
}

import { endsRun } from '../../common/cancellation';
import { FailureType, failure, isFailure } from '../../common/failures';

/**
 * Fan-out / fan-in: the same step for every item, in parallel.
 *
 *   item 1 ─┐
 *   item 2 ─┼─→ results in input order
 *   item n ─┘
 */
export interface FanOutOptions<Item> {
  /** How many must succeed. @default all */
  readonly atLeast?: number;
  /** How many run at once; at least 1. @default all */
  readonly concurrency?: number;
  /** Hears of each branch that failed while the quorum still holds. */
  readonly onFailed?: (item: Item, error: unknown) => void;
  /** Runs the branches so that `cancel` ends those still open, e.g. in a cancellation scope. Without it they run to their end. */
  readonly cancelRest?: () => void;
}

/** What became of one item. */
export type Branch<Item, Output> =
  | { readonly item: Item; readonly status: 'done'; readonly output: Output }
  | { readonly item: Item; readonly status: 'failed'; readonly error: unknown };

export interface FanOutResult<Item, Output> {
  /** One for each item, in input order. */
  readonly branches: ReadonlyArray<Branch<Item, Output>>;
  /** Outputs of the branches that succeeded, in input order. */
  readonly outputs: Output[];
}

/**
 * Runs `step` for every item and returns the results in input order, whatever order they finish in.
 * As soon as too many have failed for `atLeast` to be reached, the rest is cancelled.
 * @throws the failure of the one item when all are required; QuorumNotReached naming each failed item otherwise
 * @throws RangeError when `atLeast` or `concurrency` cannot hold
 */
export async function fanOut<Item, Output>(
  items: readonly Item[],
  step: (item: Item, index: number) => Promise<Output>,
  options: FanOutOptions<Item> = {},
): Promise<FanOutResult<Item, Output>> {
  const atLeast = options.atLeast ?? items.length;
  const concurrency = options.concurrency ?? Math.max(items.length, 1);
  checkRange('atLeast', atLeast, { min: 0, max: items.length });
  checkRange('concurrency', concurrency, { min: 1, max: Number.MAX_SAFE_INTEGER });

  const branches = new Array<Branch<Item, Output>>(items.length);
  const failed: Array<{ item: Item; error: unknown }> = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      const item = items[index] as Item; // within bounds by the loop condition
      try {
        branches[index] = { item, status: 'done', output: await step(item, index) };
      } catch (error) {
        if (endsRun(error)) throw error;
        branches[index] = { item, status: 'failed', error };
        failed.push({ item, error });
        if (items.length - failed.length < atLeast) throw quorumFailure(items.length, atLeast, failed);
        options.onFailed?.(item, error);
      }
    }
  };

  const lanes = Array.from({ length: Math.min(concurrency, items.length) }, lane);
  try {
    await Promise.all(lanes);
  } catch (error) {
    next = items.length;
    // Open calls fit the budget and are half paid for: when it is reached they may finish. Any other failure ends them.
    if (!isFailure(error, FailureType.BudgetReached)) options.cancelRest?.();
    await Promise.allSettled(lanes);
    throw error;
  }
  return { branches, outputs: branches.flatMap((branch) => (branch.status === 'done' ? [branch.output] : [])) };
}

function quorumFailure<Item>(total: number, atLeast: number, failed: ReadonlyArray<{ item: Item; error: unknown }>): unknown {
  const first = failed[0];
  if (atLeast === total && first !== undefined) return first.error;
  const reasons = failed.map(({ item, error }) => `${describeItem(item)}: ${error instanceof Error ? error.message : String(error)}`);
  return failure({
    type: FailureType.QuorumNotReached,
    message: `Cannot reach ${atLeast} of ${total} branches: ${reasons.join('; ')}`,
    details: { reasons },
    cause: first?.error,
  });
}

function describeItem(item: unknown): string {
  return typeof item === 'string' ? `"${item}"` : JSON.stringify(item).slice(0, 80);
}

function checkRange(name: string, value: number, { min, max }: { min: number; max: number }): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`Cannot fan out: '${name}' must be a whole number from ${min} to ${max}; current value is ${value}`);
}

import { proxyLocalActivities } from '@temporalio/workflow';

import type { LargeOutput } from '../../common/large-output';
import { mayRefer } from '../../common/text-reference';
import { currentRun, openedRun } from './run';

const { keepResult } = proxyLocalActivities<{
  keepResult(result: unknown, place: { storeId: string }): Promise<LargeOutput>;
}>({ startToCloseTimeout: '10s', retry: { initialInterval: '100ms', maximumAttempts: 3 } });

/**
 * A result with texts too large for history in it: they are put back in the store, and whoever reads the result gets it whole
 * from there. Any other result stays as it is.
 */
export async function wholeResult<Result>(result: Result): Promise<Result> {
  if (!mayRefer(JSON.stringify(result))) return result;
  const { storeId } = openedRun(currentRun());
  // Clients read the result that this stands for.
  return (await keepResult(result, { storeId })) as unknown as Result;
}

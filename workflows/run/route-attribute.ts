import { upsertSearchAttributes } from '@temporalio/workflow';

import { TroupeRoute } from '../../common/search-attributes';
import { claimStep, currentRun } from './run';

/**
 * Makes a routing decision searchable (`TroupeRoute = 'code'`) and notes it in the blackboard under `route`, `route#2` and so on.
 * One event in history. The attribute holds the latest choice of a run.
 * @param choice a name: search attributes are never encrypted
 * @param confidence from 0 to 1; null when no classifier decided
 */
export function recordRoute(choice: string, confidence: number | null): void {
  const run = currentRun();
  const key = claimStep(run, 'route', undefined);
  run.artifacts.push({ key, agent: run.pipeline, step: key, value: { choice, confidence } });
  upsertSearchAttributes([{ key: TroupeRoute, value: choice }]);
}

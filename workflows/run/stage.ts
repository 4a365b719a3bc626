import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import { settledPico } from '../../common/ledger';
import { toUsd } from '../../common/money';
import { TroupeCostUsd, TroupePipeline, TroupeStage } from '../../common/search-attributes';
import { currentRun, stageOf, type Run } from './run';

/**
 * Runs one stage of a pipeline: its calls belong to it in progress and search attributes.
 * @returns what `body` returns; its failure passes through
 */
export function stage<Output>(name: string, body: () => Promise<Output>): Promise<Output> {
  const run = currentRun();
  run.stage = name;
  upsertStage(run, name);
  return stageOf.run(name, body);
}

/** One event a stage: the name and the cost so far. */
function upsertStage(run: Run, name: string): void {
  const known = workflowInfo().typedSearchAttributes.get(TroupePipeline) !== undefined;
  upsertSearchAttributes([
    ...(known ? [] : [{ key: TroupePipeline, value: run.pipeline }]),
    { key: TroupeStage, value: name },
    { key: TroupeCostUsd, value: toUsd(settledPico(run.ledger)) },
  ]);
}

import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

import { settledPico } from '../../common/ledger';
import { toUsd } from '../../common/money';
import { TroupeCostUsd, TroupePipeline, TroupeStage } from '../../common/search-attributes';
import { currentRun, inStage, openedRun, type Run } from './run';
import { taskTime } from './task-time';

/**
 * A stage that begins sooner than this after the last write is written with the next one. No write costs a server more than
 * one of search attributes, and nobody filters runs by a stage that is over at once.
 */
const WRITE_EVERY_MS = 1_000;

/**
 * Runs one stage of a pipeline: its calls belong to it in progress, and in search attributes unless it begins within a second of
 * the last write.
 * @returns what `body` returns; its failure passes through
 */
export function stage<Output>(name: string, body: () => Promise<Output>): Promise<Output> {
  const run = currentRun();
  run.stage = name;
  // Answers of an earlier run take no time, so their stages do not tell how long the next one will last.
  if (openedRun(run).options.reuse === true || isDue(run)) writeAttributes(run);
  return inStage(name, body);
}

function isDue(run: Run): boolean {
  // However long it took to open the run: a signal that came meanwhile brings another time than its replay has.
  const justOpened = openedRun(run).byTaskTime === true && run.attributesWrittenAt > 0 && run.steps.size === 0 && run.gates.size === 0;
  return !justOpened && taskTime(run) - run.attributesWrittenAt >= WRITE_EVERY_MS;
}

/**
 * What a run was started with counts as a write, so a first stage that is short costs none: the server is busiest when a run starts.
 * Where whoever started it has not named its pipeline, the first stage does at once.
 */
export function noteStartAttributes(run: Run): void {
  const { typedSearchAttributes, startTime } = workflowInfo();
  if (typedSearchAttributes.get(TroupePipeline) !== undefined) run.attributesWrittenAt = startTime.getTime();
}

/** One event: the stage and the cost so far. */
export function writeAttributes(run: Run): void {
  // Its job says how far it is, and ten thousand of them would keep the server busy.
  if (openedRun(run).options.job !== undefined) return;
  run.attributesWrittenAt = taskTime(run);
  const known = workflowInfo().typedSearchAttributes.get(TroupePipeline) !== undefined;
  upsertSearchAttributes([
    ...(known ? [] : [{ key: TroupePipeline, value: run.pipeline }]),
    ...(run.stage === null ? [] : [{ key: TroupeStage, value: run.stage }]),
    { key: TroupeCostUsd, value: toUsd(settledPico(run.ledger)) },
  ]);
}

import { condition, setHandler, upsertMemo } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';

import { EMPTY_LEDGER, viewLedger } from '../../common/ledger';
import { blackboardQuery, pauseSignal, progressQuery, resumeSignal } from '../../common/messages';
import { Memo, type RunOutcome, type RunProgress } from '../../common/run';

const PROGRESS: RunProgress = {
  pipeline: 'brief',
  subject: 'stub',
  status: 'running',
  stage: null,
  steps: [],
  degraded: [],
  costUsd: 0.25,
  uncertainUsd: 0,
  budgetUsd: null,
  simulated: true,
};

/** Stands for the pipeline of that name; its topic says how it ends. */
export async function brief({ topic }: { topic: string }): Promise<RunOutcome> {
  let paused = false;
  setHandler(progressQuery, () => ({ ...PROGRESS, status: paused ? 'paused' : 'running' }));
  setHandler(pauseSignal, () => void (paused = true));
  setHandler(resumeSignal, () => void (paused = false));
  if (topic === 'budget elsewhere') {
    const artifacts = [{ key: 'replayed', agent: 'researcher', step: 'researcher', value: 1 }];
    setHandler(blackboardQuery, () => ({ artifacts, steps: [], degraded: [], errors: [] }));
  }
  const ledger = viewLedger(EMPTY_LEDGER);
  if (topic === 'wait') await condition(() => false);
  if (topic === 'until resumed') {
    await condition(() => paused);
    await condition(() => !paused);
  }
  if (topic.startsWith('budget')) {
    const ref = topic === 'budget' ? 'runs/stub/work' : 'runs/elsewhere/work';
    upsertMemo({ [Memo.partial]: { ref, ledger: { ...ledger, costUsd: 0.5 }, status: 'budget-reached' } });
    throw ApplicationFailure.create({
      type: 'BudgetReached',
      message: 'Cannot call writer within the budget: too dear; raise it',
      nonRetryable: true,
    });
  }
  if (topic === 'fail')
    throw ApplicationFailure.create({ type: 'Refused', message: 'Cannot go on: Claude declined; rephrase', nonRetryable: true });
  return { result: { topic }, ledger, degraded: [], simulated: true };
}

/** Stands for a job; it ends when it is told to. */
export async function batchJob(): Promise<RunOutcome> {
  let over = false;
  setHandler(resumeSignal, () => void (over = true));
  await condition(() => over);
  return { result: {}, ledger: viewLedger(EMPTY_LEDGER), degraded: [], simulated: true };
}

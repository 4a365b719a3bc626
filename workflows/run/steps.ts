import { workflowInfo } from '@temporalio/workflow';

import { isCancellation } from '../../common/cancellation';
import { shortDuration } from '../../common/duration';
import { applicationFailureOf, FailureType, failure } from '../../common/failures';
import type { StepProgress } from '../../common/run';
import { currentStage, openedRun, updateStep, type Run } from './run';

/** Puts a new step on the blackboard: a call of an agent, a tool or a child. */
export function beginStep(run: Run, { step, agent, label = '', kind }: NewStep): void {
  run.steps.set(step, {
    step,
    agent,
    ...(kind !== undefined && { kind }),
    label,
    stage: currentStage() ?? run.stage,
    state: 'pending',
    model: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    startedAt: Date.now(),
    endedAt: null,
  });
}

interface NewStep extends Pick<StepProgress, 'step' | 'agent'> {
  readonly label?: string | undefined;
  readonly kind?: StepProgress['kind'];
}

/** @throws StepFailed once the run's deadline has passed */
export function refuseAfterDeadline(run: Run): void {
  const { deadlineMs } = openedRun(run).options;
  const startedAt = workflowInfo().startTime.getTime();
  if (deadlineMs === undefined || Date.now() < startedAt + deadlineMs) return;
  throw failure({
    type: FailureType.StepFailed,
    message: `Cannot start another call: the deadline of ${shortDuration(deadlineMs)} has passed; start again with a later deadline`,
  });
}

/** Writes down why a step did not end well. */
export function failStep(run: Run, step: string, error: unknown): void {
  const known = applicationFailureOf(error);
  const reason = known?.message ?? (error instanceof Error ? error.message : String(error));
  updateStep(run, step, { state: isCancellation(error) ? 'cancelled' : 'failed', reason });
  if (!isCancellation(error)) run.errors.push({ step, type: known?.type ?? 'Error', message: reason });
}

/** Keeps a promise of a step among those that the run must not outlive. */
export function trackOpen<Value>(run: Run, ended: Promise<Value>): Promise<Value> {
  run.open.add(ended);
  const forget = (): void => void run.open.delete(ended);
  ended.then(forget, forget);
  return ended;
}

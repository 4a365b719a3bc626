import { proxyActivities, condition, workflowInfo } from '@temporalio/workflow';
import { ActivityFailure, TimeoutFailure } from '@temporalio/common';

import { FailureType, failure } from '../../common/failures';
import type { ToolCallContext, ToolOutcome } from '../../common/tool-call';
import type { ToolCallOptions } from '../../common/tool-options';
import { queueFor } from './queue-for';
import { openedRun, updateStep, type Run } from './run';
import { beginStep, failStep, refuseAfterDeadline, trackOpen } from './steps';

/** One call of a tool on its way. */
export interface ToolStep {
  readonly run: Run;
  readonly tool: string;
  /** Step path, also the activityId. */
  readonly step: string;
  readonly label: string | undefined;
  readonly limits: ToolCallOptions;
  /** Activity Type. @default the tool's name */
  readonly activityType?: string;
  readonly args: readonly unknown[];
  readonly conversation?: ToolCallContext['conversation'];
  /** What the blackboard keeps of the output. @default the output */
  readonly shown?: (output: unknown) => unknown;
}

const HEARTBEAT_MS = 5_000;

const activities = proxyActivities<Record<string, (...args: unknown[]) => Promise<ToolOutcome>>>({ startToCloseTimeout: '5m' });

/**
 * Calls a tool: one activity, retried by Temporal, written to the blackboard, free of charge.
 * @throws a failure of type InvalidInput or ToolFailed
 */
export function runToolStep(call: ToolStep): Promise<unknown> {
  return trackOpen(call.run, runStep(call));
}

async function runStep(call: ToolStep): Promise<unknown> {
  const { run, step, tool, label } = call;
  beginStep(run, { step, agent: tool, label, kind: 'tool' });
  try {
    if (run.paused) await condition(() => !run.paused);
    refuseAfterDeadline(run);
    updateStep(run, step, { state: 'running', startedAt: Date.now() });
    const { output } = await schedule(call);
    updateStep(run, step, { state: 'done', endedAt: Date.now() });
    run.artifacts.push({ key: step, agent: tool, step, value: call.shown === undefined ? output : call.shown(output) });
    return output;
  } catch (thrown) {
    const error = tooLate(call, thrown) ?? thrown;
    updateStep(run, step, { endedAt: Date.now() });
    failStep(run, step, error);
    throw error;
  }
}

function schedule({ run, tool, step, label, limits, activityType = tool, args, conversation }: ToolStep): Promise<ToolOutcome> {
  const activity = activities[activityType];
  if (activity === undefined) throw new Error(`Cannot call tool "${tool}": no such activity`);
  const { options, storeId } = openedRun(run);
  const context: ToolCallContext = {
    pipeline: run.pipeline,
    traceId: options.traceId ?? workflowInfo().workflowId,
    storeId,
    step,
    ...(conversation !== undefined && { conversation }),
  };
  return activity.executeWithOptions(
    {
      activityId: step,
      startToCloseTimeout: limits.startToCloseMs,
      scheduleToCloseTimeout: limits.scheduleToCloseMs,
      heartbeatTimeout: HEARTBEAT_MS,
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: limits.maximumAttempts },
      ...queueFor(limits),
      ...(label !== undefined && { summary: label }),
    },
    [...args, context],
  );
}

/** Temporal reports the end of a deadline without a type of ours. */
function tooLate({ tool, limits }: ToolStep, error: unknown): Error | undefined {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof TimeoutFailure)) return undefined;
  const limit = `${limits.startToCloseMs} ms an attempt, ${limits.scheduleToCloseMs} ms in all`;
  return failure({
    type: FailureType.ToolFailed,
    message: `Cannot finish the call of tool "${tool}": it took too long (${limit}); ask for less or raise its limits`,
    cause: error,
  });
}

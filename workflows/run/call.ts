import { condition, proxyActivities, proxyLocalActivities, CancellationScope, workflowInfo } from '@temporalio/workflow';
import { ActivityFailure, CancelledFailure, TimeoutFailure, type RetryPolicy } from '@temporalio/common';

import type { CallContext, CallOutcome, UnderfundedCall } from '../../common/call';
import type { AgentCallOptions } from '../../common/call-options';
import type { ConversationContext, TurnOutput } from '../../common/conversation';
import { isCancellation } from '../../common/cancellation';
import { applicationFailureOf, FailureType, failure, type FailureDetails } from '../../common/failures';
import { NO_SPEND, type CallSpend } from '../../common/ledger';
import { settle } from './budget';
import { distribute, firstGrant, grantFor } from './grants';
import { queueFor } from './queue-for';
import { claimStep, currentRun, openedRun, recordSpend, updateStep, type Run } from './run';
import { answeredInBatch, inLane, laneOf, type QueuedTurn } from './batch-lane';
import { beginStep, failStep, refuseAfterDeadline, trackOpen } from './steps';

/** What the pipeline may say about one call. */
export interface CallOptions {
  /** Tells calls of the same agent apart: part of the step path and of the Web UI's timeline. */
  readonly label?: string;
  /** Number of this call among calls that ask the very same (best of N, votes), so that reuse keeps them apart. @default 0 */
  readonly sample?: number;
}

type AgentActivity = (input: unknown, call: CallContext) => Promise<CallOutcome>;

const HEARTBEAT_MS = 5_000;

// The deadline of the call bounds its attempts, and the activity counts those that may have been charged. The interval grows
// with every attempt, those that only met a rate limit included, so it must not grow far: one lost answer after a few of them
// would cost a minute.
const retry: RetryPolicy = {
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '10s',
  nonRetryableErrorTypes: ['PayloadsTooLarge'],
};

const activities = proxyActivities<Record<string, AgentActivity>>({ startToCloseTimeout: '5m' });

const { settleCall } = proxyLocalActivities<{
  settleCall(call: Pick<CallContext, 'firstRunId' | 'step' | 'generation' | 'storeId'> & { workflowId: string }): Promise<CallSpend>;
}>({ startToCloseTimeout: '10s', retry: { maximumAttempts: 5 } });

/** One call on its way. */
export interface Call {
  readonly run: Run;
  readonly agent: string;
  /** Step path, also the activityId. */
  readonly step: string;
  readonly limits: AgentCallOptions;
  readonly input: unknown;
  readonly label: string | undefined;
  readonly sample: number | undefined;
  /** What it had cost when it last came back without an answer. */
  spent: CallSpend;
  /** What is known of its last turn that was queued for a Message Batch. */
  queued?: QueuedTurn;
  /** Set for a model turn of a conversation. */
  readonly turn?: ConversationTurn;
}

/** What a model turn goes on from. */
export interface ConversationTurn {
  readonly context: ConversationContext;
  /** Estimated bytes of all that was said; absent in the first turn, which is estimated from the input. */
  readonly promptBytes?: number;
}

/**
 * Calls an agent: one activity, retried by Temporal, paid for within the run's budget, written to blackboard and ledger.
 * @returns the agent's output, checked against its schema by the activity
 * @throws ActivityFailure when the call failed for good; BudgetReached when it could cost more than is left
 */
export function callAgent(
  target: { agent: string; limits: AgentCallOptions },
  input: unknown,
  { label, sample }: CallOptions = {},
): Promise<unknown> {
  const run = currentRun();
  const call: Call = { run, ...target, step: claimStep(run, target.agent, label), input, label, sample, spent: NO_SPEND };
  return trackOpen(run, runCall(call));
}

/**
 * One model turn of a conversation: a call like any other, except that its output is for the conversation and not for the blackboard.
 * @throws what `callAgent` throws
 */
export function callTurn(call: Call & { readonly turn: ConversationTurn }): Promise<TurnOutput> {
  return trackOpen(call.run, runCall(call)) as Promise<TurnOutput>; // made by the activity
}

// Few promises on the way of a call: the SDK records a stack trace for each one that a workflow makes.

async function runCall(call: Call): Promise<unknown> {
  const { run, step, agent, sample, turn } = call;
  beginStep(run, { step, agent, label: call.label });
  try {
    if (run.paused) await resumed(run);
    refuseAfterDeadline(run);
    updateStep(run, step, { state: 'running', startedAt: Date.now() });
    let context: CallContext = {
      ...contextOf(run, step),
      ...(sample !== undefined && { sample }),
      ...(turn !== undefined && { conversation: turn.context }),
      ...firstGrant(call),
    };
    let outcome = await schedule(call, context);
    while (outcome.kind !== 'answered') {
      if (outcome.kind === 'queued') {
        await answeredInBatch(call, outcome);
        context = inLane(context, outcome.ticket, laneOf(run));
      } else context = { ...context, ...(await raiseGrant(call, outcome)) };
      if (run.paused) await resumed(run);
      refuseAfterDeadline(run);
      outcome = await schedule(call, context);
    }
    const { spend, model, output } = outcome;
    close(call, spend);
    updateStep(run, step, { state: 'done', model });
    if (turn === undefined) run.artifacts.push({ key: step, agent, step, value: output });
    return output;
  } catch (thrown) {
    const error = meaningOf(call, thrown);
    await closeFailed(call, error);
    throw error;
  }
}

const resumed = (run: Run): Promise<void> => condition(() => !run.paused);

async function raiseGrant(
  call: Call,
  { needsPico, needsTokens, spend }: UnderfundedCall,
): Promise<Pick<CallContext, 'grantPico' | 'grantTokens'>> {
  const { run, step } = call;
  call.spent = spend;
  updateStep(run, step, { state: 'waiting' });
  const granted = await grantFor(call, { pico: needsPico, tokens: needsTokens }, spend);
  updateStep(run, step, { state: 'running' });
  return granted;
}

function contextOf(run: Run, step: string): CallContext {
  const { options, storeId, simulated } = openedRun(run);
  const { workflowId, firstExecutionRunId } = workflowInfo();
  return {
    pipeline: run.pipeline,
    firstRunId: firstExecutionRunId,
    traceId: options.traceId ?? workflowId,
    storeId,
    simulated,
    step,
    generation: 0,
    lane: laneOf(run),
    reuse: options.reuse ?? false,
  };
}

function schedule({ agent, step, limits, input, label }: Call, context: CallContext): Promise<CallOutcome> {
  const activity = activities[agent];
  if (activity === undefined) throw new Error(`Cannot call "${agent}": no such activity`);
  return activity.executeWithOptions(
    {
      activityId: step,
      startToCloseTimeout: limits.startToCloseMs,
      scheduleToCloseTimeout: limits.scheduleToCloseMs,
      heartbeatTimeout: HEARTBEAT_MS,
      retry,
      // The run closes when its calls have stopped spending, not when it has asked them to.
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      ...queueFor(limits, context.lane),
      ...(label !== undefined && { summary: label }),
    },
    [input, context],
  );
}

function close({ run, step, agent }: Call, spend: CallSpend): void {
  updateStep(run, step, { endedAt: Date.now() });
  recordSpend(run, { step, agent }, spend);
  run.budget = settle(run.budget, step, spend);
  distribute(run);
}

async function closeFailed(call: Call, error: unknown): Promise<void> {
  const { run, step } = call;
  close(call, await spendOf(call, error));
  failStep(run, step, error);
}

/**
 * What a failure means to the run. A cancelled call that did not get to say so (its worker was dead, its last attempt failed)
 * is cancelled all the same, and a timeout of Temporal says in our words what took too long.
 */
function meaningOf({ step, agent, limits }: Call, error: unknown): unknown {
  if (!(error instanceof ActivityFailure) || isCancellation(error)) return error;
  if (CancellationScope.current().consideredCancelled)
    return new CancelledFailure(`"${step}" was cancelled`, error.cause ? detailsOf(error) : [], error);
  if (!(error.cause instanceof TimeoutFailure)) return error;
  const minutes = Math.round(limits.scheduleToCloseMs / 60_000);
  return failure({
    type: FailureType.TimedOut,
    message: `Cannot finish "${step}": ${agent} had no accepted answer within ${minutes} minutes, all attempts and waits included; start again with --reuse`,
    cause: error,
  });
}

const detailsOf = (error: unknown): unknown[] => [...(applicationFailureOf(error)?.details ?? [])];

/** What a failed call spent: the activity says so in the failure's details; after a timeout only the journal knows. */
async function spendOf(call: Call, error: unknown): Promise<CallSpend> {
  const { run, step, spent } = call;
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const details = (applicationFailureOf(error)?.details ?? (cause instanceof CancelledFailure ? cause.details : undefined))?.[0];
  const spend = (details as FailureDetails | undefined)?.spend; // our own activity wrote it
  if (spend !== undefined) return spend;
  const fromTemporal = error instanceof ActivityFailure || (error instanceof Error && error.cause instanceof ActivityFailure);
  // A turn that waited for a Message Batch may have been taken back.
  if (!fromTemporal && call.queued === undefined) return spent;
  const { workflowId } = workflowInfo();
  const { firstRunId, generation, storeId } = contextOf(run, step);
  try {
    return await CancellationScope.nonCancellable(() => settleCall({ workflowId, firstRunId, step, generation, storeId }));
  } catch {
    // Nobody can say what it cost. All of its grant counts as gone, and the failure that ended the call stays the one to see.
    const held = run.budget.granted.get(step) ?? { pico: 0, tokens: 0 };
    return { settled: [], uncertainPico: held.pico, uncertainTokens: held.tokens, uncertainRequests: 1 };
  }
}

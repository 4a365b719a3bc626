import {
  ChildWorkflowCancellationType,
  condition,
  ParentClosePolicy,
  proxyLocalActivities,
  startChild,
  workflowInfo,
  CancellationScope,
  type ChildWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow';

import { FailureType, failure } from '../../common/failures';
import { EMPTY_LEDGER, ledgerOf, type Ledger } from '../../common/ledger';
import { changeLaneSignal, pauseSignal, resumeSignal } from '../../common/messages';
import { PICO_PER_USD, toUsd } from '../../common/money';
import type { PipelineName } from '../../common/pipelines/index';
import type { PipelineRequest, PipelineResult } from '../../common/pipelines/types';
import { Memo, type RunOptions, type RunOutcome } from '../../common/run';
import { grant, isCapped, leftFor, settle, type Amount } from './budget';
import { distribute } from './grants';
import { passOnCancellation } from './pass-on-cancellation';
import { claimStep, currentRun, openedRun, recordLedger, runLane, updateStep, type Run } from './run';
import { beginStep, failStep, refuseAfterDeadline, trackOpen } from './steps';

/** What the pipeline may say about one child. */
export interface ChildOptions {
  /** Tells children of the same type apart: part of the step path and of the child's Workflow Id. */
  readonly label?: string;
  /** Part of what the budget has left when the child starts; of n children side by side the first may have 1/n, the next 1/(n-1). @default 0.5 */
  readonly share?: number;
  /** Dollars at most, whatever the share. */
  readonly budgetUsd?: number;
  /** @default the run's own and the step path, `run/step` */
  readonly workflowId?: string;
}

const { settleChild } = proxyLocalActivities<{
  settleChild(child: { workflowId: string; firstRunId: string; pipeline: string }): Promise<Ledger>;
}>({ startToCloseTimeout: '20s', retry: { maximumAttempts: 5 } });

interface Child {
  readonly run: Run;
  readonly pipeline: string;
  readonly step: string;
  readonly workflowId: string;
  readonly input: unknown;
  readonly options: ChildOptions;
}

/**
 * Runs another pipeline as a child with a part of the budget. Pause, resume and cancellation reach it; what it cost is added
 * to this run's ledger line by line, also when it fails, and what it did not use is free again.
 * @returns the child's outcome; its `result` is a stand-in (`isLargeOutput`) when it is larger than 1 MiB
 * @throws ChildWorkflowFailure with the child's own failure inside; BudgetReached when nothing is left for it;
 *   WorkflowExecutionAlreadyStartedError when a run of the given Workflow Id is open
 */
export function runChild<Name extends PipelineName>(
  pipeline: Name,
  input: PipelineRequest<Name>,
  options: ChildOptions = {},
): Promise<RunOutcome<PipelineResult<Name>>> {
  const { share = 0.5 } = options;
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`Cannot start child "${pipeline}": 'share' must be above 0 and at most 1; current value is ${share}`);
  }
  const run = currentRun();
  const step = claimStep(run, pipeline, options.label);
  const workflowId = options.workflowId ?? `${workflowInfo().workflowId}/${step}`;
  return trackOpen(run, follow({ run, pipeline, step, workflowId, input, options })) as Promise<never>; // its definition types the result
}

async function follow(child: Child): Promise<RunOutcome> {
  const { run, step, pipeline, workflowId, options } = child;
  beginStep(run, { step, agent: pipeline, label: options.label, kind: 'child' });
  let handle: ChildWorkflowHandle<Workflow> | undefined;
  try {
    if (run.paused) await condition(() => !run.paused);
    refuseAfterDeadline(run);
    const slice = sliceFor(child);
    updateStep(run, step, { state: 'running', startedAt: Date.now() });
    const { laneChange } = run;
    handle = await start(child, slice);
    if (CancellationScope.current().consideredCancelled) await passOnCancellation(workflowId);
    const outcome = await followed(run, handle, laneChange);
    close(child, ledgerOf(outcome.ledger));
    updateStep(run, step, { state: 'done' });
    run.artifacts.push({ key: step, agent: pipeline, step, value: outcome.result });
    return outcome;
  } catch (error) {
    const firstRunId = handle?.firstExecutionRunId;
    const spent =
      firstRunId === undefined
        ? EMPTY_LEDGER
        : await CancellationScope.nonCancellable(() => settleChild({ workflowId, firstRunId, pipeline }));
    close(child, spent);
    failStep(run, step, error);
    throw error;
  }
}

/** What the child may cost, taken out of the run's budget until it ends. */
function sliceFor({ run, step, pipeline, options }: Child): Amount | null {
  if (!isCapped(run.budget) && options.budgetUsd === undefined) return null;
  const left = leftFor(run.budget, step);
  const { share = 0.5, budgetUsd = Infinity } = options;
  const slice = { pico: Math.floor(Math.min(left.pico * share, budgetUsd * PICO_PER_USD)), tokens: Math.floor(left.tokens * share) };
  if (!(slice.pico > 0 && slice.tokens > 0)) {
    throw failure({
      type: FailureType.BudgetReached,
      message: `Cannot start "${pipeline}": nothing is left for it; start again with a higher budget`,
    });
  }
  // A currency without a limit needs no grant.
  run.budget = grant(run.budget, step, { pico: finite(slice.pico), tokens: finite(slice.tokens) });
  return slice;
}

const finite = (amount: number): number => (Number.isFinite(amount) ? amount : 0);

function start({ run, pipeline, workflowId, input, options }: Child, slice: Amount | null): Promise<ChildWorkflowHandle<Workflow>> {
  const { deadlineMs, reuse, traceId } = openedRun(run).options;
  const lane = runLane(run);
  const { startTime, workflowId: parentId } = workflowInfo();
  const childOptions: RunOptions = {
    ...(slice !== null && Number.isFinite(slice.pico) && { budgetUsd: toUsd(slice.pico) }),
    ...(slice !== null && Number.isFinite(slice.tokens) && { budgetTokens: slice.tokens }),
    ...(lane !== 'interactive' && { lane }),
    ...(reuse !== undefined && { reuse }),
    ...(deadlineMs !== undefined && { deadlineMs: startTime.getTime() + deadlineMs - Date.now() }),
    traceId: traceId ?? parentId,
  };
  return startChild(pipeline, {
    workflowId,
    args: [input, childOptions],
    workflowTaskTimeout: '5s',
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    memo: { [Memo.subject]: options.label ?? run.subject },
    ...(options.label !== undefined && { staticSummary: options.label }),
  });
}

/** Waits for a child and hands it every pause, resume and change of lane of this run. */
async function followed(run: Run, handle: ChildWorkflowHandle<Workflow>, laneAtStart: Run['laneChange']): Promise<RunOutcome> {
  const steering = new CancellationScope();
  // Ends with the child, and may come too late for it.
  for (const passOn of [() => passOnPauses(run, handle), () => passOnLanes(run, handle, laneAtStart)])
    steering.run(passOn).catch(() => undefined);
  try {
    return (await handle.result()) as RunOutcome; // what every Workflow Type of ours returns
  } finally {
    steering.cancel();
  }
}

async function passOnPauses(run: Run, handle: ChildWorkflowHandle<Workflow>): Promise<never> {
  for (let told = false; ;) {
    await condition(() => run.paused !== told);
    told = run.paused;
    await handle.signal(told ? pauseSignal : resumeSignal);
  }
}

async function passOnLanes(run: Run, handle: ChildWorkflowHandle<Workflow>, laneAtStart: Run['laneChange']): Promise<never> {
  for (let told = laneAtStart; ;) {
    await condition(() => run.laneChange !== told);
    told = run.laneChange;
    await handle.signal(changeLaneSignal, runLane(run));
  }
}

function close({ run, step }: Child, ledger: Ledger): void {
  updateStep(run, step, { endedAt: Date.now() });
  recordLedger(run, step, ledger);
  run.budget = settle(run.budget, step, ledger);
  distribute(run);
}

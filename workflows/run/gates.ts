import { condition, proxyLocalActivities, upsertSearchAttributes } from '@temporalio/workflow';

import { FailureType, failure } from '../../common/failures';
import { MAX_OUTPUT_BYTES, type LargeOutput } from '../../common/large-output';
import { rowWaitSignal } from '../../common/messages';
import type { ReviewAnswer, ReviewCommand, ReviewRecord } from '../../common/review';
import { TroupeStage } from '../../common/search-attributes';
import { alreadyAnswered, recordOf, unlike, type Gate } from './review-state';
import { claimStep, currentRun, type Run } from './run';
import { steer } from './steering';
import { tellJob } from './tell-job';

/** What a pipeline puts before a person. */
export interface ReviewGateOptions<Value> {
  /** Tells the run's gates apart; a name used before gets `#2` and so on. */
  readonly name: string;
  /** The question, in one line. */
  readonly title: string;
  readonly proposal: Value;
  /** Says in a few words why an edited value does not fit; undefined when it does. @default same kind and fields as the proposal */
  readonly validate?: (value: unknown) => string | undefined;
  /** Milliseconds that the gate waits at most. @default for ever */
  readonly deadlineMs?: number;
  /** What applies when nobody answers in time; `fail` fails the run. @default 'reject' */
  readonly onDeadline?: 'approve' | 'reject' | 'fail' | { readonly edit: Value };
  /** Milliseconds after which the gate reminds of itself, in the Web UI and in the stage that lists of runs show. @default never */
  readonly remindAfterMs?: number;
}

const { keepResult } = proxyLocalActivities<{ keepResult(value: unknown): Promise<LargeOutput> }>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '100ms', maximumAttempts: 5 },
});

/**
 * Waits until a person approves, edits or rejects the proposal, by the update `review`. Several gates may be open at once.
 * @returns the answer; its `value` is the edited one, or the proposal as it was
 * @throws StepFailed when the deadline passes and `onDeadline` is `fail`; RangeError when a time is not above 0
 */
export async function reviewGate<Value>(options: ReviewGateOptions<Value>): Promise<ReviewAnswer<Value>> {
  checkTimes(options);
  const run = currentRun();
  const gate = openedGate(options, await shownForm(options.proposal));
  run.gates.set(gate.name, gate);
  showStage(run);
  tellOfPerson(run);
  try {
    if (!(await untilAnswered(run, gate, options.remindAfterMs))) decideByDeadline(gate, options.onDeadline);
    const answer = gate.answer as ReviewAnswer<Value>; // set by now; an edited value has passed `validate`
    if (answer.decision === 'edit') gate.shownEdit = await shownForm(answer.value);
    showStage(run);
    return answer;
  } finally {
    if (gate.answer === null) gate.state = 'withdrawn';
    tellOfPerson(run);
  }
}

function checkTimes({ name, deadlineMs = 1, remindAfterMs = 1 }: ReviewGateOptions<unknown>): void {
  for (const [field, value] of Object.entries({ deadlineMs, remindAfterMs })) {
    if (!Number.isFinite(value) || value < 1) {
      throw new RangeError(`Cannot open review "${name}": '${field}' must be at least 1 millisecond; current value is ${value}`);
    }
  }
}

function openedGate<Value>(options: ReviewGateOptions<Value>, shown: unknown): Gate {
  const { name, title, proposal, validate, deadlineMs, onDeadline = 'reject' } = options;
  const openedAt = Date.now();
  return {
    name: claimStep(currentRun(), 'review', name).slice('review/'.length),
    title,
    proposal,
    shown,
    refuses: validate ?? ((value) => unlike(proposal, value)),
    openedAt,
    deadlineAt: deadlineMs === undefined ? null : openedAt + deadlineMs,
    onDeadline: deadlineMs === undefined ? null : typeof onDeadline === 'string' ? onDeadline : 'edit',
    remindedAt: null,
    state: 'open',
    answer: null,
  };
}

/** False when the deadline passed first. */
async function untilAnswered(run: Run, gate: Gate, remindAfterMs: number | undefined): Promise<boolean> {
  const answered = (): boolean => gate.answer !== null;
  const { openedAt, deadlineAt } = gate;
  if (remindAfterMs !== undefined && (deadlineAt === null || openedAt + remindAfterMs < deadlineAt)) {
    if (await condition(answered, remindAfterMs)) return true;
    gate.remindedAt = Date.now();
    showStage(run);
  }
  if (deadlineAt !== null) return condition(answered, Math.max(1, deadlineAt - Date.now()));
  await condition(answered);
  return true;
}

function decideByDeadline<Value>(gate: Gate, onDeadline: ReviewGateOptions<Value>['onDeadline'] = 'reject'): void {
  if (onDeadline === 'fail') {
    throw failure({
      type: FailureType.StepFailed,
      message: `Cannot go on after review "${gate.name}": nobody answered by its deadline; start again and answer with "npx troupe review"`,
    });
  }
  const edited = typeof onDeadline === 'object';
  gate.state = 'answered';
  gate.answer = {
    gate: gate.name,
    decision: edited ? 'edit' : onDeadline,
    value: edited ? onDeadline.edit : gate.proposal,
    by: null,
    at: Date.now(),
    reason: 'nobody answered by the deadline',
    byDeadline: true,
  };
}

/**
 * Takes an answer that `checkReview` has let pass.
 *
 * A replay may hand it over before the pipeline has opened the gate again, so it waits for the gate; and like all steering it
 * is worked in after everything else that came with it. If the deadline came with it too, the deadline was first.
 */
export async function answerReview(run: Run, { gate: name, decision, value, reason, by }: ReviewCommand): Promise<ReviewRecord> {
  await condition(() => run.gates.has(name));
  const refused = await steer(run, () => {
    const gate = run.gates.get(name) as Gate; // it was there above, and gates stay
    if (gate.answer !== null) return alreadyAnswered(gate.answer);
    if (gate.state !== 'open') return withdrawn(name);
    gate.state = 'answered';
    gate.answer = {
      gate: name,
      decision,
      value: decision === 'edit' ? value : gate.proposal,
      by: by?.trim() || null,
      at: Date.now(),
      reason: reason?.trim() || null,
      byDeadline: false,
    };
    return undefined;
  });
  if (refused !== undefined) throw refused;
  return recordOf(run.gates.get(name) as Gate) as ReviewRecord; // answered just now
}

function withdrawn(name: string): Error {
  return failure({ type: FailureType.InvalidInput, message: `Cannot answer review "${name}": it was withdrawn; the run is ending` });
}

async function shownForm(value: unknown): Promise<unknown> {
  const characters = JSON.stringify(value ?? null).length;
  return characters > MAX_OUTPUT_BYTES ? keepResult(value) : value;
}

/** A job shows which of its rows wait for a person. */
const tellOfPerson = (run: Run): void =>
  tellJob(
    run,
    rowWaitSignal,
    [...run.gates.values()].some(({ state }) => state === 'open'),
  );

/** Lists of runs find those that wait: the stage reads `review/<gate>` for as long as one is open. */
function showStage(run: Run): void {
  const waiting = [...run.gates.values()].filter(({ state }) => state === 'open').at(-1);
  const overdue = waiting?.remindedAt == null ? '' : ' (reminder)';
  const value = waiting === undefined ? run.stage : `review/${waiting.name}${overdue}`;
  if (value !== null) upsertSearchAttributes([{ key: TroupeStage, value }]);
}

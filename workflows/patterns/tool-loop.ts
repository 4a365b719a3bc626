import { endsRun } from '../../common/cancellation';
import { fanOut } from './fan-out';

/**
 * Tool loop: a model that calls tools until it knows enough to answer.
 *
 *   ┌──────────── results, in the order of the calls ───────────┐
 *   ▼                                                           │
 *   turn ── calls ──→ approve? ──→ tool 1 ∥ tool 2 ∥ … ∥ tool n ┘
 *     └── answer
 */
export interface ToolLoopSteps<Call, Reply, Output, State> {
  /**
   * One turn of the model. `state` stands for all that was said before, null in the first turn; `results` answer the calls of the turn
   * before, all of them and in their order.
   */
  readonly turn: (
    state: State | null,
    results: ReadonlyArray<LoopResult<Call, Reply>>,
    turn: number,
  ) => Promise<LoopTurn<Call, Output, State>>;
  /** Runs one tool. What it throws goes to the model, unless it ends the run. */
  readonly callTool: (call: Call) => Promise<Reply>;
  /** What the model is told when a tool failed. */
  readonly describeError: (error: unknown, call: Call) => Reply;
  /** What the model is told when a person refused a call. */
  readonly describeRefusal: (reason: string, call: Call) => Reply;
  /** Asks a person whether a call may act; null when nobody needs to be asked. @default nobody is asked */
  readonly approve?: (call: Call) => Promise<Approval<Call>> | null;
  /** Turns at most; at least 1. */
  readonly maxTurns: number;
  /** Ends calls that are still open when one of them ends the run, e.g. the cancellation of a scope. */
  readonly cancelRest?: () => void;
}

/** What a turn of the model ended with. */
export type LoopTurn<Call, Output, State> =
  | { readonly kind: 'answered'; readonly output: Output; readonly state: State }
  | { readonly kind: 'tools'; readonly calls: readonly Call[]; readonly state: State };

/** What became of one call. */
export interface LoopResult<Call, Reply> {
  /** As the model made it. */
  readonly call: Call;
  readonly reply: Reply;
  readonly isError: boolean;
  /** The call that was run instead, when a person changed it. */
  readonly ranInstead?: Call;
}

/** A person's decision about a call. */
export type Approval<Call> =
  | { readonly decision: 'approve' }
  | { readonly decision: 'edit'; readonly call: Call }
  | { readonly decision: 'reject'; readonly reason: string };

interface LoopEnd<State> {
  readonly turns: number;
  /** Calls that were run, failed ones included. */
  readonly toolCalls: number;
  readonly state: State;
}

/** `exhausted`: the last turn allowed asked for more tools. Those were not run, because nobody would read their results. */
export type ToolLoopResult<Call, Output, State> =
  | (LoopEnd<State> & { readonly status: 'answered'; readonly output: Output })
  | (LoopEnd<State> & { readonly status: 'exhausted'; readonly open: readonly Call[] });

/**
 * Takes turns until the model answers or the limit is reached. Calls of one turn run side by side; a failed one is a result like any other.
 * @throws what `turn` throws, and of a tool's failures those that end the run: cancellation, a reached budget, a wrong key
 * @throws RangeError when `maxTurns` is not a whole number from 1
 */
export async function toolLoop<Call, Reply, Output, State>(
  steps: ToolLoopSteps<Call, Reply, Output, State>,
): Promise<ToolLoopResult<Call, Output, State>> {
  const { maxTurns, cancelRest } = steps;
  if (!Number.isInteger(maxTurns) || maxTurns < 1) {
    throw new RangeError(`Cannot start a tool loop: 'maxTurns' must be a whole number from 1; current value is ${maxTurns}`);
  }
  let state: State | null = null;
  let results: ReadonlyArray<LoopResult<Call, Reply>> = [];
  let toolCalls = 0;
  for (let turns = 1; ; turns++) {
    const turn: LoopTurn<Call, Output, State> = await steps.turn(state, results, turns);
    state = turn.state;
    if (turn.kind === 'answered') return { status: 'answered', output: turn.output, turns, toolCalls, state };
    if (turns === maxTurns) return { status: 'exhausted', turns, toolCalls, state, open: turn.calls };
    const ran = await fanOut(turn.calls, (call) => resultOf(steps, call), cancelRest === undefined ? {} : { cancelRest });
    results = ran.outputs;
    toolCalls += turn.calls.length;
  }
}

async function resultOf<Call, Reply, Output, State>(
  steps: ToolLoopSteps<Call, Reply, Output, State>,
  call: Call,
): Promise<LoopResult<Call, Reply>> {
  try {
    const asked = steps.approve?.(call);
    const approval = asked == null ? null : await asked;
    if (approval?.decision === 'reject') return { call, reply: steps.describeRefusal(approval.reason, call), isError: true };
    if (approval?.decision !== 'edit') return { call, reply: await steps.callTool(call), isError: false };
    return { call, reply: await steps.callTool(approval.call), isError: false, ranInstead: approval.call };
  } catch (error) {
    if (endsRun(error)) throw error;
    return { call, reply: steps.describeError(error, call), isError: true };
  }
}

import type { AgentCallOptions } from '../../common/call-options';
import { DEFAULT_MAX_TURNS, type ToolRequest, type ToolResult } from '../../common/conversation';
import { applicationFailureOf, FailureType, failure } from '../../common/failures';
import type { ToolReply } from '../../common/tool-call';
import { toolLoop, type Approval, type LoopResult, type LoopTurn, type ToolLoopResult } from '../patterns/tool-loop';
import { callTurn, type CallOptions, type ConversationTurn } from './call';
import { askPerson, callOfferedTool } from './conversation-tools';
import { failFast } from './fail-fast';
import { NO_SPEND } from '../../common/ledger';
import { claimStep, currentRun, type Run } from './run';

/** What the pipeline may say about one conversation. */
export interface ConversationOptions extends CallOptions {
  /** Model turns at most. @default what the agent says, else 16 */
  readonly maxTurns?: number;
  /** Decides about calls of tools that want approval. @default a review gate that waits for a person */
  readonly approve?: (call: ToolRequest) => Promise<Approval<ToolRequest>>;
}

/** How a conversation ended; `state.transcript` is the store key of all that was said. */
export type ConversationResult<Output> = ToolLoopResult<ToolRequest, Output, ConversationState>;

export interface ConversationState {
  readonly transcript: string;
  /** Bytes of the last request and its answer: what the next turn is sized from. */
  readonly promptBytes: number;
}

interface Conversation {
  readonly run: Run;
  readonly agent: string;
  readonly limits: AgentCallOptions;
  /** Step path that those of its turns and tools begin with. */
  readonly path: string;
  readonly label: string | undefined;
  readonly sample: number | undefined;
  readonly input: unknown;
}

/** Bytes that a result in the store is sized with; the activity asks for more when it is larger. */
const STORED_RESULT_BYTES = 8_192;

/**
 * Lets an agent work with its tools: every model turn and every call of a tool is an activity of its own, so that a crash in turn 7 resumes at turn 7.
 * @throws ActivityFailure when a turn failed for good; BudgetReached when one could cost more than is left
 */
export async function converse(
  { agent, limits }: { readonly agent: string; readonly limits: AgentCallOptions },
  input: unknown,
  { label, sample, maxTurns = limits.maxTurns ?? DEFAULT_MAX_TURNS, approve }: ConversationOptions = {},
): Promise<ConversationResult<unknown>> {
  const run = currentRun();
  const talk: Conversation = { run, agent, limits, path: claimStep(run, agent, label), label, sample, input };
  const decide = approve ?? ((call) => askPerson(talk.path, call));
  const result = await failFast((cancelRest) =>
    toolLoop<ToolRequest, ToolReply, unknown, ConversationState>({
      maxTurns,
      cancelRest,
      turn: (state, results, turn) => takeTurn(talk, turn, { state, results }),
      callTool: (call) => callOfferedTool(talk, call),
      approve: (call) => (call.approval === 'always' ? decide(call) : null),
      describeError: (error) => ({
        text: applicationFailureOf(error)?.message ?? (error instanceof Error ? error.message : String(error)),
      }),
      describeRefusal: (reason) => ({ text: `A person refused this call: ${reason}` }),
    }),
  );
  if (result.status === 'answered') run.artifacts.push({ key: talk.path, agent, step: talk.path, value: result.output });
  return result;
}

/** The same as a plain call of the agent: its output, or a failure. */
export async function converseToTheEnd(
  target: { readonly agent: string; readonly limits: AgentCallOptions },
  input: unknown,
  options?: ConversationOptions,
): Promise<unknown> {
  const result = await converse(target, input, options);
  if (result.status === 'answered') return result.output;
  throw failure({
    type: FailureType.StepFailed,
    message:
      `Cannot finish the conversation of "${target.agent}": after ${result.turns} turns it still wants ` +
      `${result.open.map(({ name }) => `"${name}"`).join(', ')}; raise its maxTurns or narrow its task`,
    details: { kept: result.state.transcript },
  });
}

interface Said {
  readonly state: ConversationState | null;
  readonly results: ReadonlyArray<LoopResult<ToolRequest, ToolReply>>;
}

async function takeTurn(
  { run, agent, limits, path, label, sample, input }: Conversation,
  turn: number,
  said: Said,
): Promise<LoopTurn<ToolRequest, unknown, ConversationState>> {
  const name = `turn ${turn}`;
  const output = await callTurn({
    run,
    agent,
    limits,
    step: claimStep(run, path, name),
    label: label === undefined ? name : `${label}, ${name}`,
    input: said.state === null ? input : null,
    sample,
    spent: NO_SPEND,
    turn: goingOnFrom(said),
  });
  const { transcript, promptBytes } = output;
  const state = { transcript, promptBytes };
  return output.kind === 'answered' ? { kind: 'answered', output: output.output, state } : { kind: 'tools', calls: output.calls, state };
}

function goingOnFrom({ state, results }: Said): ConversationTurn {
  if (state === null) return { context: {} };
  const given = results.map(resultOf);
  const added = given.reduce((sum, { reply }) => sum + ('text' in reply ? reply.text.length * 2 : STORED_RESULT_BYTES), 0);
  return { context: { transcript: state.transcript, results: given }, promptBytes: state.promptBytes + added };
}

/** The preview of a stored reply is for the blackboard; history has it already. */
function resultOf({ call, reply, isError, ranInstead }: LoopResult<ToolRequest, ToolReply>): ToolResult {
  return {
    id: call.id,
    reply: 'text' in reply ? reply : { ref: reply.ref, preview: '' },
    isError,
    ...(ranInstead !== undefined && { note: `A person changed the input of this call to ${JSON.stringify(ranInstead.input)}.` }),
  };
}

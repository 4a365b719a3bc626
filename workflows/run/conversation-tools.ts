import { proxyLocalActivities } from '@temporalio/workflow';

import { CALL_OPTIONS, type AgentCallOptions } from '../../common/call-options';
import { MAX_INLINE_BYTES, MCP_TOOL, type ToolRequest } from '../../common/conversation';
import { FailureType, failure, isFailure } from '../../common/failures';
import { isLargeOutput, type LargeOutput } from '../../common/large-output';
import type { ToolReply } from '../../common/tool-call';
import { MCP_OPTIONS, TOOL_DEFAULTS, TOOL_OPTIONS, type ToolCallOptions } from '../../common/tool-options';
import type { Approval } from '../patterns/tool-loop';
import { callAgent } from './call';
import { runChild } from './child';
import { reviewGate } from './gates';
import { claimStep, type Run } from './run';
import { runToolStep } from './tool-step';

/** Whose tools they are. */
export interface ToolUser {
  readonly run: Run;
  /** Step path of the conversation. */
  readonly path: string;
}

/**
 * Runs what an agent has called: a tool of the registry, a tool of an MCP server, or another agent.
 * @throws failures that the agent is told, and those that end the run
 */
export function callOfferedTool(user: ToolUser, call: ToolRequest): Promise<ToolReply> {
  const { name, input, kind } = call;
  switch (kind) {
    case 'tool':
      return runTool(user, call, { limits: optionsOf(TOOL_OPTIONS, name) ?? TOOL_DEFAULTS, args: [input] });
    case 'mcp':
      return runTool(user, call, { limits: MCP_OPTIONS, activityType: MCP_TOOL, args: [name, input] });
    case 'agent':
      return callOtherAgent(user, call);
    case 'unknown':
      throw failure({ type: FailureType.ToolFailed, message: `There is no tool "${name}"; use one of those that you were given` });
  }
}

interface ToolActivity {
  readonly limits: ToolCallOptions;
  readonly args: readonly unknown[];
  readonly activityType?: string;
}

function runTool({ run, path }: ToolUser, { name, inputRef }: ToolRequest, activity: ToolActivity): Promise<ToolReply> {
  const conversation = inputRef === undefined ? {} : { inputRef };
  const step = claimStep(run, path, name);
  return runToolStep({ run, tool: name, step, label: path, conversation, ...activity }) as Promise<ToolReply>; // asked for by `conversation`
}

/** An agent without tools is one call; one that has tools has a conversation of its own, in a child with its share of the budget. */
async function callOtherAgent(user: ToolUser, { name, input }: ToolRequest): Promise<ToolReply> {
  const limits = optionsOf<AgentCallOptions>(CALL_OPTIONS, name);
  if (limits === undefined) throw failure({ type: FailureType.ToolFailed, message: `Cannot call agent "${name}": it no longer exists` });
  if (limits.converses !== true) return replyOf(await callAgent({ agent: name, limits }, input, { label: user.path }));
  try {
    const { result } = await runChild('oneAgent', { agent: name, input: input as never }, { label: `${user.path}/${name}` });
    return await replyOf(isLargeOutput(result) ? result : result.output);
  } catch (error) {
    if (!isFailure(error, FailureType.BudgetReached)) throw error;
    // Its share is used up, not the run's budget: whoever asked may go on without it.
    throw failure({
      type: FailureType.ToolFailed,
      message: `Agent "${name}" could not finish within its share of the budget; go on without it`,
    });
  }
}

const { keepResult } = proxyLocalActivities<{ keepResult(value: unknown): Promise<LargeOutput> }>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '100ms', maximumAttempts: 5 },
});

/** Agents answer in values, conversations carry texts. A long one would be in history twice. */
async function replyOf(output: unknown): Promise<ToolReply> {
  const text = JSON.stringify(output);
  return text.length <= MAX_INLINE_BYTES * 4 ? { text } : keepResult(text);
}

/** Puts a call before a person: approve, edit its input, or reject it with a reason. */
export async function askPerson(path: string, call: ToolRequest): Promise<Approval<ToolRequest>> {
  const { name, input, inputRef } = call;
  const answer = await reviewGate<unknown>({
    name: `${path}/${name}`,
    title: `May "${path}" call ${name}?`,
    proposal: inputRef === undefined ? input : { ref: inputRef, preview: '' },
    validate: (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'the input of a tool is an object',
  });
  switch (answer.decision) {
    case 'approve':
      return { decision: 'approve' };
    case 'edit': {
      const { inputRef: _unused, ...rest } = call;
      return { decision: 'edit', call: { ...rest, input: answer.value } };
    }
    case 'reject':
      return { decision: 'reject', reason: answer.reason ?? 'no reason given' };
  }
}

/** A name may come from a conversation that an earlier release began. */
function optionsOf<Options>(table: Readonly<Record<string, Options>>, name: string): Options | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

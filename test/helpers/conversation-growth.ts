import type { Plan } from './conversation-workflows';
import { bundleConversations } from './conversation-bundle';
import { DIGGING, diggerDigs } from './digging';
import { startRig, type Rig } from './rig';

/** What a conversation leaves in Temporal's history, in its one run. */
export interface Growth {
  /** Calls of a tool, one a turn. */
  readonly calls: number;
  readonly events: number;
  readonly bytes: number;
}

/** Long results of tools, in characters. */
export const RESULT_CHARACTERS = 5 * 1_024;

/** A rig for conversations that are longer than any model takes: here it is the history that matters. */
export async function startGrowthRig(): Promise<Rig> {
  const workflowBundle = await bundleConversations();
  return startRig({ workflowBundle, maxCachedWorkflows: 100, deps: DIGGING, simulator: { contextWindow: 10_000_000 } });
}

/** @throws Error when the conversation does not make its calls and end. */
export async function measureGrowth(rig: Rig, calls: number): Promise<Growth> {
  rig.simulator.setRules(diggerDigs(calls, RESULT_CHARACTERS));
  const plan: Plan = { do: 'converse', task: 'Dig on', maxTurns: calls + 1 };
  const run = await rig.start('brief', { topic: JSON.stringify(plan) });
  const { status, toolCalls } = (await run.outcome()).result as unknown as { status: string; toolCalls: number }; // the stand-in's
  if (status !== 'answered' || toolCalls !== calls) throw new Error(`The conversation is ${status} after ${toolCalls} of ${calls} calls`);
  const { historyLength: events, historySize: bytes = 0 } = await run.handle.describe();
  return { calls, events, bytes };
}

import type { z } from 'zod';

import type { Agents } from '../../agents/index';
import type { DynamicInput, DynamicOutput } from '../../agents/dynamic-role';
import { CALL_OPTIONS, DYNAMIC_AGENT, roleLimits, type AgentCallOptions, type AgentName } from '../../common/call-options';
import { callAgent, type CallOptions } from './call';
import { converse, converseToTheEnd, type ConversationOptions, type ConversationResult } from './conversation';

export type AgentInput<Name extends AgentName> = z.input<Agents[Name]['input']>;
export type AgentOutput<Name extends AgentName> = z.output<Agents[Name]['output']>;

type AgentCalls = {
  readonly [Name in AgentName]: (input: AgentInput<Name>, options?: CallOptions) => Promise<AgentOutput<Name>>;
};

/**
 * Every agent of the registry as a function: `await agents.outliner({ topic, audience, findings })`. One that has tools takes turns until it
 * answers; `conversations` tells more of the same.
 */
export const agents = Object.fromEntries(
  Object.entries<AgentCallOptions>(CALL_OPTIONS).map(([agent, limits]) => [
    agent,
    (input: unknown, options?: CallOptions) =>
      (limits.converses === true ? converseToTheEnd : callAgent)({ agent, limits }, input, options),
  ]),
) as unknown as AgentCalls; // the registry's schemas, checked by the activity, are what makes these types true

/** Names of agents that have tools. */
type ConversingName = { [Name in AgentName]: (typeof CALL_OPTIONS)[Name] extends { readonly converses: true } ? Name : never }[AgentName];

type Conversations = {
  readonly [Name in ConversingName]: (
    input: AgentInput<Name>,
    options?: ConversationOptions,
  ) => Promise<ConversationResult<AgentOutput<Name>>>;
};

/** Every agent with tools as a function that tells how it ended: answered or out of turns, after how many turns and calls. */
export const conversations = Object.fromEntries(
  Object.entries<AgentCallOptions>(CALL_OPTIONS)
    .filter(([, { converses }]) => converses)
    .map(([agent, limits]) => [agent, (input: unknown, options?: ConversationOptions) => converse({ agent, limits }, input, options)]),
) as unknown as Conversations; // like `agents`

/**
 * Calls a role made at run time through the one generic Activity Type; its name is the label of the call. A role that may write much
 * gets the time for it, and the pool when that is more than a function has.
 */
export async function callRole(input: DynamicInput, options: Pick<CallOptions, 'sample'> = {}): Promise<DynamicOutput> {
  const output = await callAgent({ agent: DYNAMIC_AGENT, limits: roleLimits(input.role) }, input, { ...options, label: input.role.name });
  return output as DynamicOutput; // checked by the activity
}

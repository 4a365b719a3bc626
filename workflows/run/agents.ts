import type { z } from 'zod';

import type { Agents } from '../../agents/index';
import type { DynamicInput, DynamicOutput } from '../../agents/dynamic-role';
import { CALL_DEFAULTS, CALL_OPTIONS, DYNAMIC_AGENT, type AgentName } from '../../common/call-options';
import { callAgent, type CallOptions } from './call';

export type AgentInput<Name extends AgentName> = z.input<Agents[Name]['input']>;
export type AgentOutput<Name extends AgentName> = z.output<Agents[Name]['output']>;

type AgentCalls = {
  readonly [Name in AgentName]: (input: AgentInput<Name>, options?: CallOptions) => Promise<AgentOutput<Name>>;
};

/** Every agent of the registry as a function: `await agents.outliner({ topic, audience, findings })`. */
export const agents = Object.fromEntries(
  Object.entries(CALL_OPTIONS).map(([name, limits]) => [
    name,
    (input: unknown, options?: CallOptions) => callAgent({ agent: name, limits }, input, options),
  ]),
) as unknown as AgentCalls; // the registry's schemas, checked by the activity, are what makes these types true

/** Calls a role made at run time through the one generic Activity Type. */
export async function callRole(input: DynamicInput): Promise<DynamicOutput> {
  const { tier = 'balanced', maxTokens, name } = input.role;
  const output = await callAgent({ agent: DYNAMIC_AGENT, limits: { tier, maxTokens, ...CALL_DEFAULTS } }, input, { label: name });
  return output as DynamicOutput; // checked by the activity
}

import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';

import { agents } from '../../agents/index';
import type { AgentName } from '../../common/call-options';

/** What one step of the bare app asks for; only the words come from the agents, so that both apps give Claude the same work. */
export type BareRequest = Anthropic.MessageCreateParamsNonStreaming;

const MODELS = { fast: 'claude-haiku-5-5', balanced: 'claude-sonnet-5-5', best: 'claude-opus-5-5' } as const;
/** Room for thinking beside the visible answer. */
const THINKING_TOKENS = 1_024;

/** Requests of a step, with everything that does not depend on the prompt built once. */
export function requestsOf(step: AgentName): (prompt: string) => BareRequest {
  const { tier, maxTokens, system, output } = agents[step];
  const { type, schema } = zodOutputFormat(output);
  const constant = {
    model: MODELS[tier],
    max_tokens: maxTokens + THINKING_TOKENS,
    system,
    output_config: { effort: 'low' as const, format: { type, schema } },
  };
  return (prompt) => ({ ...constant, messages: [{ role: 'user', content: prompt }] });
}

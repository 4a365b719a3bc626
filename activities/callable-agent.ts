import type { z } from 'zod';

import type { Effort } from '../agents/define-agent';
import { dynamicInputSchema } from '../agents/dynamic-role';
import { promptOf, WEB_RULE } from '../agents/prompt-parts';
import type { Models } from '../claude/models';
import { outputFormatOf } from '../claude/output-format';
import { createTemplate, renderRequest, type RenderedRequest, type RequestTemplate } from '../claude/request';
import { serverToolsOf } from '../claude/server-tools';
import type { CallContext } from '../common/call';
import { failure, FailureType } from '../common/failures';
import { describeIssues } from '../common/pipelines/parse-input';
import type { TurnOfConversation } from './conversation';
import type { AnyAgent } from './deps';

/** A call with its input checked and its prompt rendered. */
export interface RenderedCall {
  /** Name of the agent or of the role made at run time. */
  readonly agent: string;
  readonly request: RenderedRequest;
  /** Absent for free text. */
  readonly output?: z.ZodType;
  /** Set for a model turn of a conversation with tools. */
  readonly conversation?: TurnOfConversation;
}

/** An agent behind its Activity Type. */
export interface CallableAgent {
  readonly activityType: string;
  /** @throws InvalidInput when the input does not fit. */
  render(input: unknown, context: CallContext): RenderedCall | Promise<RenderedCall>;
}

/** An agent of the registry. Its schema and template are made at the first call and kept. */
export function registeredAgent(agent: AnyAgent, models: Models): CallableAgent {
  let template: RequestTemplate | undefined;
  return {
    activityType: agent.name,
    render(input) {
      template ??= templateOf(agent, models, agent.system);
      // Parsed by this agent's own schema, so it is what its prompt takes.
      const parsed = parseAgentInput(agent.name, agent.input, input) as never;
      return { agent: agent.name, request: renderRequest(template, agent.prompt(parsed)), output: agent.output };
    },
  };
}

/** What all requests of an agent have in common; `system` is its prompt with what its tools add. */
export function templateOf(agent: AnyAgent, models: Models, system: string): RequestTemplate {
  const serverTools = serverToolsOf(agent.name, agent.serverTools);
  return createTemplate({
    model: models.forTier(agent.tier),
    system: promptOf(system, serverTools.length === 0 ? undefined : WEB_RULE),
    maxTokens: agent.maxTokens,
    effort: agent.effort,
    format: outputFormatOf(agent.name, agent.output),
    serverTools,
  });
}

const DYNAMIC_EFFORT: Effort = 'low';

/** Roles that come with the call; the answer is free text, `{ text }`. */
export function dynamicAgent(activityType: string, models: Models): CallableAgent {
  return {
    activityType,
    render(input) {
      const { role, prompt } = parseAgentInput(activityType, dynamicInputSchema, input);
      const model = role.model === undefined ? models.forTier(role.tier) : models.byId(role.model);
      const template = createTemplate({ model, system: role.system, maxTokens: role.maxTokens, effort: DYNAMIC_EFFORT });
      return { agent: role.name, request: renderRequest(template, prompt) };
    },
  };
}

/** @throws InvalidInput when the input does not fit */
export function parseAgentInput<Schema extends z.ZodType>(agent: string, schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw failure({
    type: FailureType.InvalidInput,
    message: `Cannot call "${agent}": its input does not fit: ${describeIssues(parsed.error)}; correct what the pipeline hands over`,
  });
}

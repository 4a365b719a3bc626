import type { AgentName } from '../../common/call-options';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { agents } from '../run/agents';

/**
 * One agent by itself.
 *
 *   agent ⇄ tools
 */
export async function oneAgent({ agent, input }: PipelineInput<'oneAgent'>): Promise<PipelineResult<'oneAgent'>> {
  const call = agents[agent as AgentName] as (input: unknown) => Promise<unknown>; // its activity checks the input
  return { agent, output: await call(input) };
}

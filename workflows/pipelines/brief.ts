import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { agents } from '../run/agents';
import { stage } from '../run/stage';

/**
 * Brief: two agents.
 *
 *   researcher → briefWriter
 */
export async function brief({ topic }: PipelineInput<'brief'>): Promise<PipelineResult<'brief'>> {
  const angle = 'what a developer has to know before using it';
  const findings = await stage('research', () => agents.researcher({ topic, angle, audience: 'software developers' }));
  const { paragraphs } = await stage('write', () => agents.briefWriter({ topic, findings }));
  return { paragraphs, findings };
}

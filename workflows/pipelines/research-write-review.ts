import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { agents } from '../run/agents';
import { stage } from '../run/stage';

/**
 * Research, write, review.
 *
 *   researcher → writer → editor
 */
export async function researchWriteReview({
  topic,
  audience,
}: PipelineInput<'researchWriteReview'>): Promise<PipelineResult<'researchWriteReview'>> {
  const angle = 'what matters most to the audience';
  const findings = await stage('research', () => agents.researcher({ topic, angle, audience }));
  const { draft } = await stage('write', () => agents.writer({ topic, audience, findings: [findings] }));
  const { text, changes } = await stage('review', () => agents.editor({ topic, audience, draft }));
  return { text, changes, draft, findings };
}

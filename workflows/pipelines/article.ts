import { SEO_DESCRIPTION_LIMIT, TITLE_LIMIT } from '../../common/article-limits';
import type { PipelineInput, PipelineResult } from '../../common/pipelines/types';
import { fanOut } from '../patterns/fan-out';
import { agents } from '../run/agents';
import { degrade, optional } from '../run/degrade';
import { failFast } from '../run/fail-fast';
import { stage } from '../run/stage';
import { leadSentence } from './lead-sentence';

const ANGLES = ['fundamentals', 'use cases', 'pitfalls'] as const;

/**
 * Article, the main job.
 *
 *   researcher ×3 → outliner → writer → title ∥ seo
 */
export async function article({ topic, audience }: PipelineInput<'article'>): Promise<PipelineResult<'article'>> {
  const { outputs: findings } = await stage('research', () =>
    failFast((cancelRest) =>
      fanOut(ANGLES, (angle) => agents.researcher({ topic, angle, audience }, { label: angle }), {
        atLeast: 2,
        cancelRest,
        onFailed: (angle, error) => degrade(`researcher/${angle}`, error, 'an article without this angle'),
      }),
    ),
  );
  const { sections: outline } = await stage('outline', () => agents.outliner({ topic, audience, findings }));
  const { draft } = await stage('draft', () => agents.writer({ topic, audience, findings, outline }));
  const [title, seoDescription] = await stage('headline', () =>
    Promise.all([
      optional(
        'title',
        async () => (await agents.title({ topic, draft })).title,
        () => ({ value: topic.slice(0, TITLE_LIMIT), instead: 'the topic' }),
      ),
      optional(
        'seo',
        async () => (await agents.seo({ topic, draft })).description,
        () => ({ value: leadSentence(draft, SEO_DESCRIPTION_LIMIT), instead: 'the first sentence of the draft' }),
      ),
    ]),
  );
  return { title, seoDescription, outline, draft, findings };
}

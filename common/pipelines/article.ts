import { z } from 'zod';

import { SEO_DESCRIPTION_LIMIT } from '../article-limits';
import { definePipeline } from './define-pipeline';
import { audience, findings, outlineSection, topic } from './fields';

/** The main job: research from three angles, outline, draft, title and search description. */
export const article = definePipeline({
  name: 'article',
  description: 'A topic becomes an article: research ×3, outline, draft, title and SEO description',
  diagram: 'researcher ×3 → outliner → writer → title ∥ seo',
  subjectField: 'topic',
  input: z.strictObject({ topic, audience }),
  result: z.object({
    title: z.string(),
    seoDescription: z.string().max(SEO_DESCRIPTION_LIMIT),
    outline: z.array(outlineSection).length(5),
    draft: z.string(),
    findings: z.array(findings),
  }),
});

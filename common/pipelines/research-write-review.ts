import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { audience, findings, topic } from './fields';

/** A researched draft, edited by a senior editor. */
export const researchWriteReview = definePipeline({
  name: 'researchWriteReview',
  description: 'A topic becomes an edited text: researcher, writer, senior editor',
  diagram: 'researcher → writer → editor',
  subjectField: 'topic',
  input: z.strictObject({ topic, audience }),
  result: z.object({
    text: z.string(),
    changes: z.array(z.object({ what: z.string(), why: z.string() })),
    draft: z.string(),
    findings,
  }),
});

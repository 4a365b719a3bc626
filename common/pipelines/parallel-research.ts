import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { findings, topic } from './fields';

/** One researcher for each viewpoint, then a synthesis. */
export const parallelResearch = definePipeline({
  name: 'parallelResearch',
  description: 'A topic seen from several viewpoints in parallel, then one synthesis',
  diagram: 'researcher × viewpoints → synthesizer',
  subjectField: 'topic',
  input: z.strictObject({
    topic,
    viewpoints: z
      .array(z.string().trim().min(1).max(200))
      .min(1)
      .max(20)
      .refine((names) => new Set(names).size === names.length, 'must not name a viewpoint twice')
      .default(['technical', 'market', 'risk', 'trend'])
      .describe('One researcher for each'),
    atLeast: z.number().int().min(1).max(20).optional().describe('How many viewpoints must succeed; all by default'),
  }),
  result: z.object({
    synthesis: z.string(),
    agreements: z.array(z.string()),
    conflicts: z.array(z.object({ between: z.array(z.string()), about: z.string(), settled: z.string() })),
    reports: z.array(findings),
  }),
});

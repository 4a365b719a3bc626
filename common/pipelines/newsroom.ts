import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { audience, findings, topic } from './fields';

const correction = z.object({
  id: z.string(),
  by: z.enum(['factChecker', 'copyEditor']),
  quote: z.string().describe('Words of the draft'),
  replacement: z.string().describe('What takes their place'),
  reason: z.string(),
  applied: z.boolean(),
  notApplied: z.string().nullable().describe('Why it was not applied; null when it was'),
  draftAt: z.number().int().nullable().describe('Where the quote begins in the draft, in characters; null when not found for certain'),
  textAt: z.number().int().nullable().describe('Where the replacement begins in the text; null when not applied'),
});

/** A newsroom: every correction of the fact checker and the editor can be traced in the final text. */
export const newsroom = definePipeline({
  name: 'newsroom',
  description: 'A topic becomes an article checked for facts and edited, with every correction traceable',
  diagram: 'newsRouter → (researcher ×3 ∥ newsOutliner) → newsBriefer → newsWriter → (factChecker ∥ copyEditor) → assembly in code',
  subjectField: 'topic',
  input: z.strictObject({ topic, audience: audience.default('interested readers') }),
  result: z.object({
    headline: z.string(),
    text: z.string().describe('The draft with every applied correction'),
    corrections: z.array(correction),
    draft: z.string().describe('As the writer wrote it'),
    assignment: z.object({
      length: z.enum(['short', 'long']),
      kind: z.enum(['technical', 'general']),
      reason: z.string(),
    }),
    conflicts: z.array(z.object({ between: z.array(z.string()), about: z.string(), settled: z.string() })),
    findings: z.array(findings),
  }),
});

import { z } from 'zod';

import { definePipeline } from './define-pipeline';

const specialist = z.enum(['code', 'data', 'writing', 'research', 'general']);

/** A question goes to the specialist it belongs to. */
export const ask = definePipeline({
  name: 'ask',
  description: 'A question goes to the right specialist: code, data, writing, research or general',
  diagram: 'deskRouter → one of codeSpecialist, dataSpecialist, writingSpecialist, researchSpecialist, generalist',
  subjectField: 'question',
  input: z.strictObject({
    question: z.string().trim().min(1, 'must not be empty').max(8_000).describe('What you want to know or have'),
    material: z.string().trim().min(1).max(100_000).optional().describe('Code, data or text that the question is about'),
    minConfidence: z.number().min(0).max(1).default(0.6).describe('Below it the generalist takes the question; from 0 to 1'),
  }),
  result: z.object({
    answer: z.string(),
    confidence: z.enum(['low', 'medium', 'high']),
    sources: z.array(z.string()),
    openPoints: z.array(z.string()),
    routing: z.object({
      route: specialist.describe('Who answered'),
      why: z.enum(['chosen', 'unknown class', 'low confidence', 'classifier failed', 'specialist failed']),
      classified: z.string().nullable().describe('What the classifier said; null when it failed'),
      confidence: z.number().min(0).max(1).nullable().describe('The classifier’s confidence; null when it failed'),
    }),
  }),
});

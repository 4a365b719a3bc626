import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Makes one answer to a goal of what specialists found. */
export const goalSynthesizer = defineAgent({
  name: 'goalSynthesizer',
  description: 'Makes one answer to a goal of the results of specialists',
  tier: 'balanced',
  maxTokens: 4_096,
  system: promptOf(
    'You write the answer to a goal from what specialists found out for it.',
    'Begin with the result that the goal asks for, then give what the reader needs to rely on it and to act on it. Use only the results; where they ' +
      'contradict each other, say so and say which one you follow and why. Where a subtask was not done, do not fill the hole from memory: name it as an ' +
      'open point. Do not tell how the work was divided.',
    MATERIAL_RULE,
  ),
  input: z.object({
    goal: z.string().trim().min(1).max(8_000),
    audience: z.string().trim().min(1).max(500).optional(),
    results: z.array(z.object({ worker: z.string(), instruction: z.string(), result: z.string() })).min(1),
    missing: z.array(z.object({ instruction: z.string(), reason: z.string() })),
  }),
  output: z.object({
    report: z.string().min(1).describe('The answer in Markdown, 300 to 900 words, the result first'),
    confidence: z.enum(['low', 'medium', 'high']).describe('How far the reader can rely on it'),
    openPoints: z
      .array(z.string().min(1).describe('What is not known and would change the answer, one sentence'))
      .max(5)
      .describe('At most 5 items; empty when nothing is open'),
  }),
  prompt: ({ goal, audience, results, missing }) =>
    promptOf(
      tag('goal', goal),
      audience === undefined ? undefined : tag('audience', audience),
      jsonTag('results', results),
      missing.length === 0 ? undefined : jsonTag('not_done', missing),
      'Write the answer.',
    ),
});

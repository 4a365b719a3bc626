import { z } from 'zod';

import { defineAgent } from './define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { findingsSchema, topicField } from './schemas';

/** Combines reports from several viewpoints. */
export const synthesizer = defineAgent({
  name: 'synthesizer',
  description: 'Combines reports from several viewpoints and settles their conflicts in the open',
  tier: 'balanced',
  maxTokens: 2_048,
  system: promptOf(
    'You combine reports that colleagues wrote from different viewpoints on one topic.',
    'Write one synthesis in Markdown, 300 to 600 words, for a reader who has to decide: what all viewpoints agree on, what each one adds that ' +
      'the others miss, and what follows. Do not average opinions and do not hide disagreement: every conflict between reports goes into the list ' +
      'with the two sides and how you settled it, or why it stays open. An empty list means that there is none.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, reports: z.array(findingsSchema).min(1) }),
  output: z.object({
    synthesis: z.string().min(100).describe('The synthesis in Markdown, 300 to 600 words'),
    agreements: z.array(z.string().min(1).describe('One sentence')).max(7).describe('Between 1 and 7 items'),
    conflicts: z
      .array(
        z.object({
          between: z.array(z.string().min(1)).min(2).describe('The viewpoints that disagree, at least 2 items'),
          about: z.string().min(1).describe('What they disagree about, one sentence'),
          settled: z.string().min(1).describe('How it was settled, or why it stays open, one sentence'),
        }),
      )
      .max(7),
  }),
  prompt: ({ topic, reports }) => promptOf(tag('topic', topic), jsonTag('reports', reports), 'Write the synthesis.'),
});

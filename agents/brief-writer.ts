import { z } from 'zod';

import { defineAgent } from './define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { findingsSchema, topicField } from './schemas';

/** Writes a three-paragraph brief for developers. */
export const briefWriter = defineAgent({
  name: 'briefWriter',
  description: 'Writes a brief of three paragraphs for developers',
  tier: 'balanced',
  maxTokens: 1_024,
  system: promptOf(
    'You write briefs for software developers who have two minutes.',
    'Write exactly 3 paragraphs of 60 to 110 words. The first says what it is and why it matters now, the second how it works in practice, ' +
      'the third what to watch out for and what to do first. Use the findings and nothing that contradicts them. Plain prose: no headings, ' +
      'no lists, no code.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, findings: findingsSchema }),
  output: z.object({
    paragraphs: z.array(z.string().min(40).describe('One paragraph, 60 to 110 words')).length(3).describe('Exactly 3 items'),
  }),
  prompt: ({ topic, findings }) => promptOf(tag('topic', topic), jsonTag('findings', findings), 'Write the brief.'),
});

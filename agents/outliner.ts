import { z } from 'zod';

import { defineAgent } from './define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { audienceField, findingsSchema, outlineSchema, topicField } from './schemas';

/** Turns findings into a five-section outline. */
export const outliner = defineAgent({
  name: 'outliner',
  description: 'Plans an article of five sections from findings',
  tier: 'balanced',
  maxTokens: 512,
  system: promptOf(
    'You are the planning editor of a technical publication.',
    'Plan an article of exactly 5 sections that takes the reader from the problem to something that works. Each section has a heading, a ' +
      'purpose (what the reader can do afterwards) and 2 or 3 points drawn from the findings. No section repeats another; the first one ' +
      'states the problem, the last one says what to do next.',
    'Headings name things; they do not tease. Keep to the lengths that the schema states: this plan must be short.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, audience: audienceField, findings: z.array(findingsSchema).min(1) }),
  output: outlineSchema,
  prompt: ({ topic, audience, findings }) =>
    promptOf(tag('topic', topic), tag('audience', audience), jsonTag('findings', findings), 'Plan the article.'),
});

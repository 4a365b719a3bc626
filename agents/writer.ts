import { z } from 'zod';

import { defineAgent } from './define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { audienceField, findingsSchema, sectionSchema, topicField } from './schemas';

/** Writes the draft of an article from an outline and findings. */
export const writer = defineAgent({
  name: 'writer',
  description: 'Writes an article in Markdown from an outline and findings',
  tier: 'balanced',
  maxTokens: 4_096,
  system: promptOf(
    'You are a technical writer with a plain, exact style.',
    'Write the whole article in Markdown. With an outline, use its headings as level-2 headings, in its order, and cover its points; ' +
      'without one, choose 3 to 5 headings yourself. Write 800 to 1,200 words.',
    'Every claim comes from the findings or is common knowledge of the audience. Show code only where it carries the explanation. Vary the ' +
      'length of sentences, use the active voice, and leave out filler, rhetorical questions and a closing summary of what was just said. ' +
      'Do not write a level-1 title.',
    MATERIAL_RULE,
  ),
  input: z.object({
    topic: topicField,
    audience: audienceField,
    findings: z.array(findingsSchema).min(1),
    outline: z.array(sectionSchema).optional(),
  }),
  output: z.object({ draft: z.string().min(200).describe('The article in Markdown, 800 to 1,200 words') }),
  prompt: ({ topic, audience, findings, outline }) =>
    promptOf(
      tag('topic', topic),
      tag('audience', audience),
      outline === undefined ? undefined : jsonTag('outline', outline),
      jsonTag('findings', findings),
      'Write the article.',
    ),
});

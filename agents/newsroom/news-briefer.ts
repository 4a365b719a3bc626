import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, findingsSchema, topicField } from '../schemas';
import { assignmentSchema, briefSchema, newsOutlineSchema } from './schemas';

/** Merges research and outline into the brief that the writer works from. */
export const newsBriefer = defineAgent({
  name: 'newsBriefer',
  description: 'Merges findings and outline into one brief and settles conflicts between the angles in the open',
  tier: 'balanced',
  maxTokens: 2_048,
  system: promptOf(
    'You are the desk editor of a newsroom. You merge the findings of several researchers and the planned outline into one brief for the writer.',
    'Keep the outline’s sections and order, and put every fact worth telling under the section it belongs to, in one sentence with its figure. ' +
      'A section that the findings cannot fill takes the nearest facts, or is dropped when at least 3 sections remain. Add no facts of your own.',
    'Where angles disagree, do not average: list the conflict with the angles by their names and how you settled it, or why it stays open. An ' +
      'empty list means that there is none.',
    MATERIAL_RULE,
  ),
  input: z.object({
    topic: topicField,
    audience: audienceField,
    assignment: assignmentSchema,
    findings: z.array(findingsSchema).min(1),
    outline: newsOutlineSchema.shape.sections,
    problems: z.array(z.string()).optional(),
  }),
  output: briefSchema,
  prompt: ({ topic, audience, assignment: { length, kind }, findings, outline, problems = [] }) =>
    promptOf(
      tag('topic', topic),
      tag('audience', audience),
      tag('assignment', `${length}, ${kind}`),
      jsonTag('outline', outline),
      jsonTag('findings', findings),
      problems.length === 0 ? undefined : jsonTag('problems_of_your_last_answer', problems),
      'Write the brief.',
    ),
});

import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { assignmentSchema, newsOutlineSchema } from './schemas';

/** Plans an article while its research is still under way. */
export const newsOutliner = defineAgent({
  name: 'newsOutliner',
  description: 'Plans a newsroom article from its topic alone, while research is under way',
  tier: 'balanced',
  maxTokens: 512,
  system: promptOf(
    'You are the planning editor of a newsroom. Colleagues research the topic at this moment; you plan the article without their findings.',
    'Plan 3 sections for a short article and 5 for a long one. Each section has a heading, a purpose (the question it answers) and 2 or 3 ' +
      'points that research has to fill. Plan questions, not answers: state no facts. A technical article goes from the problem to something ' +
      'that works; a general one from what happened to what follows for the reader. No section repeats another.',
    'Headings name things; they do not tease.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, audience: audienceField, assignment: assignmentSchema }),
  output: newsOutlineSchema,
  prompt: ({ topic, audience, assignment: { length, kind } }) =>
    promptOf(tag('topic', topic), tag('audience', audience), tag('assignment', `${length}, ${kind}`), 'Plan the article.'),
});

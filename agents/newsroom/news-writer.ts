import { z } from 'zod';

import { TITLE_LIMIT } from '../../common/article-limits';
import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { assignmentSchema, briefSchema } from './schemas';

/** Writes the draft from the brief. */
export const newsWriter = defineAgent({
  name: 'newsWriter',
  description: 'Writes headline and draft of a newsroom article from its brief',
  tier: 'balanced',
  maxTokens: 4_096,
  system: promptOf(
    'You are a staff writer with a plain, exact style.',
    'Write the whole article in Markdown from the brief: its headings as level-2 headings, in its order, with its facts and no others. About ' +
      '400 words when the assignment is short, about 1,100 when it is long. A technical article shows how; a general one explains every term ' +
      'at its first use.',
    'The first paragraph carries the message. Active voice, sentences of varied length, no filler, no rhetorical questions. Do not write a level-1 ' +
      'title: the headline goes into its own field and says what the article says.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, audience: audienceField, assignment: assignmentSchema, brief: briefSchema }),
  output: z.object({
    headline: z.string().trim().min(5).max(TITLE_LIMIT).describe(`The headline, at most ${TITLE_LIMIT} characters`),
    draft: z.string().min(200).describe('The article in Markdown'),
  }),
  prompt: ({ topic, audience, assignment: { length, kind }, brief }) =>
    promptOf(
      tag('topic', topic),
      tag('audience', audience),
      tag('assignment', `${length}, ${kind}`),
      jsonTag('brief', brief),
      'Write the article.',
    ),
});

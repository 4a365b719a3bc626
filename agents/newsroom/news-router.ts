import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { assignmentSchema } from './schemas';

/** Decides what sort of article a topic asks for. */
export const newsRouter = defineAgent({
  name: 'newsRouter',
  description: 'Decides whether a topic asks for a short or long, technical or general article',
  tier: 'fast',
  maxTokens: 128,
  system: promptOf(
    'You are the assignment editor of a newsroom. You decide what sort of article a topic asks for, and nothing else.',
    'short: one event, one question or one tip, said in about 400 words. long: anything that needs background, comparison or steps. ' +
      'technical: the audience will build, run or buy it and wants to know how it works. general: the audience wants to know what it means for ' +
      'them. When the topic itself names a length or a depth, that decides.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, audience: audienceField }),
  output: assignmentSchema.extend({ reason: z.string().min(1).describe('Why, at most 25 words') }),
  prompt: ({ topic, audience }) => promptOf(tag('topic', topic), tag('audience', audience), 'Decide length and kind.'),
});

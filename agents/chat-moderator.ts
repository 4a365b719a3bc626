import { z } from 'zod';

import { defineAgent } from './define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from './prompt-parts';

/** Says who of a group speaks next. */
export const chatModerator = defineAgent({
  name: 'chatModerator',
  description: 'Says who of a group speaks next, or that everything is said',
  tier: 'fast',
  maxTokens: 256,
  system: promptOf(
    'You are the moderator of a conversation between the people of a group. You do not take part in it.',
    'Say whose turn is next: the one whose view the last words ask for, or who has not been heard and has something to add. The list leaves out who spoke last. ' +
      'When the topic is settled, or the last turns only repeat what was said, say that it is finished.',
    MATERIAL_RULE,
  ),
  input: z.object({
    topic: z.string().trim().min(1).max(8_000),
    speakers: z.array(z.object({ name: z.string(), about: z.string() })).min(1),
    transcript: z.array(z.object({ speaker: z.string(), text: z.string() })),
  }),
  output: z.object({
    finished: z.boolean().describe('Whether everything is said; never before everybody has been heard'),
    nextSpeaker: z.string().describe('Name of the next speaker, spelled as in the list; any when it is finished'),
    reason: z.string().min(1).describe('Why, one sentence'),
  }),
  prompt: ({ topic, speakers, transcript }) =>
    promptOf(tag('topic', topic), jsonTag('speakers', speakers), jsonTag('transcript', transcript), 'Who speaks next?'),
});

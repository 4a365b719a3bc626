import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';
import { correctionsSchema } from './schemas';

/** Edits a draft by corrections that can be traced, never by a new text. */
export const copyEditor = defineAgent({
  name: 'copyEditor',
  description: 'Edits a draft by corrections with exact quotes',
  tier: 'balanced',
  maxTokens: 2_048,
  system: promptOf(
    'You are the copy editor of a newsroom. You improve language, not content.',
    'Return one correction for each change: the words to change, copied from the draft to the letter, and what should stand there. Correct ' +
      'errors, cut filler and repetition, split sentences that carry two thoughts, make terms consistent. Quote as few words as the change needs, ' +
      'but enough that the quote occurs only once in the draft; no two quotes overlap.',
    'Change no fact, figure or name: a fact checker reads the same draft at this moment, and where you both change the same words the fact ' +
      'checker prevails. Leave good sentences as they are.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, audience: audienceField, draft: z.string().min(1) }),
  output: correctionsSchema,
  prompt: ({ topic, audience, draft }) => promptOf(tag('topic', topic), tag('audience', audience), tag('draft', draft), 'Edit the draft.'),
});

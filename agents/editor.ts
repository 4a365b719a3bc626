import { z } from 'zod';

import { defineAgent } from './define-agent';
import { MATERIAL_RULE, promptOf, tag } from './prompt-parts';
import { audienceField, topicField } from './schemas';

/** Edits a draft and says what was changed. */
export const editor = defineAgent({
  name: 'editor',
  description: 'Edits a draft as a senior editor and lists the changes',
  tier: 'balanced',
  maxTokens: 4_096,
  system: promptOf(
    'You are a senior editor. You return the edited text, complete and ready to publish, and a list of what you changed.',
    'Correct errors, cut filler and repetition, split sentences that carry two thoughts, and make terms consistent. Keep the author’s ' +
      'structure, headings and meaning. Add no facts. Where a claim looks wrong or unsupported, soften it to what can be stood behind and list that ' +
      'change first.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, audience: audienceField, draft: z.string().min(1) }),
  output: z.object({
    text: z.string().min(200).describe('The whole edited text in Markdown'),
    changes: z
      .array(
        z.object({
          what: z.string().min(1).describe('What was changed and where, one sentence'),
          why: z.string().min(1).describe('The reason, one sentence'),
        }),
      )
      .max(10)
      .describe('Between 1 and 10 items, weightiest first'),
  }),
  prompt: ({ topic, audience, draft }) => promptOf(tag('topic', topic), tag('audience', audience), tag('draft', draft), 'Edit the draft.'),
});

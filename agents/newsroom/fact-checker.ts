import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { findingsSchema, topicField } from '../schemas';
import { correctionsSchema } from './schemas';

/** Compares a draft with its sources and returns corrections, never a new text. */
export const factChecker = defineAgent({
  name: 'factChecker',
  description: 'Compares a draft with the findings and returns corrections with exact quotes',
  tier: 'balanced',
  maxTokens: 2_048,
  system: promptOf(
    'You are the fact checker of a newsroom. You compare every checkable statement of the draft with the findings.',
    'For each statement that the findings contradict, or that they do not support and that is not common knowledge, return one correction: the ' +
      'words to change, copied from the draft to the letter, and what should stand there. Correct to what the findings say; soften or delete what ' +
      'nothing supports. Quote as few words as the change needs, but enough that the quote occurs only once in the draft.',
    'Leave style alone: that is the editor’s. No correction is better than a doubtful one.',
    MATERIAL_RULE,
  ),
  input: z.object({ topic: topicField, draft: z.string().min(1), findings: z.array(findingsSchema).min(1) }),
  output: correctionsSchema,
  prompt: ({ topic, draft, findings }) =>
    promptOf(tag('topic', topic), jsonTag('findings', findings), tag('draft', draft), 'Check the draft.'),
});

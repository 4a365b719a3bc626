import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, promptOf, tag } from '../prompt-parts';
import { DRAFT_RULE, draftField, TASK_RULE, taskField, textSchema } from './schemas';

/** Answers the critic of a debate with a new draft. */
export const reviser = defineAgent({
  name: 'reviser',
  description: 'Revises a draft so that it answers the points of a critic and those of earlier rounds',
  tier: 'balanced',
  maxTokens: 4_096,
  system: promptOf(
    'You are the author of a text and answer its critic by a better draft.',
    'You are given <task>; <draft>; <blocking>, points that have to be settled; <minor>, points that may be; and <settled_before>, points of earlier rounds that ' +
      'the draft already answers.',
    'Settle every blocking point. Where one is mistaken, make the text so clear that nobody could raise it again, and do not give in. Take up a minor ' +
      'point where it makes the text better. What answers an earlier point stays answered, and words that nobody objected to stay as they are. When a ' +
      'statement cannot be supported, weaken it or cut it.',
    DRAFT_RULE,
    TASK_RULE,
  ),
  input: z.object({
    task: taskField,
    draft: draftField,
    blocking: z.array(z.string()).min(1),
    minor: z.array(z.string()),
    settledBefore: z.array(z.string()),
  }),
  output: textSchema,
  prompt: ({ task, draft, blocking, minor, settledBefore }) =>
    promptOf(
      tag('task', task),
      tag('draft', draft),
      jsonTag('blocking', blocking),
      jsonTag('minor', minor),
      settledBefore.length === 0 ? undefined : jsonTag('settled_before', settledBefore),
      'Write the next draft, the whole of it.',
    ),
});

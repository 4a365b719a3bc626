import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { promptOf, tag } from '../prompt-parts';
import { DRAFT_RULE, TASK_RULE, taskField, textSchema } from './schemas';

/** Writes the draft that a debate begins with. */
export const proposer = defineAgent({
  name: 'proposer',
  description: 'Writes the first draft of a text that a critic will take apart',
  tier: 'balanced',
  maxTokens: 4_096,
  system: promptOf(
    'You are the author of a text that a critic will take apart. Write it so that there is little to find.',
    'Do all that the task asks for, its limits included. Take a position where one is asked for, and meet the strongest objection to it in the text itself.',
    DRAFT_RULE,
    TASK_RULE,
  ),
  input: z.object({ task: taskField }),
  output: textSchema,
  prompt: ({ task }) => promptOf(tag('task', task), 'Write the draft.'),
});

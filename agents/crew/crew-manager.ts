import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Hands a task to a member of a crew. */
export const crewManager = defineAgent({
  name: 'crewManager',
  description: 'Hands a task to the member of a crew who fits it best',
  tier: 'fast',
  maxTokens: 128,
  system: promptOf(
    'You are the manager of a crew. You hand each task to one member and do none yourself.',
    'Decide by role and goal of the members: who would be held responsible for this task in a company?',
    MATERIAL_RULE,
  ),
  input: z.object({
    topic: z.string().trim().min(1).max(2_000),
    task: z.object({ description: z.string(), expected: z.string() }),
    members: z.array(z.object({ name: z.string(), role: z.string(), goal: z.string() })).min(1),
  }),
  output: z.object({ member: z.string().min(1).describe('Name of the member, spelled as in the list') }),
  prompt: ({ topic, task, members }) =>
    promptOf(tag('topic', topic), jsonTag('task', task), jsonTag('members', members), 'Who does the task?'),
});

import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Most subtasks that any plan may have. */
export const MOST_SUBTASKS = 12;

const subtaskSchema = z.object({
  id: z
    .string()
    .min(1)
    .max(40)
    .describe('Short name in small letters and hyphens, like price-survey, unique in the plan, at most 40 characters'),
  worker: z.string().min(1).max(50).describe('Role of the specialist who does it, like "database engineer", at most 50 characters'),
  instruction: z.string().min(1).max(1_500).describe('What to find out or make and what the result must hold, two or three sentences'),
  depends_on: z
    .array(z.string().min(1))
    .max(MOST_SUBTASKS)
    .describe('Ids of the subtasks of this plan whose results it needs; empty when it can begin at once'),
});

/** Splits a goal into subtasks for specialists. */
export const goalPlanner = defineAgent({
  name: 'goalPlanner',
  description: 'Splits a goal into subtasks for specialists and says which one needs the result of which',
  tier: 'balanced',
  maxTokens: 2_048,
  system: promptOf(
    'You are the planner of a team of specialists. You do not do the work and you do not answer the goal.',
    'Split the goal into the fewest subtasks that a specialist can do alone from one instruction. A specialist sees the goal, the instruction and the ' +
      'results of the subtasks it depends on, and nothing else, so every instruction must make sense by itself. Subtasks without a dependency between ' +
      'them run at the same time: add a dependency only where a result is needed. Somebody else writes the final answer from all results; plan no ' +
      'subtask for that. Specialists have no tools and no access to the internet.',
    'When you are told what is wrong with your previous plan, return a whole plan in which all of it is put right. When you are told what is done and ' +
      'what failed, plan what is still needed in another way: smaller, simpler or by another specialist. What is done stays as it is and may be ' +
      'depended on by its id; leave out what the goal can do without.',
    MATERIAL_RULE,
  ),
  input: z.object({
    goal: z.string().trim().min(1).max(8_000),
    audience: z.string().trim().min(1).max(500).optional(),
    maxSubtasks: z.number().int().min(1).max(MOST_SUBTASKS),
    previous: z.array(subtaskSchema).optional(),
    problems: z.array(z.string()).optional(),
    done: z.array(z.object({ id: z.string(), result: z.string() })).optional(),
    failed: z.array(z.object({ subtask: z.string(), reason: z.string() })).optional(),
  }),
  output: z.object({
    subtasks: z
      .array(subtaskSchema)
      .max(MOST_SUBTASKS)
      .describe(`Between 2 and ${MOST_SUBTASKS} items, in an order in which they could be done`),
  }),
  prompt: ({ goal, audience, maxSubtasks, previous, problems, done, failed }) =>
    promptOf(
      tag('goal', goal),
      audience === undefined ? undefined : tag('audience', audience),
      previous === undefined ? undefined : jsonTag('previous_plan', previous),
      problems === undefined ? undefined : jsonTag('wrong_with_it', problems),
      done === undefined ? undefined : jsonTag('already_done', done),
      failed === undefined ? undefined : jsonTag('failed', failed),
      `Plan the work with at most ${maxSubtasks} subtasks.`,
    ),
});

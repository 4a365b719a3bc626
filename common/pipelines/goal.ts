import { z } from 'zod';

import { definePipeline } from './define-pipeline';

const subtask = z.object({
  id: z.string(),
  worker: z.string().describe('Role of the specialist'),
  instruction: z.string(),
  depends_on: z.array(z.string()),
});

/** A free-text goal: a planner splits it, specialists do the parts, one answer is made of them. */
export const goal = definePipeline({
  name: 'goal',
  description: 'A goal in free text is split by a planner, done by specialists as dependencies allow, and answered as one',
  diagram: 'goalPlanner → specialists, by dependencies, in parallel → goalSynthesizer; a failed specialist: a new plan',
  subjectField: 'goal',
  input: z.strictObject({
    goal: z.string().trim().min(1, 'must not be empty').max(8_000).describe('What you want to have in the end'),
    audience: z.string().trim().min(1).max(500).optional().describe('Who reads the answer'),
    maxSubtasks: z.number().int().min(1).max(12).default(6).describe('Most subtasks of a plan'),
  }),
  result: z.object({
    report: z.string().describe('The answer, in Markdown'),
    confidence: z.enum(['low', 'medium', 'high']),
    openPoints: z.array(z.string()),
    plans: z.array(
      z.object({
        subtasks: z.array(subtask),
        refused: z
          .array(z.object({ subtasks: z.array(subtask), problems: z.array(z.string()) }))
          .describe('Plans that could not be carried out'),
      }),
    ),
    subtasks: z
      .array(
        z.object({
          plan: z.number().int().describe('Which of the plans, from 0'),
          id: z.string(),
          worker: z.string(),
          status: z.enum(['done', 'failed', 'skipped']),
          text: z.string().nullable().describe('What the specialist wrote; null unless done'),
          reason: z.string().nullable().describe('Why it is not done; null when it is'),
        }),
      )
      .describe('What became of every subtask of every plan'),
    replans: z.number().int().describe('New plans after failed specialists'),
  }),
});

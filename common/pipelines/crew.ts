import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { topic } from './fields';

const name = z.string().trim().min(1).max(60);

const member = z.strictObject({
  name,
  role: z.string().trim().min(1).max(200),
  goal: z.string().trim().min(1).max(1_000),
  backstory: z.string().trim().min(1).max(4_000).optional(),
  tier: z.enum(['fast', 'balanced', 'best']).optional().describe('Model tier; balanced by default'),
});

const task = z.strictObject({
  name,
  description: z.string().trim().min(1).max(4_000),
  expected: z.string().trim().min(1).max(2_000).describe('What the output must be'),
  member: name.optional().describe('Who does it; may be left out under a manager'),
  context: z.array(name).max(20).optional().describe('Earlier tasks whose outputs it needs; all of them by default'),
  max_tokens: z.number().int().min(16).max(64_000).default(1_536).describe('Most tokens of the visible answer'),
});

/** Members with roles and tasks with expected outputs, handed in as data. */
export const crew = definePipeline({
  name: 'crew',
  description: 'Members and tasks handed in as JSON; tasks in sequence, each by its member or under a manager',
  diagram: 'task → member, or crewManager → member → crewReviewer → … → next task',
  subjectField: 'topic',
  input: z.strictObject({
    topic,
    members: z.array(member).min(1).max(20),
    tasks: z.array(task).min(1).max(30),
    process: z.enum(['sequential', 'managed']).default('sequential').describe('managed: a manager hands out tasks and accepts outputs'),
    revisions: z.number().int().min(0).max(5).default(1).describe('How often the manager may send one task back'),
  }),
  result: z.object({
    text: z.string().describe('Output of the last task'),
    tasks: z.array(
      z.object({
        task: z.string(),
        member: z.string(),
        assignedBy: z.enum(['task', 'manager', 'unknown member']).describe('unknown member: the manager named nobody of the crew'),
        text: z.string(),
        accepted: z.boolean().nullable().describe('Whether the manager accepted it in the end; null without a manager'),
        sentBack: z.array(z.object({ text: z.string(), feedback: z.string() })),
      }),
    ),
  }),
});

import { z } from 'zod';

import { definePipeline } from './define-pipeline';
import { topic } from './fields';

const stage = z.strictObject({
  name: z.string().trim().min(1).max(60).describe('Name of the stage, shown in the Web UI'),
  system: z.string().trim().min(1).max(20_000).describe('System prompt of the stage’s role'),
  tier: z.enum(['fast', 'balanced', 'best']).optional().describe('Model tier; balanced by default'),
  model: z.string().trim().min(1).max(100).optional().describe('Exact model id instead of a tier'),
  max_tokens: z.number().int().min(16).max(64_000).default(1_024).describe('Most tokens of the visible answer'),
  critical: z.boolean().default(true).describe('A failed stage that is not critical is skipped'),
});

/** A sequence handed in as data: each stage gets the text of the one before. */
export const stages = definePipeline({
  name: 'stages',
  description: 'Stages handed in as JSON, each with its own role; every stage gets the text of the one before',
  diagram: 'stage 1 → stage 2 → … → stage n',
  subjectField: 'topic',
  input: z.strictObject({
    topic,
    stages: z
      .array(stage)
      .min(1)
      .max(50)
      .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'must not name a stage twice'),
  }),
  result: z.object({
    text: z.string(),
    stages: z.array(z.object({ name: z.string(), status: z.enum(['done', 'skipped']), text: z.string() })),
  }),
});

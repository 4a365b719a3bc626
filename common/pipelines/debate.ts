import { z } from 'zod';

import { definePipeline } from './define-pipeline';

/** A text that is criticised and revised until nothing blocks. */
export const debate = definePipeline({
  name: 'debate',
  description: 'A draft is criticised and revised until the critic has no blocking point left or the rounds are used up',
  diagram: 'proposer → critic → reviser → critic → … → text; no blocking point: it ends early',
  subjectField: 'task',
  input: z.strictObject({
    task: z.string().trim().min(1, 'must not be empty').max(8_000).describe('The text to write, and what it must hold'),
    rounds: z.number().int().min(1).max(6).default(3).describe('Most rounds of critic and reviser'),
    criticTier: z.enum(['fast', 'balanced', 'best']).default('balanced').describe('Model tier of the critic'),
  }),
  result: z.object({
    text: z.string().describe('The last draft'),
    settled: z.boolean().describe('Whether the critic has looked at this text and has no blocking point against it'),
    rounds: z.array(
      z.object({
        round: z.number().int().describe('From 1'),
        draft: z.string().describe('What the critic looked at'),
        blocking: z.array(z.string()).describe('What has to change'),
        minor: z.array(z.string()).describe('What may change'),
        revised: z.string().nullable().describe('What the reviser made of it; null when nothing blocked or the reviser failed'),
      }),
    ),
  }),
});

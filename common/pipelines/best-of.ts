import { z } from 'zod';

import { definePipeline } from './define-pipeline';

const MOST_CANDIDATES = 10;

const variant = {
  index: z.number().int().describe('Place among all tries, from 0'),
  instruction: z.string().describe('What sets this try apart'),
  sample: z.number().int().describe('How many earlier tries had the same instruction'),
};

/** Several candidates for one task; a judge points at one, which is returned untouched. */
export const bestOf = definePipeline({
  name: 'bestOf',
  description: 'The same task done several times in different ways; a judge picks one, which is returned byte for byte',
  diagram: 'candidate × n, in parallel → candidateJudge → that candidate, untouched',
  subjectField: 'task',
  input: z.strictObject({
    task: z.string().trim().min(1, 'must not be empty').max(8_000).describe('What every candidate does'),
    instructions: z
      .array(z.string().trim().min(1).max(1_000))
      .min(1)
      .max(MOST_CANDIDATES)
      .refine((list) => new Set(list).size === list.length, 'must not give an instruction twice')
      .default([
        'Take the most direct way to what the task asks for.',
        'Begin with what matters most to whoever will read or use the result.',
        'Find a way that few would think of and that still does all that the task asks for.',
      ])
      .describe('Ways to do the task; candidates take turns with them'),
    candidates: z
      .number()
      .int()
      .min(2)
      .max(MOST_CANDIDATES)
      .optional()
      .describe('How many are made; 3 by default, or one for each instruction when these are more'),
    criteria: z.string().trim().min(1).max(4_000).optional().describe('What the judge goes by, weightiest first'),
    tier: z.enum(['fast', 'balanced', 'best']).default('balanced').describe('Model tier of the candidates'),
    maxTokens: z.number().int().min(16).max(16_000).default(1_024).describe('Most tokens of a candidate'),
  }),
  result: z.object({
    winner: z.string().describe('The chosen candidate, byte for byte'),
    reason: z.string().nullable().describe('The judge’s sentence; null when no judge decided'),
    decidedBy: z.enum(['judge', 'only candidate', 'first candidate']).describe('first candidate: the judge’s word did not count'),
    variant: z.object(variant).describe('The try that made the winner'),
    candidates: z.array(
      z.object({
        ...variant,
        text: z.string().nullable().describe('Null when it failed'),
        failed: z.string().nullable().describe('Why it failed; null otherwise'),
      }),
    ),
  }),
});

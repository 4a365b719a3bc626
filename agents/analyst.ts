import { z } from 'zod';

import { defineAgent } from './define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from './prompt-parts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Answers a question about a table with figures that a tool has computed. */
export const analyst = defineAgent({
  name: 'analyst',
  description: 'Answers a question about a table; every figure is computed by a tool',
  tier: 'balanced',
  maxTokens: 1_024,
  system: promptOf(
    'You are a data analyst who answers questions about tables for people who decide something by the answer.',
    'Never do arithmetic in your head: every figure that does not stand in the table comes from the tool "analyzeData", to which you hand the columns ' +
      'that matter. Say what the figures mean for the question, in plain words, and name what the table cannot tell.',
    MATERIAL_RULE,
  ),
  tools: ['analyzeData'],
  maxTurns: 8,
  input: z.object({
    question: z.string().trim().min(1).max(2_000),
    columns: z.array(z.object({ name: z.string().min(1), values: z.array(cell) })).min(1),
  }),
  output: z.object({
    answer: z.string().max(1_200).describe('The answer in plain words. At most 1200 characters'),
    figures: z
      .array(z.object({ name: z.string().max(80).describe('At most 80 characters'), value: z.number() }))
      .max(8)
      .describe('Figures that the answer rests on, as the tool returned them. At most 8 items'),
    caveats: z.array(z.string().max(200).describe('At most 200 characters')).max(4).describe('What the table cannot tell. At most 4 items'),
  }),
  prompt: ({ question, columns }) => promptOf(tag('question', question), jsonTag('columns', columns), 'Answer the question.'),
});

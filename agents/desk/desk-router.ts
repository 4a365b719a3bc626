import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { deskQuestionSchema } from './desk-agent';

/** Enough of the material to see what it is. */
const SHOWN_MATERIAL = 2_000;

/** Says which specialist a question belongs to. */
export const deskRouter = defineAgent({
  name: 'deskRouter',
  description: 'Says which specialist of the desk a question belongs to, and how sure it is',
  tier: 'fast',
  maxTokens: 128,
  system: promptOf(
    'You are the front desk of a team of specialists. You decide who takes a question; you do not answer it.',
    'Decide by what the asker wants to have in the end, not by single words: a request for an e-mail about a bug is writing. Give a confidence below 0.6 ' +
      'when two specialists fit equally well or when you cannot tell what is wanted.',
    MATERIAL_RULE,
  ),
  input: deskQuestionSchema,
  output: z.object({
    choice: z
      .enum(['code', 'data', 'writing', 'research', 'general'])
      .describe(
        'code: programs, functions, bugs, errors, scripts, tests, Python, JavaScript, SQL; ' +
          'data: tables, figures, numbers, statistics, spreadsheets, trends, averages; ' +
          'writing: write, draft, rewrite, e-mails, letters, texts, titles, tone; ' +
          'research: compare, facts, background, evidence, sources, state of a subject; ' +
          'general: everything else',
      ),
    confidence: z.number().min(0).max(1).describe('How sure you are, between 0 and 1'),
  }),
  prompt: ({ question, material }) =>
    promptOf(
      tag('question', question),
      material === undefined ? undefined : tag('material', material.slice(0, SHOWN_MATERIAL)),
      'Who takes this question?',
    ),
});

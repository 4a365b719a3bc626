import { z } from 'zod';

import { definePipeline } from './define-pipeline';

const MOST_VOTERS = 25;

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** Independent answers to a closed question, counted. */
export const vote = definePipeline({
  name: 'vote',
  description: 'Independent voters answer a closed question; the option with most votes wins, the distribution is kept',
  diagram: 'voter × n, in parallel → count → winner, distribution, every vote',
  subjectField: 'question',
  input: z.strictObject({
    question: z.string().trim().min(1, 'must not be empty').max(8_000).describe('A question that one of the options answers'),
    options: z
      .array(z.string().trim().min(1).max(200))
      .min(2)
      .max(10)
      .refine(distinct, 'must not give an option twice')
      .describe('The possible answers; of tied ones the earliest wins'),
    voters: z
      .number()
      .int()
      .min(2)
      .max(MOST_VOTERS)
      .optional()
      .describe('How many vote; 5 by default, or one for each perspective when these are more'),
    perspectives: z
      .array(z.string().trim().min(1).max(1_000))
      .min(1)
      .max(MOST_VOTERS)
      .refine(distinct, 'must not give a perspective twice')
      .default([
        'Weigh the evidence: what is known, and how surely.',
        'Weigh the consequences: what happens if the choice is wrong, and whether it can be undone.',
        'Look for the strongest argument against each option before you choose.',
        'Judge as the person whom the outcome concerns most.',
        'Judge as somebody who has to defend the choice a year from now.',
      ])
      .describe('Sides from which to look at the question; voters take turns with them'),
  }),
  result: z.object({
    winner: z.string().describe('One of the options'),
    decidedBy: z
      .enum(['majority', 'plurality', 'tie-break'])
      .describe(
        'majority: more than half of the counted votes; plurality: more than any other; tie-break: the earliest of several with as many',
      ),
    distribution: z
      .array(z.object({ choice: z.string(), votes: z.number().int() }))
      .describe('Counted votes for each option, in the order of the options'),
    votes: z.array(
      z.object({
        voter: z.number().int().describe('From 1'),
        perspective: z.string(),
        choice: z.string().nullable().describe('What was chosen; null when the voter failed'),
        reason: z.string().nullable().describe('The voter’s sentence; null when the voter failed'),
        lost: z.string().nullable().describe('Why it does not count; null when it does'),
      }),
    ),
  }),
});

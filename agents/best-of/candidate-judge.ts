import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Most candidates that it is shown. */
const MOST_CANDIDATES = 10;

/** Points at the best of several answers to one task. */
export const candidateJudge = defineAgent({
  name: 'candidateJudge',
  description: 'Points at the best of several answers to the same task and says why in a sentence',
  tier: 'balanced',
  maxTokens: 256,
  system: promptOf(
    'You are the judge of several answers that colleagues gave to the same task, each on their own. You choose the one that is handed over.',
    'You are given <task>; <criteria>, if there are any; and <candidates>, each with its index.',
    'Read all of them before you decide. First strike out those that do not do the task: the wrong form or language, a broken limit, an invented fact. Weigh ' +
      'the rest by the criteria in their order; without criteria by whether an answer does all that is asked, is correct, and is clear to whom it is ' +
      'meant for, in this order. Neither the order of the candidates nor their length nor a confident tone speaks for one. Of two that are equally good ' +
      'take the one that could be used as it is.',
    'Point at one by its index. Do not improve, mix or retype candidates: the one you choose is used to the letter.',
    MATERIAL_RULE,
  ),
  input: z.object({
    task: z.string().trim().min(1).max(8_000),
    criteria: z.string().trim().min(1).max(4_000).optional(),
    candidates: z.array(z.string()).min(2).max(MOST_CANDIDATES),
  }),
  output: z.object({
    reason: z.string().min(1).max(600).describe('Why this one is better than the others, one sentence of at most 40 words'),
    index: z
      .number()
      .int()
      .min(0)
      .max(MOST_CANDIDATES - 1)
      .describe('Index of one of the candidates, the best, as it is given beside it'),
  }),
  prompt: ({ task, criteria, candidates }) =>
    promptOf(
      tag('task', task),
      criteria === undefined ? undefined : tag('criteria', criteria),
      jsonTag(
        'candidates',
        candidates.map((text, index) => ({ index, text })),
      ),
      'Which one is the best?',
    ),
});

import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';

/** Casts one vote on a closed question. */
export const voter = defineAgent({
  name: 'voter',
  description: 'Answers a closed question by one of its options, from a given perspective',
  tier: 'fast',
  maxTokens: 256,
  system: promptOf(
    'You are one of several voters who answer the same closed question, each on their own. You do not know what the others say.',
    'You are given <question>; <options>, the possible answers; and <perspective>, the side from which you look at the question.',
    'Decide by what the question says and by what you know for certain, seen from your perspective. Neither the order of the options nor their wording speaks ' +
      'for one, and what the others may choose is none of your concern. Where it stays open, choose all the same and name in your reason what tips the scale.',
    'Choose exactly one option and copy it from the list to the letter, without anything before or after it: a vote for anything else is lost.',
    MATERIAL_RULE,
  ),
  input: z.object({
    question: z.string().trim().min(1).max(8_000),
    options: z.array(z.string()).min(2).max(10),
    perspective: z.string().trim().min(1).max(1_000),
  }),
  output: z.object({
    reason: z.string().min(1).max(600).describe('Why this option, one sentence of at most 40 words'),
    choice: z.string().trim().min(1).max(200).describe('One of the options, copied to the letter'),
  }),
  prompt: ({ question, options, perspective }) =>
    promptOf(tag('question', question), jsonTag('options', options), tag('perspective', perspective), 'Which option do you choose?'),
});

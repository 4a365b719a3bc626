import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { jsonTag, MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { audienceField, topicField } from '../schemas';

/** Puts a computed comparison of prices into words. It does no arithmetic. */
export const pricingAnalyst = defineAgent({
  name: 'pricingAnalyst',
  description: 'Puts a computed comparison of prices into words, without arithmetic of its own',
  tier: 'balanced',
  maxTokens: 1_024,
  system: promptOf(
    'You are a pricing analyst. A program has compared the prices; you say what the comparison means for the reader.',
    'You are given <topic>, the market; <audience>, who reads it; <ours>, our product, if there is one; and <facts>: first the comparisons, then every price.',
    'Say first where our product stands, when it is given; then how the market is spread, who is cheap and who is dear and for what, and what cannot be ' +
      'compared. Plain paragraphs, no table, no heading, no reference numbers.',
    'Every price, percentage and other figure stands in <facts>; copy it as it is written there. Compute nothing: no difference, no ' +
      'factor, no average, no conversion. Compare only what one comparison holds: never prices in different currencies or on different bases.',
    'If <problems_of_your_last_text> says which figures of your last text are not in the data, write a new text without them.',
    MATERIAL_RULE,
  ),
  input: z.object({
    market: topicField,
    audience: audienceField,
    ours: z.string().optional(),
    comparisons: z.array(z.string()),
    prices: z.array(z.string()).min(1),
    problems: z.array(z.string()).optional(),
  }),
  output: z.object({
    paragraphs: z
      .array(z.string().trim().min(20).max(2_000).describe('One paragraph, 40 to 100 words'))
      .min(1)
      .max(5)
      .describe('Between 2 and 4 items, at most 5 items, where ours stands first'),
  }),
  prompt: ({ market, audience, ours, comparisons, prices, problems = [] }) =>
    promptOf(
      tag('topic', market),
      tag('audience', audience),
      ours === undefined ? undefined : tag('ours', ours),
      jsonTag(
        'facts',
        [...comparisons, ...prices].map((claim) => ({ claim })),
      ),
      problems.length === 0 ? undefined : jsonTag('problems_of_your_last_text', problems),
      'Write the analysis.',
    ),
});

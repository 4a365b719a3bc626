import { z } from 'zod';

import { defineAgent } from '../define-agent';
import { MATERIAL_RULE, promptOf, tag } from '../prompt-parts';
import { topicField } from '../schemas';

/** Most competitors of one report. */
const MOST_COMPETITORS = 20;

/** Finds out who competes in a market. */
export const competitorScout = defineAgent({
  name: 'competitorScout',
  description: 'Finds out who competes in a market, with the web when it can be searched',
  tier: 'fast',
  maxTokens: 2_048,
  serverTools: [{ name: 'webSearch', maxUses: 3 }],
  system: promptOf(
    'You are a market scout. You find out who competes for the same customers; colleagues research each of them.',
    'You are given <market>, what is sold to whom, and <ours>, our own product, if there is one.',
    'Name companies or products that a buyer in this market would really compare, the ones met most often first: leaders, challengers and at least one ' +
      'cheap or free way to do without. One entry for each: no second name of the same product, no product of the same owner that serves other buyers, ' +
      'and never the product named in <ours>.',
    'Search the web when you can; without results name only those that you are sure exist. Give an address only when you are sure that it is the ' +
      'competitor’s own. A shorter list is better than an invented name.',
    MATERIAL_RULE,
  ),
  input: z.object({
    market: topicField,
    ours: z.string().trim().min(1).max(200).optional(),
    howMany: z.number().int().min(1).max(MOST_COMPETITORS),
  }),
  output: z.object({
    competitors: z
      .array(
        z.object({
          name: z.string().trim().min(1).max(120).describe('Name of the company or product, at most 5 words'),
          url: z.url().optional().describe('Its own home page; left out when not known for sure'),
          why: z.string().min(1).max(300).describe('Why buyers compare it, at most 20 words'),
        }),
      )
      .max(30)
      .describe('Between 1 and 20 items, the ones met most often first'),
  }),
  prompt: ({ market, ours, howMany }) =>
    promptOf(tag('market', market), ours === undefined ? undefined : tag('ours', ours), `Name about ${howMany} competitors.`),
});
